/** Arrays as PostgreSQL writes them (its manual, "Array Value Input"); the driver's own way takes several times as long. */

/** An array of values that need no quotes: ids, numbers, truth values. */
export function plainArray(list: readonly (string | number | bigint | boolean | null)[]): string {
  return `{${list.map((one) => one ?? "null").join(",")}}`
}

/** An array of texts. */
export function textArray(list: readonly (string | null)[]): string {
  return `{${list.map((one) => (one === null ? "null" : `"${one.replace(/["\\]/g, "\\$&")}"`)).join(",")}}`
}

/** An array of moments. */
export function dateArray(list: readonly (Date | null)[]): string {
  return `{${list.map((one) => (one === null ? "null" : `"${one.toISOString()}"`)).join(",")}}`
}

/** An array of bytes. */
export function bytesArray(list: readonly Uint8Array[]): string {
  return `{${list.map((one) => `"\\\\x${Buffer.from(one.buffer, one.byteOffset, one.byteLength).toString("hex")}"`).join(",")}}`
}
