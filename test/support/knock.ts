import type { House } from "./house.ts"

/** Any request at the house's own door; answers with the status. */
export async function knock(house: House, path: string, body: string | Buffer, headers: Readonly<Record<string, string>>): Promise<number> {
  const response = await fetch(`${house.url}${path}`, { method: "POST", headers, body: typeof body === "string" ? body : new Uint8Array(body) })
  await response.arrayBuffer()
  return response.status
}
