/** Reports from a webhook to filed, through the doors: every question, the sealing, the commit, and the reply at the provider. */
import { randomUUID } from "node:crypto"
import { generateX25519Identity, identityToRecipient } from "age-encryption"
import pg from "pg"
import { localeFiles } from "../src/locales/texts.ts"
import { atOnce } from "./at-once.ts"
import { Contacts } from "./contacts.ts"
import { ours, secret, startContender } from "./contenders.ts"
import type { Options } from "./options.ts"
import { startPostgres } from "./postgres.ts"

/** People who tell what happened in a round. */
const PEOPLE = 500
/** How the reply begins that nobody gets before the report is filed. */
const FILED = String(localeFiles("en")["report"]?.["filed"]).split(".")[0] ?? ""
/** What leads there: every question skipped, 600 characters of their own, and yes to a way back and to being counted. */
const WAY = ["hi", "yes", "tell what happened", "begin", ...Array.from({ length: 10 }, () => "skip"), "x".repeat(600), "done", "right", "yes", "yes", "no", "i have it"]
const FIRST = 2_000_000_001
/** By then a house has looked whose keys there are. */
const KEYS_MS = 6000
/** Nobody waits that long for a reply. */
const PATIENCE_MS = 60_000

/** Rates of one round. `filing`: last answers a second that file; `whole`: reports a second with all their questions. */
export type Filing = { readonly filing: number; readonly whole: number; readonly turns: number; readonly taken: readonly number[] }

/** Files reports with a way back through Telegram's webhook of a house of its own, with its secret, so many officers' keys there. */
export async function filings(officers: number, options: Options): Promise<readonly Filing[]> {
  const postgres = await startPostgres()
  try {
    const database = await postgres.create(ours)
    // The house makes its tables itself: the engine behind that works once in a process, and this one needs it later.
    const contender = await startContender(ours, database, { ...options, contacts: 1 })
    await hireOfficers(database, officers)
    await new Promise((resolve) => setTimeout(resolve, KEYS_MS))
    const contacts = new Contacts(contender.port, secret)
    const waiting = new Map<number, () => void>()
    contender.standIn.onReply = (chat, body) => {
      if (body.includes(FILED)) waiting.get(chat)?.()
    }
    try {
      const rounds: Filing[] = []
      for (let round = 0; round < options.rounds; round++) {
        const people = Array.from({ length: PEOPLE }, (_, n) => FIRST + round * PEOPLE + n)
        const began = performance.now()
        await atOnce(options.inflight, people, async (one) => {
          for (const text of WAY.slice(0, -1)) await contacts.write(one, text)
        })
        const taken: number[] = []
        const filed = performance.now()
        await atOnce(options.inflight, people, async (one) => {
          const asked = performance.now()
          const told = new Promise<void>((resolve, reject) => {
            waiting.set(one, resolve)
            setTimeout(() => reject(new Error("a report wasn't filed: the way to it has changed")), PATIENCE_MS).unref()
          })
          await contacts.write(one, WAY.at(-1) ?? "")
          await told
          taken.push(performance.now() - asked)
        })
        const end = performance.now()
        rounds.push({ filing: (PEOPLE * 1000) / (end - filed), whole: (PEOPLE * 1000) / (end - began), turns: WAY.length, taken })
        console.log(`  round ${round + 1}: ${PEOPLE} filed through the webhook`)
      }
      return rounds
    } catch (cause) {
      console.error(contender.process.said())
      throw cause
    } finally {
      contacts.close()
      await contender.stop()
    }
  } finally {
    await postgres.stop()
  }
}

async function hireOfficers(database: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  for (let n = 0; n < count; n++) {
    const id = randomUUID()
    await client.query("insert into staff (id, user_name, alias, roles, updated_at) values ($1, $2, $2, '{officer}', now())", [id, `officer-${n}`])
    await client.query("insert into officer_key (id, staff_id, recipient, since) values ($1, $2, $3, '2026-11-01')", [
      randomUUID(),
      id,
      await identityToRecipient(await generateX25519Identity()),
    ])
  }
  await client.end()
}
