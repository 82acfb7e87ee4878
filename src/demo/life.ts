import { readCast, wayToTheLine, type Cast, type Somebody } from "./cast.ts"

/** How many may wait; who finds more of them comes later. */
const ROOM = 12
/** Whoever wrote so often without an answer waits for one. */
const UNANSWERED = 2

/**
 * Lets the made-up people go on writing, through the simulator's own door as a visitor would, until the process ends.
 * @param seconds between two who write, a third more or less
 * @param failed told of what couldn't be said
 */
export function startLife(url: string, seconds: number, failed: (cause: unknown) => void): void {
  const cast = readCast()
  const door = doorOf(url)
  const talking = new Map(cast.live.map((one) => [one.from, { said: 0, seen: 0, unanswered: 1 }]))
  let newcomers = 0
  let turns = 0

  const round = async () => {
    const turn = turns++
    // A chat, the queue, a chat, somebody new.
    if (turn % 4 === 1) return remindOf(pick(cast.waiting, turn))
    if (turn % 4 === 3 && (await waiting()) < ROOM) return come()
    for (let n = 0; n < cast.live.length; n++) if (await goOn(pick(cast.live, turn + n))) return
    return remindOf(pick(cast.waiting, turn))
  }

  /** The next word of a live chat, unless it is the counsellor's turn. */
  async function goOn(one: Cast["live"][number]): Promise<boolean> {
    const here = talking.get(one.from)
    const { place, last } = await door.look(one)
    if (here === undefined || place !== "person.live") return false
    if (last > here.seen) Object.assign(here, { seen: last, unanswered: 0 })
    if (here.unanswered >= UNANSWERED) return false
    const text = one.later[here.said % one.later.length] ?? ""
    Object.assign(here, { said: here.said + 1, unanswered: here.unanswered + 1 })
    await door.say(one, { text })
    return true
  }

  async function remindOf(one: Cast["waiting"][number]): Promise<void> {
    if (["person.queued", "person.waiting", "person.back"].includes((await door.look(one)).place)) await door.say(one, { text: cast.stillWaiting[one.language] })
  }

  async function waiting(): Promise<number> {
    const places = await Promise.all(cast.waiting.map(async (one) => (await door.look(one)).place))
    return places.filter((place) => place.startsWith("person.")).length + newcomers
  }

  async function come(): Promise<void> {
    const one: Somebody = { ...pick(cast.newcomers, newcomers), from: `demo-new-${Date.now()}` }
    newcomers += 1
    for (const said of wayToTheLine(cast, one)) await door.say(one, said)
  }

  const next = () => {
    setTimeout(() => void round().catch(failed).then(next), seconds * 1000 * (2 / 3 + (Math.random() * 2) / 3)).unref()
  }
  next()
}

function doorOf(url: string) {
  return {
    async say({ as, from }: Somebody, said: object): Promise<void> {
      const { status } = await fetch(`${url}/simulator/messages`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ as, from, ...said }) })
      if (status !== 202) throw new Error(`the simulator answered ${status}`)
    },
    async look({ as, from }: Somebody): Promise<{ readonly place: string; readonly last: number }> {
      const answer = await fetch(`${url}/simulator/messages?${new URLSearchParams({ as, from })}`)
      const { place, messages } = (await answer.json()) as { place: string; messages: readonly { readonly id: number }[] }
      return { place, last: messages.at(-1)?.id ?? 0 }
    },
  }
}

function pick<T>(all: readonly T[], n: number): T {
  return all[n % all.length] as T
}
