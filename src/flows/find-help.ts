import { countryOf, entriesFor, needsIn, NOWHERE, type Directory, type Need } from "./directory.ts"
import type { Effect, Option } from "./effect.ts"
import type { FlowEvent, Memory } from "./memory.ts"
import { paged } from "./paged.ts"
import { ask, at, chose, chosenAfter, effect, remember, say, type Part } from "./part.ts"

/** Two entries at a time: each is a message of its own, and on a phone three fill the screen. */
const ENTRIES_A_PAGE = 2

/** Country, then province where there is one, then what is needed, then numbers. */
export function findHelp(directory: Directory): Part {
  const country = ({ country }: Memory) => ({ country: { key: `place.${country}` as const } })
  const isListed = ({ country }: Memory) => countryOf(directory, country) !== undefined
  const provincesOf = (memory: Memory) => countryOf(directory, memory.country)?.provinces ?? []
  const found = (memory: Memory) => (memory.need === undefined ? [] : entriesFor(directory, memory.country, memory.province, memory.need, memory.now))
  const shown = (memory: Memory) => found(memory).slice(memory.page * ENTRIES_A_PAGE, (memory.page + 1) * ENTRIES_A_PAGE)
  const hasMore = (memory: Memory) => found(memory).length > (memory.page + 1) * ENTRIES_A_PAGE
  const after = (memory: Memory): readonly Option[] => [
    ...(hasMore(memory) ? [{ id: "more", label: "choice.more" as const }] : []),
    { id: "other-need", label: "choice.other-need" },
    { id: "menu", label: "choice.menu" },
  ]
  const line = (index: number) =>
    effect((memory) => {
      const entry = shown(memory)[index]
      const options = index === Math.max(0, shown(memory).length - 1) ? after(memory) : undefined
      if (entry === undefined) return { type: "say", key: "find-help.none", ...(options && { options }) } satisfies Effect
      return { type: "list", entry: entry.id, ...(options && { options }) } satisfies Effect
    })
  const count =
    (n: number) =>
    ({ context }: { context: Memory }) =>
      shown(context).length >= n
  const to = (id: string, place: string, change: (memory: Memory) => Partial<Memory>, when: (memory: Memory) => boolean = () => true) => ({
    guard: ({ context, event }: { context: Memory; event: FlowEvent }) => chose(event, id) && when(context),
    target: at(place),
    reenter: true,
    actions: remember(change),
  })

  const here = ask(
    "find-help.here",
    { key: "find-help.here", values: country },
    {
      yes: { label: "choice.yes", to: "find-help.where", remember: () => ({ province: undefined }) },
      "other-country": { label: "choice.other-country", means: "no", to: "find-help.country", remember: () => ({ page: 0 }) },
    },
  )
  const countries = paged("find-help.country", {
    key: () => "find-help.country",
    items: () => directory.countries.map(({ code }) => ({ id: `country:${code}`, label: `place.${code}` })),
    prefix: "country:",
    to: "find-help.where",
    remember: (code) => ({ country: code, province: undefined }),
    also: { "not-listed": { label: "choice.not-listed", to: "find-help.what" }, menu: { label: "choice.menu", to: "menu.main" } },
  })
  const unlisted = (event: FlowEvent) => {
    const code = chose(event, "not-listed") ? NOWHERE : chosenAfter(event, "country:")
    return code === undefined || countryOf(directory, code) !== undefined ? undefined : code
  }

  return {
    initial: "here",
    states: {
      // A country that isn't listed is never asked about.
      here: {
        ...here,
        entry: (here.entry as ReturnType<typeof effect>[]).map((action) => effectIf(({ context }) => isListed(context), action)),
        always: { guard: ({ context }: { context: Memory }) => !isListed(context), target: at("find-help.country"), actions: remember(() => ({ page: 0 })) },
      },
      country: {
        ...countries,
        on: {
          ...countries.on,
          choose: [
            {
              guard: ({ event }: { event: FlowEvent }) => unlisted(event) !== undefined,
              target: at("find-help.what"),
              actions: [remember((_, event) => ({ country: unlisted(event) ?? NOWHERE, province: undefined, page: 0 })), say("find-help.elsewhere")],
            },
            ...(countries.on as { choose: readonly unknown[] }).choose,
          ],
        },
      },
      // A province that she has named, or none on purpose, isn't asked for again.
      where: {
        always: [
          { guard: ({ context }: { context: Memory }) => !isListed(context), target: at("find-help.country"), actions: remember(() => ({ page: 0 })) },
          { guard: ({ context }: { context: Memory }) => context.province === undefined && provincesOf(context).length > 0, target: at("find-help.province") },
          { target: at("find-help.what") },
        ],
      },
      province: paged("find-help.province", {
        key: () => "find-help.province",
        values: country,
        items: (memory) => [
          ...provincesOf(memory).map(({ code }) => ({ id: `province:${code}`, label: `place.${memory.country}-${code}` as const })),
          { id: "province:", label: "choice.whole-country" as const },
        ],
        prefix: "province:",
        to: "find-help.what",
        remember: (province) => ({ province }),
        also: {},
      }),
      // A need that is known from where she came is not asked again.
      what: {
        always: [{ guard: ({ context }: { context: Memory }) => context.need !== undefined, target: at("find-help.entries") }, { target: at("find-help.need") }],
      },
      need: paged("find-help.need", {
        key: () => "find-help.need",
        items: (memory) => needsIn(directory, memory.country, memory.province, memory.now).map((need) => ({ id: `need:${need}`, label: `need.${need}` as const })),
        prefix: "need:",
        to: "find-help.entries",
        remember: (need) => ({ need: need as Need }),
        also: { menu: { label: "choice.menu", to: "menu.main" } },
      }),
      entries: {
        entry: [line(0), effectIf(count(2), line(1))],
        on: {
          again: { target: at("find-help.entries"), reenter: true },
          choose: [
            to("more", "find-help.entries", ({ page }) => ({ page: page + 1 }), hasMore),
            to("other-need", "find-help.need", () => ({ page: 0, need: undefined })),
            to("menu", "menu.main", () => ({ page: 0, need: undefined })),
          ],
        },
      },
    },
  } as Part
}

// A second line only where there is a second entry; XState has no conditional action, and an empty effect would be a lie.
function effectIf(when: (args: { context: Memory }) => boolean, action: ReturnType<typeof effect>) {
  return { ...action, params: (args: { context: Memory }) => (when(args) ? action.params(args) : undefined) }
}
