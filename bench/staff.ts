/** The people at the desk, and the chats that they hold; all of it made through the house's own doors. */
import { atOnce } from "./at-once.ts"
import { Console, must } from "./console.ts"
import type { Contacts } from "./contacts.ts"

/** The most that one counsellor may hold. */
const CAP = 3

export interface Chat {
  /** The contact's own number at Telegram. */
  readonly contact: number
  /** The handoff. */
  readonly id: string
  readonly owner: Console
}

/** Counsellors by invitation, each with a second step and room for as many chats as there may be. */
export async function hire(port: number, firstLink: string, count: number): Promise<readonly Console[]> {
  const admin = new Console(port, 0)
  await admin.join(firstLink, "Admin 0")
  const counsellors = Array.from({ length: count }, (_, n) => new Console(port, n + 1))
  const links: string[] = []
  for (const _ of counsellors) links.push(String(must(await admin.post("staff/invite", { roles: ["counsellor"] }))["link"]))
  await atOnce(4, counsellors, async (counsellor, n) => {
    await counsellor.join(links[n] ?? "", `Counsellor ${n + 1}`)
    const { id } = must(await counsellor.get("me"))
    must(await admin.post(`staff/${String(id)}/change`, { cap: CAP }))
  })
  return counsellors
}

/** Takes from the queue until each chat has its owner, who has said hello. */
export async function takeChats(counsellors: readonly Console[], contacts: Contacts, count: number): Promise<readonly Chat[]> {
  await contacts.queueUp(count)
  const chats: Chat[] = []
  const seats = counsellors.flatMap((one) => Array.from({ length: CAP }, () => one))
  while (chats.length < count) {
    const queue = must((await counsellors[0]?.get("desk")) ?? { status: 0, json: {} })["queue"] as readonly { readonly id: string }[]
    if (queue.length === 0) throw new Error(`only ${chats.length} of ${count} chats came to the queue`)
    await atOnce(8, queue.slice(0, count - chats.length), async ({ id }) => {
      const owner = seats.shift()
      if (owner === undefined) throw new Error("too few counsellors")
      must(await owner.post(`chats/${id}/claim`))
      const { asked } = must(await owner.get(`chats/${id}?after=0`)) as { asked: readonly { readonly answer: string }[] }
      must(await owner.post(`chats/${id}/messages`, { text: "Hello, I am here.", key: "hello" }))
      // What she said it is about names the contact: staff are told nothing else that would.
      chats.push({ contact: Number(/\d+$/.exec(asked.at(-1)?.answer ?? "")?.[0]), id, owner })
    })
  }
  return chats
}

/** Says of everybody that they are there; nobody is given a chat by the house itself. */
export async function sayHere(counsellors: readonly Console[]): Promise<void> {
  await atOnce(8, counsellors, async (one) => void must(await one.post("me/presence", { presence: "break" })))
}
