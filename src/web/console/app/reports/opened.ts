import type { Sealed, SealedReport } from "../../../../helpline/report-view.ts"
import type { Keeper } from "./keeper.ts"

/** A report as it was given, and what was added to it; with the bytes as they were sealed. */
export type Opened = {
  readonly report: Sealed
  readonly bytes: Uint8Array
  readonly additions: readonly { readonly id: string; readonly month: string; readonly words: readonly string[]; readonly bytes: Uint8Array }[]
}

/** Opens a report and all its additions with my key. `closed`: sealed to others only. `broken`: it opens, and can't be read. */
export async function openReport(keeper: Pick<Keeper, "open">, { sealed, additions }: SealedReport): Promise<Opened | "closed" | "broken"> {
  const bytes = await keeper.open(sealed)
  if (bytes === undefined) return "closed"
  const report = valueOf(bytes)
  if (!isReport(report)) return "broken"
  const opened: Opened["additions"][number][] = []
  for (const { id, month, sealed } of additions) {
    const added = await keeper.open(sealed)
    // An addition that isn't sealed to me is shown by the line's own count; the report itself can be read.
    if (added === undefined) continue
    const value = valueOf(added)
    opened.push({ id, month, bytes: added, words: wordsOf(value) })
  }
  return { report, bytes, additions: opened }
}

/** What was sealed, without the blanks that hide its length. */
function valueOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes).replace(/[\s\0]+$/, ""))
  } catch {
    return undefined
  }
}

function isReport(value: unknown): value is Sealed {
  return typeof value === "object" && value !== null && "about" in value && "acts" in value && "words" in value && "consents" in value
}

function wordsOf(value: unknown): readonly string[] {
  const words = Array.isArray(value) ? (value as unknown[]) : ((value as { readonly words?: unknown } | null | undefined)?.words ?? [])
  return Array.isArray(words) ? words.filter((one): one is string => typeof one === "string") : []
}
