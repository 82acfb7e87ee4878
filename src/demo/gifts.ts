import { randomUUID } from "node:crypto"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { App } from "../app.ts"
import type { Shown } from "../helpline/contribution-view.ts"
import { give, wishCard } from "../store/contributions.ts"
import { drawing } from "./drawing.ts"

type Gift = Pick<Shown, "kind" | "language" | "country" | "day" | "text" | "name">

const CAMPAIGN = "sixteen-days"
const DAYS = 21
const DAY_MS = 24 * 3600_000

/** What made-up people gave to a campaign: `gifts.json`. */
export function readGifts(): readonly Gift[] {
  return (JSON.parse(readFileSync(join(import.meta.dirname, "gifts.json"), "utf8")) as { readonly gifts: readonly Gift[] }).gifts
}

/** Lets people who don't exist give squares, letters and tips in the last weeks, each said yes to by somebody: a quilt to look at. */
export async function giveGifts(app: App, clock: { readonly set: (at: number) => void }, moderator: string, now: number): Promise<void> {
  const draw = drawing(16)
  for (const { text, name, day, ...gift } of readGifts()) {
    const at = new Date(now - Math.floor(draw() * DAYS) * DAY_MS)
    clock.set(at.getTime())
    const [id, conversationId] = [randomUUID(), randomUUID()]
    const content = app.cover.close("contribution", JSON.stringify({ text, ...(name !== undefined && { name }) }))
    // Nobody stands behind it, so nobody of the demonstration can take it back.
    await give(app.store.pool, { ...gift, id, campaign: CAMPAIGN, day: day ?? null, conversationId, content, wording: 1 }, at, 1)
    const refused = await app.moderation.publish(moderator, id)
    if (refused !== undefined) throw new Error(`a gift of the demonstration wasn't published: ${refused}`)
    await wishCard(app.store.pool, conversationId, id, draw() < 0.6)
  }
  clock.set(now)
}
