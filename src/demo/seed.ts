import { randomUUID } from "node:crypto"
import type { App } from "../app.ts"
import type { TaxonomyFile } from "../helpline/taxonomy.ts"
import { hire } from "./accounts.ts"
import { readCast, wayToTheLine, type Cast, type Somebody, type Written } from "./cast.ts"
import type { Account } from "./marker.ts"
import { giveGifts } from "./gifts.ts"
import { writePast } from "./past.ts"
import { writeReports } from "./past-reports.ts"

/** A clock that is set by hand. */
export type SetClock = { readonly now: () => number; readonly set: (at: number) => void }

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** Staff are there as long as anybody looks around, whoever of them is signed in. */
const HERE_MS = 365 * DAY

/**
 * Fills an empty house with people who don't exist: staff, thirty days that have passed, a queue, chats. All but the past
 * comes in through the house's own doors, at moments that its clock is set to.
 */
export async function seed(app: App, clock: SetClock, taxonomy: TaxonomyFile): Promise<readonly Account[]> {
  const cast = readCast()
  const began = Date.now()
  clock.set(began - 31 * DAY)
  const staff = await hire(app, cast.staff)
  const idOf = (alias: string) => staff.find((one) => one.alias === alias)?.id ?? ""
  const supervisor = staff.find(({ roles }) => roles.includes("supervisor"))?.id ?? ""
  const counsellors = staff.filter(({ roles }) => roles.includes("counsellor")).map(({ id }) => id)
  await writePast(app, counsellors, began)
  clock.set(began - 6 * DAY)
  await app.desk.close(supervisor, { reason: "holiday", until: new Date(began - 5 * DAY).toISOString() })

  const stage = { app, clock, cast, supervisor, idOf, taxonomy }
  for (const { id } of staff) await app.desk.seen(id, 40 * DAY)
  for (const one of cast.ended) await ended(stage, one, began)
  for (const one of cast.live) await written(stage, one, began)
  for (const one of cast.waiting) await waiting(stage, one, began)
  clock.set(began)
  for (const { id, alias } of staff) {
    await app.desk.seen(id, HERE_MS)
    const presence = cast.staff.find((one) => one.alias === alias)?.presence ?? "away"
    if (presence !== "away") await app.desk.presence(id, presence)
  }
  await settle(app)
  await giveGifts(app, clock, supervisor, began)
  const officer = staff.find(({ roles }) => roles.includes("officer"))
  const key = officer && (await writeReports(app, clock, taxonomy, officer.id, began))
  clock.set(began)
  return staff.map(({ id, userName, alias, roles, password, secret }) => ({ userName, alias, roles, password, secret, ...(id === officer?.id && { key }) }))
}

type Stage = {
  readonly app: App
  readonly clock: SetClock
  readonly cast: Cast
  readonly supervisor: string
  readonly idOf: (alias: string) => string
  readonly taxonomy: TaxonomyFile
}

/** Somebody comes as far as the line; gives back the handoff. */
async function toTheLine({ app, clock, cast, supervisor }: Stage, one: Somebody, at: number): Promise<string> {
  clock.set(at - 3 * MINUTE)
  const before = new Set((await app.desk.view(supervisor)).queue.map(({ id }) => id))
  for (const said of wayToTheLine(cast, one)) {
    await says(app, one, said)
    clock.set(clock.now() + 20_000)
  }
  const id = (await app.desk.view(supervisor)).queue.find((waits) => !before.has(waits.id))?.id
  if (id === undefined) throw new Error(`${one.from} didn't come to the queue`)
  return id
}

async function waiting(stage: Stage, one: Cast["waiting"][number], now: number): Promise<void> {
  await toTheLine(stage, one, now - one.minutes * MINUTE)
  for (const text of one.lines) {
    stage.clock.set(stage.clock.now() + MINUTE)
    await says(stage.app, one, { text })
  }
}

async function written(stage: Stage, one: Written, now: number): Promise<string> {
  const { app, clock, idOf } = stage
  const owner = idOf(one.owner)
  const id = await toTheLine(stage, one, now - one.minutes * MINUTE)
  const refused = await app.desk.claim(owner, id)
  if (refused !== undefined) throw new Error(`${one.owner} couldn't take a chat: ${refused}`)
  for (const [who, text] of one.lines) {
    clock.set(clock.now() + MINUTE)
    if (who === "she") await says(app, one, { text })
    else await app.desk.write(owner, id, text, randomUUID())
    await settle(app)
  }
  if (one.note !== undefined) await app.desk.note(owner, id, one.note)
  return id
}

async function ended(stage: Stage, one: Cast["ended"][number], now: number): Promise<void> {
  const { app, clock, idOf, taxonomy } = stage
  const id = await written(stage, one, now)
  const { summary, ...wanted } = one.record
  // What this taxonomy doesn't have wasn't said.
  const categories = taxonomy.groups.map((group) => {
    const option = group.options.find((one) => one.id === wanted[group.id])?.id
    return [group.id, [option ?? "not-said"]] as const
  })
  clock.set(clock.now() + 5 * MINUTE)
  await app.desk.record(idOf(one.owner), id, { categories: Object.fromEntries(categories), summary })
  await app.desk.end(idOf(one.owner), id, "helped")
  await settle(app)
  clock.set(clock.now() + MINUTE)
  await says(app, one, { choice: `person.ended/${one.survey}` })
}

async function says(app: App, { as, from }: Somebody, said: { readonly text: string } | { readonly choice: string }): Promise<void> {
  const heard = "text" in said ? ({ type: "text", text: said.text } as const) : ({ type: "choice", id: said.choice } as const)
  await app.receive({ channel: "simulator", address: `${as}:${from}`, shape: as, deliveryId: randomUUID(), heard })
  await settle(app)
}

/** What the loops of a running house would do. */
async function settle(app: App): Promise<void> {
  await app.idle()
  await app.lease.renew()
  await app.desk.turn()
  await app.idle()
  await app.delivery.idle()
  while ((await app.delivery.deliverDue()) > 0) await app.delivery.idle()
}
