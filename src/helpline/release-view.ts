import { NOT_SAID, type Consents } from "../flows/report-shapes.ts"
import type { Deed } from "../store/audit.ts"
import { cutRelease, lookAtReleases, publicReleases, publicStories, type Shelf } from "../store/releases.ts"
import type { Store } from "../store/pool.ts"
import type { Cover } from "../vault/cover.ts"
import { endOf, dueQuarter, mayCut, quarterOf, cuttableFrom, type NotNow } from "./release-quarter.ts"
import { readTables } from "./release-read.ts"
import type { Countable, CountedAreas, CountedOptions, Quarter, Release, ReleaseTables, Tallies } from "./release-shapes.ts"
import { cut } from "./release.ts"
import type { Coding } from "./report-view.ts"

/** A release that was cut, as everybody may see it. */
export type PublicRelease = { readonly cutOn: string; readonly tables: ReleaseTables }

/** A story as everybody may read it. */
export type PublicStory = { readonly language: string; readonly province: string; readonly when: string; readonly text: string }

/** What a release would show, or did; nothing that stays hidden is in it. */
export type Preview = {
  readonly quarter: Quarter
  readonly tables: ReleaseTables
  readonly notNow?: NotNow | undefined
  /** Reports filed up to the quarter's end that nobody has coded: they'd count in a later release, where that was agreed to. */
  readonly uncoded: number
}

/** `busy`: another process is cutting one. */
export type Made = { readonly made: true; readonly tables: ReleaseTables } | { readonly made: false; readonly quarter: Quarter; readonly notNow: NotNow | { readonly why: "busy" } }

/** Makes releases, and shows what is public of them. */
export type Releases = ReturnType<typeof createReleases>

/** A sentence that says why a quarter isn't cut. */
export function notNowSentence(quarter: Quarter, notNow: NotNow | { readonly why: "busy" }): string {
  switch (notNow.why) {
    case "too-early":
      return `${quarter} can be cut from ${notNow.from} on: thirty days after its end.`
    case "cut-already":
      return `${quarter} is cut already, and stays as it is.`
    case "another-first":
      return `${notNow.next} is the next one to be cut; releases come in order and without a gap.`
    case "busy":
      return "Another process is cutting a release just now."
    default:
      return notNow satisfies never
  }
}

/**
 * @param takenBack reports that wait in the intake with a word that they don't count any more
 */
export function createReleases(parts: {
  readonly store: Store
  readonly cover: Cover
  readonly areas: CountedAreas
  readonly taxonomy: { readonly version: number; readonly options: CountedOptions }
  readonly now: () => number
  readonly writes: (deed: Deed) => Promise<void>
  readonly takenBack: () => Promise<ReadonlySet<string>>
}) {
  const { store, cover, areas, taxonomy } = parts
  const today = () => new Date(parts.now()).toISOString().slice(0, 10)
  const lot = (name: string) => Number.parseInt(cover.lookup("release", name).slice(0, 8), 16) / 2 ** 32

  /** The release of a quarter as the shelf stands, without what was taken back and waits in the intake; and the reports that are in it. */
  async function cutFrom(shelf: Shelf, gone: ReadonlySet<string>, quarter: Quarter): Promise<{ readonly release: Release; readonly counted: readonly string[] }> {
    const reports: (Countable & { readonly id: string })[] = []
    await shelf.coded(endOf(quarter), ({ id, month, consents, coding }) => {
      if (gone.has(id) || !(JSON.parse(cover.open("consents", consents)) as Consents).count) return
      reports.push({ id, month, coding: JSON.parse(cover.open("coding", coding)) as Coding })
    })
    const earlier = shelf.earlier.map(({ tables, tallies }) => ({ tables: readTables(tables), tallies: JSON.parse(cover.open("tallies", tallies)) as Tallies }))
    const release = cut({ reports, earlier, quarter, areas, options: taxonomy.options, taxonomy: taxonomy.version, lot })
    return { release, counted: release.tables.counted === 0 ? [] : reports.map(({ id }) => id) }
  }

  const quartersOf = ({ earlier }: Shelf) => earlier.map(({ tables }) => readTables(tables).quarter)
  const dueOf = (shelf: Shelf, asked: Quarter | undefined) => asked ?? dueQuarter(quartersOf(shelf), shelf.oldest, today())

  return {
    /** The quarter whose turn it is, and the first day on which it may be cut. */
    next: (): Promise<{ readonly quarter: Quarter; readonly from: string }> =>
      lookAtReleases(store, nothing, async (shelf) => {
        const quarter = dueOf(shelf, undefined)
        return { quarter, from: cuttableFrom(quarter) }
      }),

    /** What a release would show if it were cut now; also of a quarter that can't be cut yet, once it has begun. Changes nothing. */
    preview: (asked: Quarter | undefined): Promise<Preview> =>
      lookAtReleases(store, parts.takenBack, async (shelf, gone) => {
        const quarter = dueOf(shelf, asked)
        const notNow = mayCut(quarter, quartersOf(shelf), today())
        const cutBefore = shelf.earlier.find(({ id }) => id === quarter)
        if (cutBefore !== undefined) return { quarter, tables: readTables(cutBefore.tables), notNow, uncoded: 0 }
        // What isn't its turn would be shown with reports that another release takes first.
        const shown = notNow?.why === "another-first" ? notNow.next : quarter
        return {
          quarter: shown,
          tables: (await cutFrom(shelf, gone, shown)).release.tables,
          notNow: notNow ?? mayCut(shown, quartersOf(shelf), today()),
          uncoded: await shelf.uncoded(endOf(shown)),
        }
      }),

    /** Cuts a release; `staff` is nobody when it is the operator. Cut twice, or by two at once, it is cut once. */
    async make(staff: string | undefined, asked: Quarter | undefined): Promise<Made> {
      let quarter = asked ?? quarterOf(today())
      let tables: ReleaseTables | undefined
      const done = await cutRelease<ReadonlySet<string>, NotNow>(store, parts.takenBack, async (shelf, gone) => {
        quarter = dueOf(shelf, asked)
        const notNow = mayCut(quarter, quartersOf(shelf), today())
        if (notNow !== undefined) return { refused: notNow }
        const { release, counted } = await cutFrom(shelf, gone, quarter)
        tables = release.tables
        return { release: { id: quarter, cutOn: today(), tables, tallies: cover.close("tallies", JSON.stringify(release.tallies)) }, counted }
      })
      if (done === "busy" || tables === undefined) return { made: false, quarter, notNow: typeof done === "object" ? done.refused : { why: "busy" } }
      if (done !== "cut") return { made: false, quarter, notNow: done.refused }
      await parts.writes({ staffId: staff, what: "release-cut", reason: quarter })
      return { made: true, tables }
    },

    /** Every release, oldest first. */
    published: async (): Promise<readonly PublicRelease[]> => (await publicReleases(store)).map(({ cutOn, tables }) => ({ cutOn, tables: readTables(tables) })),

    /** Stories that are published. A province is named only where its number of that year is public, too; else no place is. */
    async stories(): Promise<readonly PublicStory[]> {
      const shown = new Set((await publicReleases(store)).flatMap(({ tables }) => readTables(tables).tables.flatMap(provincesShown)))
      return (await publicStories(store)).map((story) => (shown.has(`${story.when.slice(0, 4)}/${story.province}`) ? story : { ...story, province: NOT_SAID }))
    },
  }
}

const nothing = async () => undefined

function provincesShown({ id, period, rows }: ReleaseTables["tables"][number]): readonly string[] {
  if (id !== "province-quarter" && id !== "province-year") return []
  return rows.flatMap((row) => (row.count === null ? [] : [`${period.slice(0, 4)}/${row.id}`]))
}
