import { randomFillSync } from "node:crypto"

const page = Buffer.alloc(4096)
let at = page.length

/** A fresh UUID that rises with time (RFC 9562, version 7), so that new rows stand beside each other in their index. */
export function freshId(now: number): string {
  if (at + 10 > page.length) {
    randomFillSync(page)
    at = 0
  }
  const random = page.toString("hex", at, at + 10)
  at += 10
  const time = Math.floor(now).toString(16).padStart(12, "0")
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-a${random.slice(3, 6)}-${random.slice(6, 18)}`
}

/** When an id was made, in milliseconds. */
export function bornAt(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}
