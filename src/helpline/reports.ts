import { codeOf, type Log } from "../log.ts"
import { readIntake, rewriteIntake } from "../store/intake.ts"
import type { Heard } from "../flows/effect.ts"
import type { Filing, ReportFacts } from "../flows/report-shapes.ts"
import type { Client, Store } from "../store/pool.ts"
import { activeKeys } from "../store/report-keys.ts"
import type { Cover } from "../vault/cover.ts"
import type { CodingFrame } from "./coding.ts"
import { createReportDesk } from "./reports-desk.ts"
import { createCaseDoor } from "./reports-door.ts"
import { freshCode } from "./reports-code.ts"
import { sealFiling } from "./reports-file.ts"
import { opened, stirred, type Entry } from "./reports-intake.ts"
import { monthOf } from "./reports-month.ts"
import { createProofs } from "./reports-proof.ts"
import { createShelving, type Keeping } from "./reports-shelve.ts"
import type { Deed } from "../store/audit.ts"

export type Reports = ReturnType<typeof createReports>

/**
 * Everything that happens to reports in this house: how they are sealed, come in, wait, are shelved, are found again by
 * their code, and what officers do with them. Nothing in here can open one.
 */
export function createReports(parts: {
  readonly store: Store
  readonly cover: Cover
  readonly log: Log
  readonly now: () => number
  readonly keeping: Keeping
  /** The one group that reports may be shared with. */
  readonly shareWith: string | undefined
  /** What a report may be coded to. */
  readonly frame: CodingFrame
  readonly writes: (deed: Deed) => Promise<void>
}) {
  const { store, cover, log, now, keeping } = parts
  const proofs = createProofs(cover)
  const shelving = createShelving({ ...parts, proofs })
  const door = createCaseDoor({ store, cover, proofs, now, months: keeping.months })
  let taken = false

  /** Looks who can open reports now. */
  async function look() {
    const keys = await activeKeys(store.pool, new Date(now()))
    taken = keys.length > 0
    return keys
  }

  return {
    /** What the flows know of reports in a turn. */
    facts(): ReportFacts {
      let code: string | undefined
      return {
        taken,
        group: parts.shareWith,
        // Made for the few turns that ask for it, and the same all through one of them.
        get code() {
          return (code ??= taken ? freshCode() : "")
        },
      }
    },
    codeIn: (heard: Heard) => door.codeIn(heard),
    open: door.open,
    look,

    /**
     * What the intake gets of what some conversations filed, in their order; nothing for one whose filing can't be sealed, and
     * then none of it may land. Throws when the store doesn't answer.
     */
    async seal(all: readonly (readonly Filing[])[]): Promise<readonly (readonly Entry[] | undefined)[]> {
      const how = { keys: await look(), month: monthOf(now()), taxonomy: parts.frame.taxonomy.version, bare: proofs.bare }
      return Promise.all(
        all.map(async (filed) => {
          try {
            return (await Promise.all(filed.map((one) => sealFiling(one, how)))).flat()
          } catch (cause) {
            log.sealingFailed(codeOf(cause))
            return undefined
          }
        }),
      )
    },

    /**
     * Takes entries into the intake, in the transaction of the turns that filed them. The whole intake is put anew with
     * them: even at this moment nothing but the keyring tells which row is new.
     */
    async takeIn(client: Client, entries: readonly Entry[]): Promise<void> {
      await rewriteIntake(client, (contents) => stirred(cover, contents, entries, shelving.today()))
      shelving.disturb()
    },

    /** Reports on the shelf of which something waits in the intake by which they may not be counted any more. */
    async takenBack(): Promise<ReadonlySet<string>> {
      const { entries } = opened(cover, await readIntake(store.pool))
      return new Set(entries.flatMap((one) => (one.kind === "withdrawal" || (one.kind === "consents" && !one.consents.count) ? [one.ref] : [])))
    },

    stirDue: shelving.stirDue,
    shelveDue: shelving.shelveDue,
    shelve: shelving.shelve,
    desk: createReportDesk({ ...parts, look }),
    idle: () => proofs.idle(),
  }
}
