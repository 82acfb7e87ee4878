import type { Consents } from "../flows/report-shapes.ts"
import { codeOf, type Log } from "../log.ts"
import { inTransaction } from "../store/transaction.ts"
import { readIntake, rewriteIntake } from "../store/intake.ts"
import type { Store } from "../store/pool.ts"
import { putOnShelf, shuffleMonths, type ForShelf } from "../store/reports.ts"
import { countErased } from "../store/shelves.ts"
import { tidy } from "../store/tidy.ts"
import { shuffled } from "../store/shuffled.ts"
import type { Cover } from "../vault/cover.ts"
import { closeValue } from "./reports-covers.ts"
import { dayShelved, filled, isReal, opened, stirred, type Entry, type EntryOf } from "./reports-intake.ts"
import type { BareKeyhole, Keyhole, Proofs } from "./reports-proof.ts"
import { dayOf, firstDay, monthOf, monthsLater } from "./reports-month.ts"

/** After how long the intake is stirred although nothing came: some time between these. */
const STIR_MS = { least: 5 * 60_000, most: 15 * 60_000 } as const
/** So many rows are company enough: they aren't kept waiting for the day's hour. */
const FULL = 2000
/** Hashes of codes in one round: a second or two of one core. */
const HASHES = 16
/** Months that a report is kept after somebody added to it, at least. */
const GRACE_MONTHS = 3

/** How reports are kept, as the organisation decides. */
export type Keeping = {
  /** Months after the month of filing, 12 at most. */
  readonly months: number
  /** The hour at which what came in is put on the shelf, in this time zone. */
  readonly shelveHour: number
  readonly timeZone: string
}

/**
 * What happens to the intake by itself. It is stirred within moments of anything coming in, and now and then without, in
 * transactions of its own; once a day all that is in it goes to the shelf, in one more.
 */
export function createShelving({
  store,
  cover,
  proofs,
  log,
  now,
  keeping,
}: {
  readonly store: Store
  readonly cover: Cover
  readonly proofs: Proofs
  readonly log: Log
  readonly now: () => number
  readonly keeping: Keeping
}) {
  let restless = true
  let rows = 0
  let nextStir = 0
  const today = () => dayOf(now(), keeping.timeZone, keeping.shelveHour)

  /** Whether the intake has been stirred now. */
  async function stirDue(): Promise<boolean> {
    if (!restless && now() < nextStir) return false
    restless = false
    try {
      await stir()
      if ((await harden(HASHES)) > 0) restless = true
    } catch (cause) {
      restless = true
      throw cause
    }
    nextStir = now() + STIR_MS.least + Math.random() * (STIR_MS.most - STIR_MS.least)
    return true
  }

  async function stir(change?: (one: Entry) => Entry): Promise<void> {
    await inTransaction(store.pool, (client) =>
      rewriteIntake(client, (contents) => {
        rows = contents.length
        return stirred(cover, contents, [], today(), change)
      }),
    )
  }

  /** Computes the hashes of codes that were filed since, so many at most; tells how many are left. */
  async function harden(most: number): Promise<number> {
    const bare = opened(cover, await readIntake(store.pool)).entries.flatMap((one) => bareKeyholeOf(one) ?? [])
    if (bare.length === 0) return 0
    const hard = new Map<string, Keyhole>()
    for (const keyhole of bare.slice(0, most)) hard.set(keyhole.proof, await proofs.hardened(keyhole))
    await stir((one) => {
      const keyhole = hard.get(bareKeyholeOf(one)?.proof ?? "")
      return one.kind === "report" && keyhole !== undefined ? { ...one, keyhole } : one
    })
    return bare.length - hard.size
  }

  /** Puts everything on the shelf, if its hour has come since the last time or there is plenty; tells whether it did. */
  async function shelveDue(): Promise<boolean> {
    const last = dayShelved(opened(cover, await readIntake(store.pool)).entries)
    if (rows < FULL && (last === undefined || last >= today())) return false
    await shelve()
    return true
  }

  /** Puts everything that is in the intake on the shelf; tells how many things that were. */
  async function shelve(): Promise<number> {
    await harden(10 * HASHES)
    let entries: readonly Entry[] = []
    const withdrawn = await inTransaction(store.pool, async (client) => {
      await client.query("set local statement_timeout = '60s'")
      await rewriteIntake(client, (contents) => {
        const found = opened(cover, contents)
        // Codes without their hashes stay, and with them what belongs to their reports.
        const bare = new Set(found.entries.flatMap((one) => (one.kind === "report" && bareKeyholeOf(one) !== undefined ? [one.id] : [])))
        const stays = (one: Entry) => ("id" in one && bare.has(one.id)) || ("ref" in one && bare.has(one.ref))
        entries = found.entries.filter((one) => isReal(one) && !stays(one))
        if (found.unreadable.length > 0) log.intakeUnreadable(found.unreadable.length)
        return filled(cover, found.entries.filter(stays), found.unreadable, today())
      })
      return putOnShelf(client, forShelf(entries))
    })
    rows = 0
    if (withdrawn > 0) await countErased(store.prisma, new Date(now()), { "report.withdrawn": withdrawn })
    if (entries.length > 0) await settle(entries)
    return entries.length
  }

  /** Nothing of this can fail what has been done: the next day does it again. */
  async function settle(entries: readonly Entry[]): Promise<void> {
    const months = new Set(entries.flatMap((one) => (one.kind === "report" || one.kind === "addition" ? [firstDay(one.month)] : [])))
    try {
      await inTransaction(store.pool, async (client) => {
        await client.query("set local statement_timeout = '60s'")
        await shuffleMonths(client, [...months])
      })
      await tidy(store.pool)
    } catch (cause) {
      log.loopFailed("shelve", codeOf(cause))
    }
  }

  function forShelf(entries: readonly Entry[]): ForShelf {
    const of = <K extends Entry["kind"]>(kind: K) => shuffled(entries.filter((one): one is EntryOf<K> => one.kind === kind))
    const closed = (consents: Consents) => closeValue(cover, "consents", consents)
    return {
      reports: of("report").map((one) => ({
        id: one.id,
        month: firstDay(one.month),
        sealed: one.sealed,
        keys: one.keys,
        consents: closed(one.consents),
        keepUntil: firstDay(monthsLater(one.month, keeping.months)),
        selector: one.keyhole?.selector,
        verifier: one.keyhole !== undefined && "verifier" in one.keyhole ? one.keyhole.verifier : undefined,
      })),
      additions: of("addition").map(({ ref, n, month, sealed, keys }) => ({ ref, n, month: firstDay(month), sealed, keys })),
      grace: firstDay(monthsLater(monthOf(now()), GRACE_MONTHS)),
      consents: of("consents").map(({ ref, consents: { keep, count, publish, ...rest } }) => ({
        ref,
        consents: closed({ keep, count, publish, ...rest }),
        keep,
        count,
        publish,
      })),
      withdrawals: of("withdrawal").map(({ ref }) => ref),
      stories: of("story").map(({ ref, story, agrees }) => ({ ref, story, agrees })),
      seen: of("seen").map(({ ref, answer, story }) => ({ ref, answer, story })),
    }
  }

  return {
    today,
    stirDue,
    shelveDue,
    shelve,
    /** Something came in. */
    disturb: () => void (restless = true),
  }
}

function bareKeyholeOf(one: Entry): BareKeyhole | undefined {
  return one.kind === "report" && one.keyhole !== undefined && "proof" in one.keyhole ? one.keyhole : undefined
}
