import { html, raw } from "hono/html"
import { encode } from "uqr"

/** A QR code as an SVG in the page: what is in it goes to nobody. */
export function qrCode(text: string, label: string): ReturnType<typeof html> {
  const { data, size } = encode(text, { ecc: "M", border: 4 })
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("")
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="${label}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${raw(path)}" fill="#000"/></svg>`
}
