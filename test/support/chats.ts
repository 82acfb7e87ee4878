import type { House } from "./house.ts"
import { simulated } from "./simulated.ts"

const MINUTE = 60_000

/** Chats of a house as a test makes them and looks at them. `sana` answers, `noor` is a supervisor who may see all. */
export function chats(house: House, sana: string, noor: string) {
  const { desk } = house.app
  const opened = async (id: string) => {
    const chat = await desk.chat(noor, id, 0)
    if (typeof chat === "string") throw new Error(chat)
    return chat
  }
  /** Somebody who has come as far as the line. */
  async function inLine(about = "an account") {
    const she = simulated(house, "sms")
    for (const text of ["hi", "yes", "talk to a person", "yes", "no", about]) await she.text(text)
    const place = await she.place()
    if (place !== "person.queued") throw new Error(`she is at ${place}`)
    const { rows } = await house.app.store.pool.query<{ id: string }>("select id from handoff where conversation_id = $1 and status <> 'ended'", [
      house.app.cover.lookup("simulator", `sms:${she.from}`),
    ])
    return { she, id: rows[0]?.id ?? "" }
  }
  return {
    inLine,
    /** Somebody with whom Sana writes. */
    async live() {
      const { she, id } = await inLine()
      const refused = (await desk.claim(sana, id)) ?? (await desk.write(sana, id, "Hello.", "first"))
      if (refused !== undefined) throw new Error(refused)
      await she.read()
      return { she, id }
    },
    lines: async (id: string) => (await opened(id)).lines.map(({ from, text }) => `${from}: ${text}`),
    head: async (id: string) => (await opened(id)).head,
    /** Turns the clock on and lets the house do what its time brings. */
    async pass(minutes: number): Promise<void> {
      house.advance(minutes * MINUTE)
      await house.settle()
    },
    /** Nobody waits and nobody writes any more. */
    async clear(): Promise<void> {
      for (const { id } of await desk.cards()) await desk.end(noor, id, "other")
      await house.settle()
    },
  }
}

export const texts = (messages: readonly { readonly text: string }[]) => messages.map(({ text }) => text)
