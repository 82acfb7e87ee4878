import type { PublicWords } from "./public-words.ts"

/** The colours of pictures that stand alone; on a page its stylesheet says others by the same classes. */
export const COLOURS = { ink: "#22302f", soft: "#5a6664", bar: "#1f6f6a", part: "#6aa9a2", paper: "#ffffff" } as const

/** How wide pictures are drawn. */
export const WIDTH = 760
export const EDGE = 24

/** Where things stand in a picture: from the side at which its language begins to read. */
export type Side = {
  /** A text that begins, or with `end` ends, so far from that side. */
  readonly text: (from: number, y: number, text: string, attributes: string, end?: boolean) => string
  /** A box that begins so far from that side. */
  readonly box: (from: number, y: number, width: number, height: number, attributes: string) => string
}

/** The side of a language: pictures in Urdu are read from the right, as its newspapers draw them. Maps stay as they are. */
export function sideOf({ dir }: Pick<PublicWords, "dir">): Side {
  const rtl = dir === "rtl"
  return {
    text: (from, y, text, attributes, end = false) =>
      `<text x="${(rtl ? WIDTH - from : from).toFixed(1)}" y="${y.toFixed(1)}"${end === rtl ? "" : ` text-anchor="end"`} ${attributes}>${escaped(rtl ? `\u2067${text}\u2069` : text)}</text>`,
    box: (from, y, width, height, attributes) =>
      `<rect x="${(rtl ? WIDTH - from - width : from).toFixed(1)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="${height}" ${attributes}/>`,
  }
}

/** A picture that stands alone, with its letters by name and everything it needs in it. */
export function pictureOf(height: number, title: string, { language }: Pick<PublicWords, "language">, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height.toFixed(0)}" width="${WIDTH}" height="${height.toFixed(0)}" role="img" aria-label="${escaped(title)}" xml:lang="${language}" font-family="'Noto Sans', 'Noto Naskh Arabic', system-ui, sans-serif">
<rect width="${WIDTH}" height="${height.toFixed(0)}" fill="${COLOURS.paper}"/>
${parts.join("\n")}
</svg>
`
}

/** A text in lines of so many letters at most, as SVG can't break them. */
export function broken(text: string, most: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(" ")) {
    const last = lines.at(-1)
    if (last === undefined || last.length + word.length + 1 > most) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}

export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (one) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[one] ?? one)
}
