import { air } from "./air.ts"
import type { World } from "./handoff-world.ts"

const JOINED = /(?<=here now, from )\w+|^\w+(?= goes on from here)/
const BACK = /You are in line again/
/** Tells her that nobody is with her any more. */
export const OVER = /has closed the chat|nobody could answer you|I am closing this for now|That chat was closed|Your last chat has been closed/
const RELAYED = /^(\w+): (?:Hello again[^\n]*\n)?Reply c(\d+)\./

type Row = {
  readonly id: string
  readonly conversation_id: string | null
  readonly status: string
  readonly staff_id: string | null
  readonly offered_to: string | null
  readonly due_at: Date | null
  readonly ended_at: Date | null
  readonly ended_by: string | null
  readonly ended_why: string | null
  readonly live_at: Date | null
  readonly consent: string | null
  readonly quiet: boolean
  readonly has_written: boolean
  readonly owned_by: string | null
  readonly owned_how: string | null
}
type Line = {
  readonly handoff_id: string
  readonly n: number
  readonly from: string
  readonly staff_id: string
  readonly key: string | null
  readonly outbox_id: string
  readonly content: Buffer
  readonly fate: string | null
  readonly code: string | null
}

const HANDOFFS = `
select h.id, h.conversation_id, h.status, h.staff_id, h.offered_to, h.due_at, h.ended_at, h.ended_by, h.ended_why, h.live_at, h.consent, h.quiet,
  exists (select from handoff_line l where l.handoff_id = h.id and l.staff_id = h.staff_id) as has_written, a.staff_id as owned_by, a.what as owned_how
from handoff h left join lateral (
  select staff_id, what from audit where subject_id = h.id and what in ('chat-claimed', 'chat-assigned', 'chat-accepted', 'chat-taken-over') order by id desc limit 1
) as a on true order by h.asked_at, h.id`

const HELD = new Set(["claimed", "live", "transferring"])
const TAKING = ["chat-claimed", "chat-assigned", "chat-accepted", "chat-taken-over"]
const AUDITED: Readonly<Record<string, string>> = {
  claim: "chat-claimed",
  release: "chat-released",
  transfer: "chat-offered",
  accept: "chat-accepted",
  refuse: "chat-refused",
  takeOver: "chat-taken-over",
}

function must(holds: boolean, what: string, about: unknown = ""): asserts holds {
  if (!holds) throw new Error(`${what} ${typeof about === "string" ? about : JSON.stringify(about)}`)
}

/** All that holds at every moment, whatever is under way. */
export async function holdsNow(world: World): Promise<void> {
  const arrived = air.arrivals.length
  const missed = await missing(world)
  const { rows } = await world.houses.eye.query<Row>(HANDOFFS)
  for (const row of rows) {
    const isHeld = HELD.has(row.status)
    must(isHeld || row.status === "ended" || row.staff_id === null, "somebody has a chat that nobody took", row)
    must(!isHeld || (row.staff_id !== null && row.staff_id === row.owned_by), "the owner isn't whom the audit names last", row)
    must((row.status === "transferring") === (row.offered_to !== null), "an offer without a transfer, or a transfer without an offer", row)
    must((row.status === "ended") === (row.due_at === null), "an open chat that no timer looks at, or an ended one that a timer waits for", row)
    must((row.status === "ended") === (row.ended_at !== null && row.ended_by !== null && row.ended_why !== null), "an end without a reason, or a reason without an end", row)
    must(row.status === "asked" || row.status === "ended" || row.consent !== null, "passed on without having agreed", row)
    must(row.status !== "live" || (row.live_at !== null && row.has_written), "live before its owner has written", row)
    if (row.status !== "ended") world.lastOpen.set(row.id, arrived)
  }
  const open = rows.filter(({ status, conversation_id: whose }) => status !== "ended" && whose !== null).map(({ conversation_id: whose }) => whose)
  must(new Set(open).size === open.length, "a contact with two open chats", open)
  for (const { id, cap, alias } of world.staff) {
    const held = rows.filter(({ staff_id: owner, status, owned_how: how }) => owner === id && HELD.has(status) && how !== "chat-taken-over")
    must(held.length <= cap, `${alias} has more than her cap`, held)
  }
  await actsAreTrue(world, rows)
  await linesAreTrue(world, rows)
  arrivalsAreTrue(world, new Set([...missed, ...(await missing(world))]))
}

/** What was answered as done is done and written down, once; what was refused has left no trace. */
async function actsAreTrue(world: World, handoffs: readonly Row[]): Promise<void> {
  const { rows } = await world.houses.eye.query<{ staff_id: string; what: string; subject_id: string; n: number }>(
    "select staff_id, what, subject_id, count(*)::int as n from audit group by 1, 2, 3",
  )
  const written = new Map(rows.map(({ staff_id: staff, what, subject_id: handoff, n }) => [`${staff} ${what} ${handoff}`, n]))
  const done = Map.groupBy(
    world.done.filter(({ does, answer }) => AUDITED[does] !== undefined && answer === undefined),
    ({ staff, does, handoff }) => `${staff} ${AUDITED[does]} ${handoff}`,
  )
  for (const what of Object.values(AUDITED)) {
    for (const { id: staff } of world.staff) {
      for (const { id } of handoffs) {
        const name = `${staff} ${what} ${id}`
        const [times, answered] = [written.get(name) ?? 0, done.get(name)?.length ?? 0]
        // Taking what one has already is done, and nothing more is written of it.
        const had = TAKING.includes(what) && times < answered && TAKING.some((how) => written.has(`${staff} ${how} ${id}`))
        must(times === answered || had, "acts that were done, and what is written down of them, differ:", name)
      }
    }
  }
  for (const { does, answer, staff, handoff } of world.done) {
    if (answer !== undefined || does !== "block") continue
    must(written.has(`${staff} chat-blocked ${handoff}`), "a block that was answered as done isn't", handoff)
  }
}

/** Every word is passed on once, in the order in which it was said. */
async function linesAreTrue(world: World, handoffs: readonly Row[]): Promise<void> {
  const { rows } = await world.houses.eye.query<Line>(
    `select l.handoff_id, l.n, l."from", l.staff_id, l.key, l.outbox_id, l.content, o.status as fate, o.code
    from handoff_line l left join outbox o on o.id = l.outbox_id order by l.handoff_id, l.n`,
  )
  const { cover } = world.houses
  const forgotten = new Set(handoffs.filter(({ conversation_id: whose }) => whose === null).map(({ id }) => id))
  for (const { handoff, n, answer, does } of world.done) {
    if (n === undefined || !does.startsWith("write") || forgotten.has(handoff)) continue
    const lines = rows.filter(({ handoff_id: id, key }) => id === handoff && key === `key-${n}`)
    const wasDone = world.done.some((one) => one.n === n && one.answer === undefined)
    must(lines.length === (wasDone ? 1 : 0), `words answered with ${answer ?? "done"} stand ${lines.length} times`, `c${n}`)
  }
  const heard = rows
    .filter(({ from }) => from === "contact")
    .flatMap(({ handoff_id: handoff, content }) => [...cover.open("line", content).matchAll(/kite w(\d+)/g)].map(([, n]) => ({ handoff, n: Number(n) })))
  must(new Set(heard.map(({ n }) => n)).size === heard.length, "her words stand twice", heard)
  const reopened = new Set(rows.filter(({ from, content }) => from === "system" && content.toString() === "reopened").map(({ handoff_id: id }) => id))
  for (const { handoff, n } of heard) {
    const said = world.said.find((one) => one.n === n)
    const end = world.done.find((one) => one.handoff === handoff && (one.does === "end" || one.does === "block") && one.answer === undefined)
    must(reopened.has(handoff) || end === undefined || said === undefined || said.from < end.to, "her words went to a chat that had ended", `w${n}`)
  }
  for (const lines of Map.groupBy(heard, ({ handoff }) => handoff).values()) {
    const said = lines.flatMap(({ n }) => world.said.find((one) => one.n === n) ?? [])
    said.forEach((one, index) => must(!said.slice(index + 1).some((later) => later.to < one.from), "her words stand in another order than she said them", said))
  }
  for (const { staff_id: staff, content, outbox_id: outboxId, from } of rows) {
    const arrival = from === "counsellor" ? air.arrivals.find((one) => one.outboxId === outboxId) : undefined
    if (arrival === undefined) continue
    const alias = world.staff.find(({ id }) => id === staff)?.alias
    must(arrival.text === `${alias}: ${cover.open("line", content)}`, "other words arrived than were said", arrival.text)
  }
}

/** What a phone shows makes sense to whoever holds it. */
function arrivalsAreTrue(world: World, missed: ReadonlySet<string>): void {
  world.ids.forEach((id, who) => {
    const texts = air.arrivals.filter(({ conversationId }) => conversationId === id)
    let with_: string | undefined
    let wasBack = false
    for (const { text, at, outboxId } of texts) {
      must(!/undefined|^ |\{\{/.test(text), "a sentence with a hole", text)
      const joined = JOINED.exec(text)?.[0]
      if (joined !== undefined) with_ = joined
      must(missed.has(id) || !(BACK.test(text) && wasBack), "told twice that whoever wrote has gone")
      if (BACK.test(text)) wasBack = true
      const [, alias, number] = RELAYED.exec(text) ?? []
      if (alias === undefined) continue
      wasBack = false
      // A sentence that never arrived can't have introduced anybody.
      must(missed.has(id) || with_ === alias, `words of ${alias}, whom she doesn't know yet`, text)
      const written = world.done.find(({ n, does }) => n === Number(number) && does === "write")
      for (const leave of world.left.filter((one) => one.who === who)) {
        if (written === undefined || !leave.known.has(written.handoff)) continue
        must(written.from < leave.tick, "words written after she had left reached her", text)
        // Another house looks again at what has waited in its hands for a second, and at once at what has failed before.
        must(at < leave.at + 1200 && !((air.lost.get(outboxId) ?? leave.at) < leave.at && leave.at < at), "words reached her long after she had left", text)
      }
    }
    const relayed = texts.flatMap(({ text }) => RELAYED.exec(text)?.[2] ?? [])
    must(new Set(relayed).size === relayed.length, "a counsellor's words arrived twice", relayed)
  })
}

/** What she remembers of her way to a person, where the row stands there. */
const REMEMBERED: Readonly<Record<string, readonly string[]>> = {
  asked: ["asked"],
  queued: ["waiting"],
  claimed: ["waiting", "live"],
  live: ["live"],
  transferring: ["waiting", "live"],
}

/** What holds once nothing is under way: she knows how it stands, and all that was said has arrived or says why not. */
export async function holdsAtRest(world: World, isEnd = false): Promise<void> {
  await holdsNow(world)
  const { eye } = world.houses
  const { rows } = await eye.query<Row>(HANDOFFS)
  const { rows: pending } = await eye.query<{ news: number; parked: number }>(
    "select (select count(*)::int from handoff_news) as news, (select count(*)::int from parked) as parked",
  )
  must(pending[0]?.news === 0, "news that nobody tells")
  must(pending[0]?.parked === 0, "a turn threw")
  for (const id of world.ids) {
    const here = await world.houses.conversation(id)
    const row = rows.find(({ conversation_id: whose, status }) => whose === id && status !== "ended")
    const remembered = here?.memory.handoff
    const agrees = row === undefined ? remembered === undefined || remembered.status === "asked" : remembered?.id === row.id && REMEMBERED[row.status]?.includes(remembered.status)
    must(agrees === true, "what she remembers isn't how it stands:", { remembered, row, place: here?.place })
  }
  await relaysArrived(world, isEnd)
}

async function relaysArrived(world: World, isEnd: boolean): Promise<void> {
  const { rows } = await world.houses.eye.query<Line & { tries: number; conversation_id: string; may_rest: boolean }>(
    `select l.handoff_id, l.n, l.key, l.outbox_id, o.status as fate, o.code, h.conversation_id, h.rests or h.status = 'ended' as may_rest from handoff_line l join handoff h on h.id = l.handoff_id
    left join outbox o on o.id = l.outbox_id where l."from" = 'counsellor' order by l.handoff_id, l.n`,
  )
  const retried = new Set(world.done.filter(({ does }) => does === "retry").map(({ handoff }) => handoff))
  let last: { readonly handoff: string; readonly n: number } | undefined
  for (const { handoff_id: handoff, fate, code, outbox_id: outboxId, key, may_rest: mayRest } of rows) {
    const arrival = air.arrivals.find((one) => one.outboxId === outboxId)
    if (fate === "sent") must(arrival !== undefined, "told as sent, and never arrived", key ?? "")
    else if (fate === "resting") must(mayRest, "words that rest though she has written", key ?? "")
    else if (isEnd || (fate !== "waiting" && fate !== "unknown"))
      must(fate === "refused" && /^(left|stale|mishap|in-doubt)$/.test(code ?? ""), "words that nobody takes to her", { key, fate, code })
    if (arrival === undefined || retried.has(handoff)) continue
    must(last?.handoff !== handoff || last.n < arrival.n, "a counsellor's words arrived in another order", key ?? "")
    last = { handoff, n: arrival.n }
  }
}

/** Lets time pass until nothing is open any more; everybody has been told, once. */
export async function comesToAnEnd(world: World): Promise<void> {
  air.mishaps.length = 0
  for (let minute = 0; minute < 6; minute++) {
    await world.houses.settle()
    await world.houses.advance(60_000)
  }
  await world.houses.settle()
  await holdsAtRest(world)
  const from = air.arrivals.length
  const openOf = async () => (await world.houses.eye.query<Row>(HANDOFFS)).rows.filter(({ status }) => status !== "ended")
  const open = await openOf()
  for (let round = 0; (await openOf()).length > 0; round++) {
    must(round < 12, "a chat that time doesn't end", await openOf())
    await world.houses.advance(50 * 60_000)
    await world.houses.settle()
    await world.tell("50 minutes pass at the end")
    await holdsNow(world)
  }
  await holdsAtRest(world, true)
  for (const { conversation_id: id, status } of open) {
    const told = air.arrivals.slice(from).filter(({ conversationId, text }) => conversationId === id && OVER.test(text))
    must(told.length <= (status === "asked" ? 0 : 1), "told twice of one end", told)
  }
  await everybodyWasTold(world)
  const complaints = await world.houses.complaints()
  must(complaints.length === 0, "a house complained:", complaints)
}

/** Conversations with sentences that never arrived, and say so. */
async function missing(world: World): Promise<ReadonlySet<string>> {
  for (const side of [0, 1] as const) await world.houses.house(side).ask("fatesKnown")
  const { rows } = await world.houses.eye.query<{ id: string }>("select distinct conversation_id as id from outbox where status = 'refused'")
  return new Set(rows.map(({ id }) => id))
}

/** Whoever didn't leave herself knows that her chat is over, or is told it as soon as she has written, and said that this is a good moment: at once, or in another session. */
async function everybodyWasTold(world: World): Promise<void> {
  const { rows } = await world.houses.eye.query<Row>(HANDOFFS)
  const untold = await missing(world)
  const ended = rows.filter(({ id, conversation_id: whose, ended_by: by, ended_why: why }) => {
    const hasLeft = world.left.some(({ who, known }) => world.ids[who] === whose && known.has(id))
    return whose !== null && by !== "contact" && why !== "not-answered" && !untold.has(whose) && !hasLeft && !hasHeard(whose, world.lastOpen.get(id) ?? 0)
  })
  await world.houses.advance(ended.length % 2 === 0 ? 3 * 60 * 60_000 : 60_000)
  for (const who of [0, 1, 2] as const) {
    const mine = ended.filter(({ conversation_id: whose }) => whose === world.ids[who])
    if (mine.length === 0) continue
    const from = air.arrivals.length
    const places = await world.comeBack(who, () => hasHeard(world.ids[who], from))
    await world.tell(`contact ${who} comes back at the end: ${places.join(", ")}`)
    must(hasHeard(world.ids[who], from), "never told that her chat is over", { places, mine })
  }
}

const hasHeard = (whose: string | undefined, since: number) => air.arrivals.some(({ n, conversationId, text }) => n >= since && conversationId === whose && OVER.test(text))
