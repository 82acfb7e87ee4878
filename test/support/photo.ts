import { Resvg } from "@resvg/resvg-js"

/** 60 by 40 pixels: its left half red, its right half blue. */
const PLAIN = Buffer.from(
  "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBT/wAARCAAoADwDAREAAhEBAxEB/8QAFwABAQEBAAAAAAAAAAAAAAAAAAcFCP/EABoQAQABBQAAAAAAAAAAAAAAAAACBAY2g7P/xAAWAQEBAQAAAAAAAAAAAAAAAAAACQf/xAAbEQEAAQUBAAAAAAAAAAAAAAAAAwQHNoOzBf/aAAwDAQACEQMRAD8A50YYqmAAwL8xSu19Itysjn/nbeMjHLv4RX6+0aQqqJrgAAL6hysWAAwL8xSu19Itysjn/nbeMjHLv4RX6+0aQqqJrgAAL6hysWAAwL8xSu19Itysjn/nbeMjHLv4RX6+0aQqqJrgAAL6hysWAAwL8xSu19Itysjn/nbeMjHLv4RX6+0aQqqJrgAAL6hysWAAwL8xSu19Itysjn/nbeMjHLv4RX6+0aQqqJrgAAP/2Q==",
  "base64",
)

/** The same, as programs and messengers write it anew: coming in passes from coarse to fine, without colours, and in four inks for print. */
export const WRITTEN_ANEW = {
  progressive: Buffer.from(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wgARCAAoADwDASIAAhEBAxEB/8QAFwABAQEBAAAAAAAAAAAAAAAAAAMEBf/EABcBAQEBAQAAAAAAAAAAAAAAAAYAAwT/2gAMAwEAAhADEAAAAeeOJInSe+WQKjQVvA5UnSe+WQKjQVvA5Umb5ZAqNBX/xAAXEAADAQAAAAAAAAAAAAAAAAACIDIQ/9oACAEBAAEFAtOXOXOXOXOU/8QAGhEAAQUBAAAAAAAAAAAAAAAAAgADIDNxEP/aAAgBAwEBPwFP1FkH6iyD9RZ3/8QAGxEAAAcBAAAAAAAAAAAAAAAAAAECBCAzcRD/2gAIAQIBAT8BDe5OlBvcnSg3uTpd/8QAFBABAAAAAAAAAAAAAAAAAAAAUP/aAAgBAQAGPwIj/8QAFxABAQEBAAAAAAAAAAAAAAAAMTAQIP/aAAgBAQABPyHVgsFgsF5//9oADAMBAAIAAwAAABANT74NT74Nz77/xAAZEQACAwEAAAAAAAAAAAAAAAABoQAgsRD/2gAIAQMBAT8QjrDR1ho6w9//xAAZEQACAwEAAAAAAAAAAAAAAAABUQAg8BD/2gAIAQIBAT8QmoxTUYpqMd//xAAXEAEBAQEAAAAAAAAAAAAAAACxMBAg/9oACAEBAAE/ENOwOwOwOwO8/wD/2Q==",
    "base64",
  ),
  grey: Buffer.from(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//wAALCAAoADwBAREA/8QAFwABAQEBAAAAAAAAAAAAAAAAAAUDBv/EABkQAQACAwAAAAAAAAAAAAAAAAACBDSBsf/aAAgBAQAAPwDnwYXcSeupIC6DC7iT11JAXQYXcSeupIC6DC7iT11JAXQYXcSeupID/9k=",
    "base64",
  ),
  inks: Buffer.from(
    "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwANCQoLCggNCwoLDg4NDxMgFRMSEhMnHB4XIC4pMTAuKS0sMzpKPjM2RjcsLUBXQUZMTlJTUjI+WmFaUGBKUVJP/8AAFAgAKAA8BEMRAE0RAFkRAEsRAP/EABcAAQEBAQAAAAAAAAAAAAAAAAAHBgj/xAAaEAEAAQUAAAAAAAAAAAAAAAAAAgUHNoOz/9oADgRDAE0AWQBLAAA/AKcmCYKcAADMXJwSpausBp7bZ3TdvKYhIuwAAAA6dHMQAADMXJwSpausBp7bZ3TdvKYhIuwAAAA6dHMQAADMXJwSpausBp7bZ3TdvKYhIuwAAAA6dHMQAADMXJwSpausBp7bZ3TdvKYhIuwAAAA6dHMQAADMXJwSpausBp7bZ3TdvKYhIuwAAAA//9k=",
    "base64",
  ),
} as const

/** What a camera wrote into the photo, and nobody may find in what is kept. */
export const SECRET_PLACE = "24.8607N-67.0011E"

/** A photo as a phone makes it, held as EXIF's `orientation` says, with the place it was taken at. */
export function photoOf({ orientation = 1, width, height }: { readonly orientation?: number; readonly width?: number; readonly height?: number } = {}): Buffer {
  const entry = (tag: number, type: number, count: number, value: number) => {
    const bytes = Buffer.alloc(12)
    bytes.writeUInt16BE(tag, 0)
    bytes.writeUInt16BE(type, 2)
    bytes.writeUInt32BE(count, 4)
    if (type === 3) bytes.writeUInt16BE(value, 8)
    else bytes.writeUInt32BE(value, 8)
    return bytes
  }
  // Two entries: the orientation, and where the block of GPS stands, which tells of the place as text.
  const gps = 8 + 2 + 2 * 12 + 4
  const tiff = Buffer.concat([
    Buffer.from("MM\0\x2a\0\0\0\x08", "latin1"),
    Buffer.from([0, 2]),
    entry(0x0112, 3, 1, orientation),
    entry(0x8825, 4, 1, gps),
    Buffer.alloc(4),
    Buffer.from([0, 1]),
    entry(0x001b, 2, SECRET_PLACE.length, gps + 18),
    Buffer.alloc(4),
    Buffer.from(SECRET_PLACE),
  ])
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff])
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  const photo = Buffer.concat([PLAIN.subarray(0, 2), head, body, PLAIN.subarray(2)])
  const frame = photo.indexOf(Buffer.from([0xff, 0xc0]))
  if (height !== undefined) photo.writeUInt16BE(height, frame + 5)
  if (width !== undefined) photo.writeUInt16BE(width, frame + 7)
  return photo
}

/** What a PNG is made of: the names of its chunks, its size, and whether a point of it is red or blue. */
export function insideOf(png: Buffer) {
  const chunks: string[] = []
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) chunks.push(png.toString("latin1", at + 4, at + 8))
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const { pixels } = new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="data:image/png;base64,${png.toString("base64")}"/></svg>`,
    { font: { loadSystemFonts: false } },
  ).render()
  return {
    chunks,
    width,
    height,
    at(x: number, y: number): "red" | "blue" | "other" {
      const [red = 0, , blue = 0] = pixels.subarray((y * width + x) * 4)
      return red > 200 && blue < 60 ? "red" : blue > 200 && red < 60 ? "blue" : "other"
    },
  }
}
