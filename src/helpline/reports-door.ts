import type { OpenCase } from "../flows/report-shapes.ts"
import type { Heard } from "../flows/effect.ts"
import { attempt, forgive, uncount } from "../store/attempts.ts"
import { readIntake } from "../store/intake.ts"
import type { Store } from "../store/pool.ts"
import { answersOf, casesBehind, storyFor, type CaseRow } from "../store/reports.ts"
import type { Cover } from "../vault/cover.ts"
import { codeIn, type CodeInText, type TypedCode } from "./reports-code.ts"
import { NO_CONSENT, openValue } from "./reports-covers.ts"
import { opened, type Entry, type EntryOf } from "./reports-intake.ts"
import { monthsLater } from "./reports-month.ts"
import type { BareKeyhole, Keyhole, Proofs } from "./reports-proof.ts"

/** Five tries of one contact, then a wait that doubles up to an hour. */
const OWN = { free: 5, mostSeconds: 3600 } as const
/** Of everybody together: so many that failed within a day, and from then on one every ten seconds. */
const ALL = { free: 100, mostSeconds: 10 } as const
/** So many may wait for their proof; whoever comes then is asked to come later. What she writes next waits for it, too. */
const WAITING = 8

/** What a code leads to. */
export type Opened = OpenCase | "unknown" | "later"

type Candidate = { readonly keyhole: Keyhole | BareKeyhole; readonly row?: CaseRow | undefined; readonly entry?: EntryOf<"report"> | undefined }

/** The door that case codes come to, whatever else stands in the text and wherever she is. */
export function createCaseDoor({
  store,
  cover,
  proofs,
  now,
  months,
}: {
  readonly store: Store
  readonly cover: Cover
  readonly proofs: Proofs
  readonly now: () => number
  readonly months: number
}) {
  let waiting = 0

  /** Tries a code. A wrong one and one that leads nowhere take as long and say the same. */
  async function open(contact: string, code: TypedCode): Promise<Opened> {
    // No hand slips into somebody else's case: nothing is tried, and nothing counts.
    if (code.slipped) return "unknown"
    if (waiting >= WAITING) return "later"
    waiting += 1
    try {
      const own = cover.lookup("case/contact", contact)
      const all = cover.lookup("case/all", "")
      const moment = new Date(now())
      if (!(await attempt(store, own, moment, OWN)).goes) return "later"
      if (!(await attempt(store, all, moment, ALL)).goes) {
        await uncount(store, own)
        return "later"
      }
      const selector = proofs.selectorOf(code)
      const { entries } = opened(cover, await readIntake(store.pool))
      const candidates: Candidate[] = [
        ...entries.flatMap((entry) => (entry.kind === "report" && entry.keyhole?.selector === selector ? [{ keyhole: entry.keyhole, entry }] : [])),
        ...(await casesBehind(store.pool, selector)).map((row) => ({ keyhole: { selector, verifier: row.verifier }, row })),
      ]
      const found = await proofs.opens(code, candidates)
      if (found === undefined) return "unknown"
      await forgive(store, own)
      await uncount(store, all)
      return await told(found, entries)
    } finally {
      waiting -= 1
    }
  }

  /** The case as it will stand once all that waits for the shelf is on it. */
  async function told({ row, entry }: Candidate, entries: readonly Entry[]): Promise<OpenCase> {
    const ref = row?.id ?? entry?.id ?? ""
    const waits = entries.filter((one) => "ref" in one && one.ref === ref)
    const erased = row !== undefined && (row.status === "withdrawn" || row.status === "expired")
    const keptUntil = row?.keepUntil.slice(0, 7) ?? monthsLater(entry?.month ?? "", months)
    const counted = row?.counted ?? false
    if (erased || waits.some(({ kind }) => kind === "withdrawal")) {
      return { ref, state: row?.status === "expired" ? "expired" : "withdrawn", consents: NO_CONSENT, answers: [], keptUntil, counted }
    }
    const changed = waits.find((one): one is EntryOf<"consents"> => one.kind === "consents")?.consents
    const consents = changed ?? entry?.consents ?? openValue(cover, "consents", row?.consents) ?? NO_CONSENT
    const answers = row === undefined ? [] : await answersOf(store.pool, ref)
    const shown = row === undefined || !consents.publish ? undefined : await storyFor(store.pool, ref)
    const told = shown !== undefined && waits.some((one) => one.kind === "story" && one.story === shown.id)
    const text = shown === undefined || told ? undefined : openValue(cover, "story", shown.content)
    const story = shown === undefined || text === undefined ? undefined : { id: shown.id, text }
    const readable = answers.flatMap(({ id, content }) => {
      const text = openValue(cover, "answer", content)
      return text === undefined ? [] : [{ id, text }]
    })
    return { ref, state: "kept", consents, answers: readable, story, keptUntil, counted }
  }

  return {
    open,
    /** The code in what was heard, on whatever channel and beside whatever words. */
    codeIn(heard: Heard): CodeInText | undefined {
      if (heard.type === "text") return codeIn(heard.text)
      return heard.type === "media" && heard.caption !== undefined ? codeIn(heard.caption) : undefined
    },
  }
}
