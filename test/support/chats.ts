import { afterAll, afterEach } from "vitest"
import { newStaff } from "./desk.ts"
import { openHouse } from "./house.ts"
import { simulated, type Seen } from "./simulated.ts"

const MINUTE = 60_000

/** What messages say. */
export const textsOf = (messages: readonly Seen[]): readonly string[] => messages.map(({ text }) => text)

/** A house for a test file, with people at its desk and those who come to it. Sana takes chats; Noor looks in on all of them. After each test all chats are ended, at the end the house is closed. `cap`: how many chats at once each of them has room for. */
export async function openChats({ cap = 3 } = {}) {
  const house = await openHouse()
  const { desk } = house.app
  afterAll(() => house.close())
  afterEach(endAll)
  const sana = await newStaff(house, "Sana", ["counsellor"], cap)
  const noor = await newStaff(house, "Noor", ["counsellor", "supervisor"], cap)

  /** Somebody who has come as far as the line. `sure`: whether she said that she can write on this phone; `about`: what she said that it is about. */
  async function inLine({ sure = true, about = "an account" } = {}) {
    const she = simulated(house)
    for (const text of ["hi", ...(sure ? ["yes"] : ["not sure", "go on"]), "talk to a person", "yes", "no", about]) await she.text(text)
    const id = (await desk.view(noor)).queue.at(-1)?.id
    if (id === undefined) throw new Error("nobody is in line")
    return { she, id }
  }

  /** Somebody with whom Sana writes, for as long as it takes. */
  async function live(options: Parameters<typeof inLine>[0] = {}) {
    const { she, id } = await inLine(options)
    const refused = await desk.claim(sana, id)
    if (refused !== undefined) throw new Error(refused)
    await desk.seen(sana, 600 * MINUTE)
    await desk.write(sana, id, "Hello.", "first")
    await she.read()
    return { she, id }
  }

  async function chat(id: string) {
    const read = await desk.chat(noor, id, 0)
    if (typeof read === "string") throw new Error(read)
    return read
  }

  /** Ends what is open, and lets a pause after hard chats go by. */
  async function endAll(): Promise<void> {
    await desk.reopen(noor)
    for (const { id } of await desk.cards()) await desk.end(noor, id, "other")
    house.advance(30 * MINUTE)
    await house.settle()
  }

  return {
    house,
    sana,
    noor,
    inLine,
    live,
    head: async (id: string) => (await chat(id)).head,
    lines: async (id: string) => (await chat(id)).lines.map(({ from, text, delivery }) => `${from}: ${text}${delivery === null || delivery === "sent" ? "" : ` (${delivery})`}`),
    /** Turns the clock on and lets the house do what its time brings. */
    async pass(minutes: number) {
      house.advance(minutes * MINUTE)
      await house.settle()
    },
    /** Something that her app says for her. */
    async heard(she: ReturnType<typeof simulated>, heard: { readonly type: "begin" | "opt-in" } | { readonly type: "choice"; readonly id: string }) {
      await house.app.receive({ channel: "simulator", address: `sms:${she.from}`, shape: "sms", deliveryId: `heard-${performance.now()}`, heard })
      return textsOf(await she.read())
    },
  }
}
