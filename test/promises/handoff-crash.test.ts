import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { freePort } from "../../src/store/own-server.ts"
import { freshDatabase } from "../support/database.ts"
import { newStaff } from "../support/desk.ts"
import { alwaysOpen, openHouse } from "../support/house.ts"
import { startHouse, until } from "../support/running.ts"

const KILLABLE = join(import.meta.dirname, "../support/killable-house.ts")

/** A house in a process of its own, that breaks and comes back while people go on. */
async function open() {
  const database = await freshDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), "hamraaz-handoff-"))
  const hiring = await openHouse({}, { databaseUrl: database.url, dataDir })
  const sana = await newStaff(hiring, "Sana", ["counsellor"], 20)
  const noor = await newStaff(hiring, "Noor", ["counsellor", "supervisor"], 20)
  const { cover } = hiring.app
  // An offer to somebody who isn't there ends at once.
  for (const one of [sana, noor]) await hiring.app.desk.seen(one, 3600_000)
  await hiring.close()
  const port = String(await freePort())
  const url = `http://127.0.0.1:${port}`
  // One connection: whoever ends all others over it goes on asking.
  const eye = new pg.Pool({ connectionString: database.url, max: 1 })
  eye.on("error", () => {})
  const start = () => startHouse({ PORT: port, DATA_DIR: dataDir, DATABASE_URL: database.url, SIMULATOR: "on", HOUSE_CONTENT: alwaysOpen() }, KILLABLE)
  let house = await start()
  const ask = async (path: string, body?: object) => {
    const response = await fetch(`${url}${path}`, body && { method: "POST", body: JSON.stringify(body) }).catch(() => undefined)
    return response?.status === 200 ? response.json().catch(() => undefined) : undefined
  }
  return {
    eye,
    cover,
    sana,
    noor,
    async kill() {
      house.child.kill("SIGKILL")
      house = await start()
    },
    /** As a restart of PostgreSQL looks from outside: what was under way has failed, or is done and nobody was told. */
    async cutConnections() {
      await eye.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")
    },
    /** She writes; what wasn't acknowledged is delivered again, under the same name. */
    hear: (from: string, text: string) => until(async () => (await ask("/hear", { from, text, deliveryId: `${from}:${text}` })) !== undefined),
    /** Somebody acts; whoever gets no answer looks whether it is done, and does it again if it isn't. */
    act: (does: string, by: readonly string[], isDone: () => Promise<boolean>) =>
      until(async () => {
        const answer = (await ask("/act", { does, by })) as { readonly answer?: string } | undefined
        return (answer !== undefined && answer.answer === undefined) || isDone()
      }),
    phone: (from: string) =>
      ask(`/simulator/messages?as=sms&from=${from}`) as Promise<{ readonly messages: readonly { readonly text: string }[]; readonly place: string } | undefined>,
    async close() {
      house.child.kill("SIGKILL")
      await eye.end()
      await database.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

type Open = Awaited<ReturnType<typeof open>>
const STEPS = ["asked", "queued", "claimed", "live", "transferring", "accepted", "ended"] as const

/** One person's way from her first word to the end of her chat. */
function way(house: Open, from: string) {
  const { sana, noor, eye, cover } = house
  const conversation = cover.lookup("simulator", `sms:${from}`)
  const row = async () =>
    (await eye.query<{ id: string; status: string; staff_id: string | null }>("select id, status, staff_id from handoff where conversation_id = $1", [conversation])).rows[0]
  const id = async () => (await row())?.id ?? ""
  const has = (status: string, owner: string) => async () => {
    const now = await row()
    return now?.status === status && now.staff_id === owner
  }
  const write = async (who: string, text: string) => house.act("write", [who, await id(), text, text], async () => false)
  const steps: Readonly<Record<(typeof STEPS)[number], () => Promise<unknown>>> = {
    async asked() {
      for (const text of ["hi", "yes", "talk to a person"]) await house.hear(from, text)
    },
    async queued() {
      for (const text of ["Yes", "no", "my account is gone"]) await house.hear(from, text)
    },
    claimed: async () => house.act("claim", [sana, await id()], has("claimed", sana)),
    live: () => Promise.all([write(sana, "I am here."), house.hear(from, "my first words")]),
    async transferring() {
      await house.act("transfer", [sana, await id(), noor], has("transferring", sana))
      await Promise.all([write(sana, "My colleague comes."), house.hear(from, "my second words")])
    },
    async accepted() {
      await house.act("accept", [noor, await id()], has("claimed", noor))
      await Promise.all([write(noor, "Hello from me."), house.hear(from, "my third words")])
    },
    ended: async () => house.act("end", [noor, await id(), "helped"], has("ended", noor)),
  }
  return { from, conversation, id, take: (step: (typeof STEPS)[number]) => steps[step]() }
}

let house: Open
beforeEach(async () => {
  house = await open()
})
afterEach(() => house.close())

/** What she gets, one after the other: once each, however often a house breaks. */
const HEARD = [
  /^Hello\. Is this a good moment/,
  /./,
  /^What would you like/,
  /^I can ask someone from our team/,
  /^Before I ask/,
  /^In a few words/,
  /^I have asked\./,
  /from Sana\.$/,
  /^Sana: I am here\.$/,
  /^Sana: My colleague comes\.$/,
  /^Noor goes on from here/,
  /^Noor: Hello from me\.$/,
  /^Noor has closed the chat\./,
]

describe("a house that breaks in each step of a handoff at once", () => {
  test.each(["kill", "cutConnections"] as const)(
    "(%s) leaves nobody stranded: each gets what is hers once and in order, and so do those who answer",
    { timeout: 90_000 },
    async (blow) => {
      const people = STEPS.map((step) => ({ step, ...way(house, `${step}-${blow}`) }))
      // Each comes as far as her own step; that one is under way while the house breaks; then all go on to the end.
      await Promise.all(
        people.map(async ({ step, take }) => {
          for (const before of STEPS.slice(0, STEPS.indexOf(step))) await take(before)
        }),
      )
      await Promise.all([...people.map(({ step, take }) => take(step)), house[blow]()])
      await Promise.all(
        people.map(async ({ step, take }) => {
          for (const after of STEPS.slice(STEPS.indexOf(step) + 1)) await take(after)
        }),
      )
      const count = async (statement: string) => (await house.eye.query<{ n: number }>(statement)).rows[0]?.n
      await until(
        async () => (await count("select (select count(*) from outbox where status in ('waiting', 'unknown'))::int + (select count(*) from handoff_news)::int as n")) === 0,
      )
      for (const { from, id, conversation } of people) {
        const { messages, place } = (await house.phone(from)) ?? { messages: [], place: "" }
        const all = messages.map(({ text }) => text)
        // Said only where her first words came before those of the counsellor.
        const texts = all.filter((text) => text !== "Kept for whoever answers.")
        expect(all.length - texts.length).toBeLessThanOrEqual(1)
        expect(texts.length, `${from}: ${texts.join(" | ")}`).toBe(HEARD.length)
        HEARD.forEach((like, index) => expect(texts[index], from).toMatch(like))
        expect(place).toBe("person.ended")
        const { rows } = await house.eye.query<{ from: string; content: Buffer }>('select "from", content from handoff_line where handoff_id = $1 order by n', [await id()])
        const said = (who: string) => rows.filter((line) => line.from === who).map(({ content }) => house.cover.open("line", content))
        expect(said("contact")).toEqual(["my first words", "my second words", "my third words"])
        expect(said("counsellor")).toEqual(["I am here.", "My colleague comes.", "Hello from me."])
        const { rows: ends } = await house.eye.query("select status, ended_by, due_at from handoff where conversation_id = $1", [conversation])
        expect(ends).toEqual([{ status: "ended", ended_by: "counsellor", due_at: null }])
      }
    },
  )
})
