import { afterAll, beforeEach, expect } from "vitest"
import type { Language } from "../../src/locales/texts.ts"
import { openHouse } from "./house.ts"
import { openTelegram } from "./telegram.ts"
import { deliver } from "./telegram-door.ts"

export const PUBLIC = { PUBLIC_URL: "https://help.example.org" }

const LAST = `select status, code, content is null as empty, attempts, extract(epoch from due_at - now())::float as due_in
from outbox where conversation_id = $1 order by turn desc, position desc limit 1`

/** A house for a test file whose only channel is Telegram, by webhook, and somebody else who writes in each test. */
export async function openAtTelegram() {
  const telegram = await openTelegram()
  const house = await openHouse({ ...telegram.environment, ...PUBLIC })
  const { pool } = house.app.store
  let she = telegram.chat()
  afterAll(async () => {
    await house.close()
    await telegram.close()
  })
  beforeEach(() => {
    // A house's clock stands still; waits are written by it and read by the database's own.
    house.advance(Date.now() - house.now())
    she = telegram.chat()
  })

  const opening = (key: string, language: Language = "en") => (house.app.texts(key, language).split("{{")[0] ?? "").slice(0, 24)
  const rows = async () =>
    (
      await pool.query(
        "select (select count(*) from conversation) as conversation, (select count(*) from delivery) as delivery, (select count(*) from outbox) as outbox, (select count(*) from parked) as parked",
      )
    ).rows[0]
  return {
    telegram,
    house,
    /** Who writes in this test. */
    get she() {
      return she
    },
    set she(one) {
      she = one
    },
    /** How a text begins. */
    opening,
    says: (key: string, language?: Language) => expect.stringContaining(opening(key, language)),
    arrived: () => she.arrived.map(({ text }) => text),
    /** What Telegram tells the house of, which answers that it has taken it; then all that follows. */
    bring: async (...updates: readonly unknown[]) => {
      for (const update of updates) expect(await deliver(house, update)).toBe(200)
      await house.settle()
    },
    /** Does something that must leave no row. */
    storesNothing: async (act: () => Promise<void>) => {
      const before = await rows()
      await act()
      await house.settle()
      expect(await rows()).toEqual(before)
    },
    /** The last thing that was to leave for her. */
    lastRow: async () => (await pool.query(LAST, [house.app.cover.lookup("telegram", String(she.id))])).rows[0],
    /** What waits to be tried again is tried now. */
    hasten: async () => {
      await pool.query("update outbox set due_at = now() - interval '1 second' where status in ('waiting', 'unknown')")
      await house.settle()
    },
  }
}
