import type { Outcome, Read } from "../api.ts"
import type { SealedReport } from "../../../../helpline/report-view.ts"
import type { Keeper } from "./keeper.ts"
import { openReport, type Opened } from "./opened.ts"

/** What leaves: reports as they were given, with what was added, in one file. */
export type Exported = { readonly file: Uint8Array<ArrayBuffer> | undefined; readonly done: number; readonly left: number }

type Parts = {
  readonly keeper: Pick<Keeper, "open" | "seal">
  readonly fetch: (id: string) => Promise<Read<SealedReport>>
  /** Has it written down; what isn't written down doesn't leave. */
  readonly note: (id: string) => Promise<Outcome>
  readonly write: (reports: readonly Opened[]) => string
}

/** How it is written inside: to be read, or for a program. */
export type Form = "txt" | "json"

/** Opens reports and seals them to somebody from outside, as one age file of a text. Only those that were agreed to be shared. */
export async function exportTo(recipient: string, ids: readonly string[], { keeper, fetch, note, write }: Parts): Promise<Exported> {
  const reports: Opened[] = []
  for (const id of ids) {
    const answer = await fetch(id)
    const opened = answer.ok && answer.value.line.consents.share ? await openReport(keeper, answer.value) : "closed"
    if (typeof opened === "string") continue
    if (!(await note(id)).ok) continue
    reports.push(opened)
  }
  const bytes = new TextEncoder().encode(write(reports))
  const file = reports.length === 0 ? undefined : bytesOfText(await keeper.seal(bytes, [recipient]))
  return { file, done: reports.length, left: ids.length - reports.length }
}

const bytesOfText = (text: string) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))

/** A name that any file system takes; it says what is inside once it is opened. */
export function fileNameFor(name: string, count: number, month: string, form: Form): string {
  const plain = name
    .normalize("NFKC")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase()
  return `${count === 1 ? "report" : `${count}-reports`}-${month}${plain === "" ? "" : `-for-${plain}`}.${form}.age`
}
