/** A frame of a WebSocket, as a server sends it. */
export function frameOf(kind: number, body: Buffer): Buffer {
  const head = body.length < 126 ? [0x80 | kind, body.length] : [0x80 | kind, 126, body.length >> 8, body.length & 255]
  return Buffer.concat([Buffer.from(head), body])
}

/** The first whole frame of what a client has sent, unmasked; nothing where it isn't whole yet. */
export function readFrame(bytes: Buffer): { readonly kind: number; readonly body: Buffer; readonly size: number } | undefined {
  if (bytes.length < 2) return undefined
  const short = (bytes[1] as number) & 127
  const at = short === 126 ? 4 : 2
  if (bytes.length < at + 4) return undefined
  const length = short === 126 ? bytes.readUInt16BE(2) : short
  const size = at + 4 + length
  if (bytes.length < size) return undefined
  const mask = bytes.subarray(at, at + 4)
  const body = Buffer.from(bytes.subarray(at + 4, size).map((byte, index) => byte ^ (mask[index % 4] as number)))
  return { kind: (bytes[0] as number) & 15, body, size }
}
