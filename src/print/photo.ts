import { bareDrawingOf } from "./picture.ts"

/** What a photo or a drawing says of itself before anything of it is decoded. `orientation`: how it has to be turned, 1 to 8 as EXIF counts. */
export type PhotoHead = { readonly type: "jpeg" | "png"; readonly width: number; readonly height: number; readonly orientation: number }

/** More is a trap for whoever decodes it. */
const MOST_PIXELS = 40_000_000

const PNG = "89504e470d0a1a0a0000000d49484452"

/** Reads the head of a JPEG or a PNG by its bytes, whatever it is called; nothing where it is neither, or broken. */
export function headOf(bytes: Buffer): PhotoHead | undefined {
  try {
    if (bytes.subarray(0, 16).toString("hex") === PNG) return { type: "png", width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), orientation: 1 }
    return bytes.readUInt16BE(0) === 0xffd8 ? jpegHead(bytes) : undefined
  } catch {
    return undefined
  }
}

/**
 * A photo or a drawing as a new PNG of its pixels alone, upright, its longer side at most so long: nothing that a camera or a
 * program wrote into the file is in it. Nothing where it can't be drawn: no JPEG or PNG, broken, or of more than 40 megapixels.
 */
export async function drawnAnew(photo: Uint8Array, most: number): Promise<Uint8Array | undefined> {
  const bytes = Buffer.from(photo.buffer, photo.byteOffset, photo.byteLength)
  const head = headOf(bytes)
  if (head === undefined || head.width * head.height === 0 || head.width * head.height > MOST_PIXELS) return undefined
  const scale = Math.min(1, most / Math.max(head.width, head.height))
  const [width, height] = [head.width, head.height].map((side) => Math.max(1, Math.round(side * scale))) as [number, number]
  const [across, down] = head.orientation > 4 ? [height, width] : [width, height]
  return bareDrawingOf(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${across}" height="${down}"><image width="${width}" height="${height}" preserveAspectRatio="none" transform="${turned(head.orientation, width, height)}" href="data:image/${head.type};base64,${bytes.toString("base64")}"/></svg>`,
  )
}

/** From how a camera was held to upright: each of EXIF's eight as an SVG's matrix. */
function turned(orientation: number, width: number, height: number): string {
  const matrices: Readonly<Record<number, readonly number[]>> = {
    2: [-1, 0, 0, 1, width, 0],
    3: [-1, 0, 0, -1, width, height],
    4: [1, 0, 0, -1, 0, height],
    5: [0, 1, 1, 0, 0, 0],
    6: [0, 1, -1, 0, height, 0],
    7: [0, -1, -1, 0, height, width],
    8: [0, -1, 1, 0, 0, width],
  }
  return `matrix(${(matrices[orientation] ?? [1, 0, 0, 1, 0, 0]).join(" ")})`
}

/** Goes from marker to marker up to the pixels (ITU T.81, B.1). Of several frames the largest counts. */
function jpegHead(bytes: Buffer): PhotoHead | undefined {
  let [width, height, orientation] = [0, 0, 1]
  for (let at = 2; ; ) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes.readUInt8(at + 1)
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker === 0xda) return { type: "jpeg", width, height, orientation }
    const length = bytes.readUInt16BE(at + 2)
    if (length < 2) return undefined
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      const [high, wide] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7)]
      if (high * wide >= height * width) [height, width] = [high, wide]
    }
    if (marker === 0xe1 && bytes.toString("latin1", at + 4, at + 10) === "Exif\0\0") orientation = orientationIn(bytes.subarray(at + 10, at + 2 + length))
    at += 2 + length
  }
}

/** The orientation that a block of EXIF names; upright where it names none that there is. */
function orientationIn(tiff: Buffer): number {
  try {
    const little = tiff.toString("latin1", 0, 2) === "II"
    const short = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
    const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
    for (let n = 0; n < short(first); n++) {
      const entry = first + 2 + n * 12
      if (short(entry) === 0x0112) return short(entry + 8) <= 8 ? Math.max(1, short(entry + 8)) : 1
    }
  } catch {
    // Upright, as a camera that says nothing.
  }
  return 1
}
