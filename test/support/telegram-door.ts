import type { House } from "./house.ts"
import { SECRET } from "./telegram.ts"

/** Brings an update to the webhook as Telegram does; answers with the status it was given. */
export async function deliver(house: Pick<House, "url">, update: unknown, { secret = SECRET }: { readonly secret?: string | null } = {}): Promise<number> {
  const response = await fetch(`${house.url}/telegram`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(secret !== null && { "x-telegram-bot-api-secret-token": secret }) },
    body: typeof update === "string" ? update : JSON.stringify(update),
  })
  await response.arrayBuffer()
  return response.status
}
