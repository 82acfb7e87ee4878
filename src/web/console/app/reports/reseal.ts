import type { Inbox, InboxLine, SealedReport } from "../../../../helpline/report-view.ts"
import type { Outcome, Read } from "../api.ts"
import type { Keeper } from "./keeper.ts"
import { openReport } from "./opened.ts"
import type { Resealed } from "./reports-api.ts"

type Parts = {
  readonly keeper: Pick<Keeper, "open" | "seal">
  readonly inbox: (after: string | undefined) => Promise<Read<Inbox>>
  readonly fetch: (id: string) => Promise<Read<SealedReport>>
  readonly send: (id: string, resealed: Resealed) => Promise<Outcome>
  readonly signal: AbortSignal
  readonly told: (done: number, total: number) => void
}

/** How far it came. `left`: couldn't be opened, or somebody was quicker. */
export type Progress = { readonly done: number; readonly left: number; readonly stopped: boolean }

/**
 * Seals every report that can be opened here anew, to all of these recipients. Each report is whole at every moment, so it
 * may be stopped anywhere; begun again it takes only those that are still behind.
 */
export async function resealAll(recipients: readonly string[], parts: Parts): Promise<Progress> {
  const { signal, told } = parts
  const behind = await allBehind(parts)
  let done = 0
  let left = 0
  for (const { id } of behind) {
    if (signal.aborted) break
    told(done + left, behind.length)
    if (await resealOne(id, recipients, parts)) done++
    else left++
  }
  return { done, left, stopped: signal.aborted && done + left < behind.length }
}

/** Those of others, too: a retired key may open what a new one doesn't. */
async function allBehind({ inbox, signal }: Parts): Promise<readonly InboxLine[]> {
  const lines: InboxLine[] = []
  let after: string | undefined
  do {
    const page = await inbox(after)
    if (!page.ok) break
    lines.push(...page.value.lines.filter(({ status, behind }) => behind !== false && (status === "new" || status === "coded")))
    after = page.value.next
  } while (after !== undefined && !signal.aborted)
  return lines
}

async function resealOne(id: string, recipients: readonly string[], { keeper, fetch, send }: Parts): Promise<boolean> {
  const answer = await fetch(id)
  if (!answer.ok) return false
  const opened = await openReport(keeper, answer.value)
  // An addition that can't be opened here would be lost to the others.
  if (typeof opened === "string" || opened.additions.length < answer.value.additions.length) return false
  const additions: { readonly id: string; readonly sealed: string }[] = []
  for (const addition of opened.additions) additions.push({ id: addition.id, sealed: await keeper.seal(addition.bytes, recipients) })
  // The same bytes, blanks and all: a report's length stays hidden.
  const { ok } = await send(id, { seal: answer.value.seal, sealed: await keeper.seal(opened.bytes, recipients), additions })
  return ok
}
