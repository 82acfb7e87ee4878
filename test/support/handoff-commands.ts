import fc from "fast-check"
import { air } from "./air.ts"
import { holdsAtRest, holdsNow } from "./handoff-rules.ts"
import type { Act, Who, World } from "./handoff-world.ts"
import type { Side } from "./two-houses.ts"

type Command = fc.AsyncCommand<object, World>

/** A step of a run: after each, all that must hold holds. */
function command(name: string, run: (world: World) => Promise<void>, then: (world: World) => Promise<void> = holdsNow): Command {
  return {
    check: () => true,
    async run(_, world) {
      await run(world)
      await world.tell(name)
      await then(world)
    },
    toString: () => name,
  }
}

const who = fc.constantFrom<Who>(0, 1, 2)
const side = fc.constantFrom<Side>(0, 1)
const PLAIN = ["hi", "yes", "no", "skip", "talk to a person", "how long?", "MENU", "0", "1", "2", "3", "STOP", "START", "bye"] as const
const heard = fc.oneof(
  { weight: 8, arbitrary: fc.constant("words" as const) },
  { weight: 8, arbitrary: fc.constantFrom(...PLAIN) },
  { weight: 2, arbitrary: fc.constantFrom("EXIT", "FORGET") },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      { type: "media" } as const,
      { type: "begin" } as const,
      { type: "blocked" } as const,
      { type: "choice", id: "person.over/yes" } as const,
      { type: "choice", id: "person.waiting/stop-waiting" } as const,
      { type: "choice", id: "person.waiting/tips" } as const,
    ),
  },
)
const byContact = fc.record({ by: fc.constant("contact" as const), who, side, heard })
const does = fc.oneof(
  { weight: 5, arbitrary: fc.constant("claim" as const) },
  { weight: 6, arbitrary: fc.constant("write" as const) },
  { weight: 5, arbitrary: fc.constantFrom("release", "accept", "takeOver", "end", "write again") },
  { weight: 2, arbitrary: fc.constantFrom("refuse", "retry", "block") },
)
const byStaff = fc.oneof(
  { weight: 4, arbitrary: fc.record({ by: fc.constant("staff" as const), who, side, does, about: who }) },
  {
    weight: 1,
    arbitrary: fc.record({
      by: fc.constant("staff" as const),
      who,
      side,
      does: fc.constant("transfer" as const),
      about: who,
      to: fc.oneof(who, fc.constantFrom("queue", "supervisor")),
    }),
  },
)
const act: fc.Arbitrary<Act> = fc.oneof(byContact, byStaff)
/** Acts that meet: about the same contact, most of them. */
const race = fc
  .tuple(who, fc.array(act, { minLength: 2, maxLength: 3 }))
  .map(([one, acts]) => acts.map((each) => (each.by === "contact" ? { ...each, who: one } : { ...each, about: one })))
const twice = byStaff.map((each): readonly Act[] => [
  { ...each, side: 0 },
  { ...each, side: 1 },
])

/** Who somebody is to a chat; found out when it is done. */
type Role = "owner" | "offered" | "supervisor" | Who
const deed = fc.constantFrom("write", "write", "release", "offer", "end", "block", "retry", "write again")
const byRole = fc.oneof(
  { weight: 6, arbitrary: fc.record({ role: fc.constant<Role>("owner"), does: deed, to: who, side }) },
  { weight: 3, arbitrary: fc.record({ role: fc.constant<Role>("offered"), does: fc.constantFrom("accept", "accept", "refuse"), to: who, side }) },
  { weight: 2, arbitrary: fc.record({ role: fc.constant<Role>("supervisor"), does: fc.constantFrom("takeOver", "end"), to: who, side }) },
  { weight: 1, arbitrary: fc.record({ role: who, does: fc.constant("claim"), to: who, side }) },
)
type ByRole = { readonly role: Role; readonly does: string; readonly to: Who; readonly side: Side }
const SUPERVISOR: Who = 2
const EVERYBODY: readonly Who[] = [0, 1, 2]
const other = (one: Side): Side => (one === 0 ? 1 : 0)

async function cast(world: World, about: Who, { role, does: what, to, side: through }: ByRole): Promise<readonly Act[]> {
  const one = role === "owner" ? await world.lastOwnerOf(about) : role === "offered" ? await world.offeredTo(about) : role === "supervisor" ? SUPERVISOR : role
  if (one === undefined) return []
  return [{ by: "staff", who: one, side: through, about, ...(what === "offer" ? { does: "transfer", to } : { does: what }) } as Act]
}
const toldOf = ({ role, does: what, to, side: through }: ByRole) => `${role}: ${what}${what === "offer" ? ` to ${to}` : ""} (${through})`
/** Several who have to do with one chat, and she. */
const meeting = fc.record({
  about: who,
  acts: fc.array(byRole, { minLength: 1, maxLength: 3 }),
  hers: fc.array(fc.record({ side, heard: fc.constantFrom("words", "words", "EXIT", "MENU", "0") }), { maxLength: 2 }),
})

type Hers = { readonly side: Side; readonly heard: string }
async function meet(world: World, about: Who, acts: readonly ByRole[], hers: readonly Hers[]): Promise<void> {
  const all = (await Promise.all(acts.map((one) => cast(world, about, one)))).flat()
  const own = hers.map(({ side: through, heard: what }): Act => ({ by: "contact", who: about, side: through, heard: what }))
  await Promise.all([...all, ...own].map((one) => world.perform(one)))
}

const told = (one: Act) =>
  one.by === "contact"
    ? `contact ${one.who}: ${typeof one.heard === "string" ? one.heard : JSON.stringify(one.heard)} (${one.side})`
    : `staff ${one.who}: ${one.does}${one.does === "transfer" ? ` to ${one.to}` : ""} chat of ${one.about} (${one.side})`
/** Acts through one or both houses, none waiting for another. */
const together = (acts: readonly Act[]) => command(`at once { ${acts.map(told).join("; ")} }`, async (world) => void (await Promise.all(acts.map((one) => world.perform(one)))))
const staffOf = (world: World, one: Who) => world.staff[one]?.id ?? ""

/** One counsellor takes it and says something, as far as she may. */
async function answer(world: World, one: Who, about: Who, through: Side): Promise<void> {
  await world.perform({ by: "staff", who: one, side: through, does: "claim", about })
  await world.perform({ by: "staff", who: one, side: through, does: "write", about })
}

/** All that can happen in a run. */
export const steps: readonly fc.Arbitrary<Command>[] = [
  act.map((one) => command(told(one), (world) => world.performAlone(one))),
  act.map((one) => command(told(one), (world) => world.performAlone(one))),
  fc.tuple(who, byRole).map(([about, one]) =>
    command(`chat of ${about}, ${toldOf(one)}`, async (world) => {
      for (const each of await cast(world, about, one)) await world.performAlone(each)
    }),
  ),
  meeting.map(({ about, acts, hers }) =>
    command(`chat of ${about}, at once { ${[...acts.map(toldOf), ...hers.map(({ side: through, heard: what }) => `she: ${what} (${through})`)].join("; ")} }`, async (world) => {
      await meet(world, about, acts, hers)
    }),
  ),
  fc.tuple(meeting, who, side, fc.boolean()).map(([{ about, acts, hers }, to, through, accepts]) =>
    command(
      `chat of ${about} is offered to ${to} (${through}), then at once { ${accepts ? "offered: accept; " : ""}${[...acts.map(toldOf), ...hers.map(({ heard: what }) => `she: ${what}`)].join("; ")} }`,
      async (world) => {
        for (const each of await cast(world, about, { role: "owner", does: "offer", to, side: through })) await world.perform(each)
        const roles = accepts ? [{ role: "offered" as const, does: "accept", to, side: through }, ...acts] : acts
        await meet(world, about, roles, hers)
      },
    ),
  ),
  // One counsellor, all chats, both houses: her cap must hold.
  fc.tuple(who, side).map(([one, first]) =>
    command(`all get in line, and staff ${one} claims all at once`, async (world) => {
      for (const about of EVERYBODY) await world.bring(about, first)
      await Promise.all(EVERYBODY.map((about) => world.perform({ by: "staff", who: one, side: about % 2 === 0 ? first : other(first), does: "claim", about })))
    }),
  ),
  fc.tuple(who, side).map(([about, through]) =>
    command(`chat of ${about} ends (${through}), and she writes before she has heard of it`, async (world) => {
      await meet(world, about, [{ role: "owner", does: "end", to: about, side: through }], [])
      await world.say(about, other(through), "words")
    }),
  ),
  fc.tuple(who, side, fc.constantFrom("retry", "unknown"), fc.constantFrom("EXIT", "STOP")).map(([about, through, status, word]) =>
    command(`words to ${about} come to nothing (${status}), and she leaves: ${word} (${through})`, async (world) => {
      const owner = await world.lastOwnerOf(about)
      if (owner === undefined) return
      await world.houses.settle()
      air.mishaps.push({ status, code: "mishap" })
      await world.perform({ by: "staff", who: owner, side: through, does: "write", about })
      await world.houses.house(through).ask("sent")
      await world.say(about, other(through), word)
    }),
  ),
  race.map(together),
  twice.map(together),
  fc.tuple(who, side).map(([one, through]) => command(`contact ${one} gets in line (${through})`, (world) => world.bring(one, through))),
  fc.tuple(who, who, side).map(([one, about, through]) =>
    command(`staff ${one} answers ${about}, who got in line (${through})`, async (world) => {
      await world.bring(about, through)
      await answer(world, one, about, through)
    }),
  ),
  fc.tuple(who, side, fc.constantFrom("available", "break", "away"), fc.boolean()).map(([one, through, presence, stays]) =>
    command(`staff ${one} is ${presence}${stays ? " for long" : ""} (${through})`, async (world) => {
      const { desk } = world.houses.house(through)
      await desk.presence(staffOf(world, one), presence)
      if (stays) await desk.seen(staffOf(world, one), 600 * 60_000)
    }),
  ),
  fc.constantFrom(1, 2.1, 10.1, 21, 31, 46, 61).map((minutes) => command(`${minutes} minutes pass`, (world) => world.houses.advance(minutes * 60_000))),
  fc.constantFrom(2.1, 10.1, 46).map((minutes) =>
    command(
      `${minutes} minutes pass, and the houses see to it`,
      async (world) => {
        await world.houses.settle()
        await world.houses.advance(minutes * 60_000)
        await world.houses.settle()
      },
      holdsAtRest,
    ),
  ),
  // A process takes a second to come up again.
  fc
    .tuple(side, fc.integer({ max: 3, min: 0 }))
    .map(([one, luck]) =>
      luck === 0
        ? command(`house ${one} is killed`, (world) => world.houses.kill(one))
        : command(`house ${one} settles`, async (world) => void (await world.houses.settleOne(one))),
    ),
  fc.constant(command("both settle", (world) => world.houses.settle(), holdsAtRest)),
  fc.constantFrom("retry", "refused", "unknown").map((status) => command(`a send comes to nothing: ${status}`, async () => void air.mishaps.push({ status, code: "mishap" }))),
]
