import type { CampaignCounts } from "../store/campaign-figures.ts"
import type { Announced } from "./campaign-events.ts"

/** What became of a day's actions, what people did with them, and who left. `name` is a day, a channel or a language. */
export type FigureRow = {
  readonly name: string
  readonly delivered: number
  /** Left for the provider, which has said no more. */
  readonly sent: number
  /** Not yet on its way, or in the outbox. */
  readonly due: number
  /** Due while somebody was talking to a person, or in the middle of something. */
  readonly held: number
  readonly refused: number
  readonly skipped: number
  readonly done: number
  readonly left: number
  readonly given: number
}

/** What can be told of a campaign without telling of anybody. */
export type CampaignFigures = {
  /** Who takes part; who did and left; whose rows are erased already. */
  readonly people: { readonly now: number; readonly left: number; readonly erased: number }
  readonly byDay: readonly FigureRow[]
  readonly byChannel: readonly FigureRow[]
  readonly byLanguage: readonly FigureRow[]
  readonly skippedFor: readonly { readonly why: string; readonly count: number }[]
  readonly given: readonly { readonly kind: string; readonly shown: number; readonly waiting: number; readonly declined: number }[]
  /** Events that are still to come, and how many say they come, as everybody may know it: in fives, and nothing below five. */
  readonly events: readonly { readonly id: string; readonly title: string; readonly date: string; readonly count?: number | undefined }[]
}

type What = Exclude<keyof FigureRow, "name">
type Told = { readonly day: number; readonly channel?: string; readonly language: string; readonly what: What; readonly count: number }

const OF_STATUS: Readonly<Record<string, What>> = { queued: "due", due: "due", held: "held", sent: "sent", delivered: "delivered", refused: "refused", skipped: "skipped" }

/** Adds up what was counted, of everybody by day, by channel and by language: never two of these at once, so that no cell is one person. Pure. */
export function figuresOf({ ledger, people, kept, given }: CampaignCounts, days: number, announced: readonly Announced[] = []): CampaignFigures {
  const told: readonly Told[] = [
    ...ledger.flatMap(({ status, did, ...one }) => [toldOf(one, status), ...(did === "done" ? [{ ...one, what: "done" as const }] : [])]),
    ...people.filter(({ left }) => left).map((one): Told => ({ ...one, what: "left" })),
    ...kept.map(({ what, ...one }): Told => (what === "done" || what === "left" ? { ...one, what } : toldOf(one, what.split(":")[0] ?? ""))),
    ...given.map(({ day, language, count }): Told => ({ day, language, count, what: "given" })),
  ]
  const erased = kept.filter(({ day, what }) => day === 1 && what !== "done" && what !== "left").reduce(sum, 0)
  const skipped = [
    ...ledger.flatMap(({ status, why, count }) => (status === "skipped" ? [{ why: why ?? "", count }] : [])),
    ...kept.flatMap(({ what, count }) => (what.startsWith("skipped:") ? [{ why: what.slice("skipped:".length), count }] : [])),
  ]
  return {
    people: { now: people.filter(({ left }) => !left).reduce(sum, 0), left: told.filter(({ what }) => what === "left").reduce(sum, 0), erased },
    byDay: Array.from({ length: days }, (_, index) => rowOf(String(index + 1), told, ({ day }) => day === index + 1)),
    byChannel: named(told, ({ channel }) => channel),
    byLanguage: named(told, ({ language }) => language),
    skippedFor: [...Map.groupBy(skipped, ({ why }) => why)].map(([why, rows]) => ({ why, count: rows.reduce(sum, 0) })).toSorted((a, b) => b.count - a.count),
    given: [...Map.groupBy(given, ({ kind }) => kind)]
      .map(([kind, rows]) => {
        const of = (...statuses: readonly string[]) => rows.filter(({ status }) => statuses.includes(status)).reduce(sum, 0)
        return { kind, shown: of("published"), waiting: of("fetching", "waiting", "seconded", "changed"), declined: of("declined") }
      })
      .toSorted((a, b) => b.shown - a.shown),
    events: announced.map(({ event: { id, date, languages, texts }, count }) => ({
      id,
      title: (languages[0] && texts[languages[0]]?.title) ?? id,
      date,
      ...(count !== undefined && { count }),
    })),
  }
}

const sum = (all: number, { count }: { readonly count: number }) => all + count

function toldOf(one: Omit<Told, "what">, status: string): Told {
  return { ...one, what: OF_STATUS[status] ?? "due" }
}

function named(told: readonly Told[], nameOf: (one: Told) => string | undefined): readonly FigureRow[] {
  const names = [...new Set(told.flatMap((one) => nameOf(one) ?? []))].sort()
  return names.map((name) => rowOf(name, told, (one) => nameOf(one) === name))
}

function rowOf(name: string, told: readonly Told[], which: (one: Told) => boolean): FigureRow {
  const of = told.filter(which)
  const all = (what: What) => of.filter((one) => one.what === what).reduce(sum, 0)
  return {
    name,
    delivered: all("delivered"),
    sent: all("sent"),
    due: all("due"),
    held: all("held"),
    refused: all("refused"),
    skipped: all("skipped"),
    done: all("done"),
    left: all("left"),
    given: all("given"),
  }
}
