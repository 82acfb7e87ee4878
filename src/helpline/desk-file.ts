import { z } from "zod"
import { opening, parsedFile, problemOf } from "./content-file.ts"
import type { Hours } from "./hours.ts"

/** `content/desk.yaml`: when people answer, how long each step may take, how counsellors are spared, and what is kept how long. */
export type DeskFile = {
  readonly timeZone: string
  readonly hours: Hours
  /** How long each step of a handoff may take. */
  readonly minutes: Readonly<Record<"consent" | "queue" | "answer" | "offer" | "silence" | "close", number>>
  readonly care: { readonly hardInARow: number; readonly coolMinutes: number }
  readonly retention: { readonly transcriptDays: number; readonly caseMonths: number }
}

/** What holds where the file says nothing that can be used: nobody claims to know when somebody is there. */
export const SAFE_DESK: DeskFile = {
  timeZone: "UTC",
  hours: "unknown",
  minutes: { consent: 30, queue: 45, answer: 2, offer: 2, silence: 10, close: 10 },
  care: { hardInARow: 3, coolMinutes: 20 },
  retention: { transcriptDays: 7, caseMonths: 12 },
}

/**
 * Reads `content/desk.yaml`. Never throws: whoever asks for a person must get an honest answer even when this file is
 * broken. Each key that can't be used is named and falls back to `SAFE_DESK`; the others hold, so that a slip in the hours
 * doesn't lengthen what an organisation has shortened. Hours without a time zone are unknown.
 */
export function readDesk(folder: string): { readonly desk: DeskFile; readonly problems: readonly string[] } {
  const read = parsedFile(folder, "desk.yaml")
  if ("problem" in read) return { desk: SAFE_DESK, problems: [read.problem] }
  const parsed = deskFile.safeParse(read.value)
  if (parsed.success) return { desk: parsed.data, problems: [] }
  const { issues } = parsed.error
  // A key that nobody reads does no harm to the others.
  const wrong = issues.filter(({ code }) => code !== "unrecognized_keys").map(({ path }) => path)
  return { desk: salvaged(read.value as DeskFile, wrong), problems: issues.map((issue) => problemOf("desk.yaml", issue)) }
}

/** What in a desk doesn't go together with how long a session lasts; somebody who waits must not be taken for somebody new. */
export function checkDesk({ minutes }: DeskFile, sessionMinutes: number): readonly string[] {
  return (["consent", "queue"] as const)
    .filter((step) => minutes[step] >= sessionMinutes)
    .map((step) => `content/desk.yaml: minutes.${step}: ${minutes[step]} should be less than the sessionMinutes of helpline.yaml, ${sessionMinutes}`)
}

const minutes = z
  .number()
  .positive()
  .max(24 * 60)

const deskFile = z.strictObject({
  timeZone: z.string().refine(isTimeZone, "is no time zone such as Asia/Karachi"),
  hours: z.union([z.literal("always"), opening]),
  minutes: z.strictObject({ consent: minutes, queue: minutes, answer: minutes, offer: minutes, silence: minutes, close: minutes }),
  care: z.strictObject({ hardInARow: z.number().int().positive(), coolMinutes: z.number().nonnegative().max(480) }),
  retention: z.strictObject({ transcriptDays: z.number().positive().max(7), caseMonths: z.number().positive().max(12) }),
})

/** The desk with what can be used of it; of what is wrong nothing is read. */
function salvaged(file: DeskFile, wrong: readonly (readonly PropertyKey[])[]): DeskFile {
  const isWrong = (key: string, inner?: string) => wrong.some((path) => path.length === 0 || (path[0] === key && (inner === undefined || path[1] === inner)))
  const part = <P extends object>(key: string, own: Partial<P> | undefined, safe: P): P => ({
    ...safe,
    ...Object.fromEntries(Object.entries(own ?? {}).filter(([inner]) => Object.hasOwn(safe, inner) && !isWrong(key, inner))),
  })
  if (isWrong("")) return SAFE_DESK
  const hasZone = !isWrong("timeZone")
  return {
    timeZone: hasZone ? file.timeZone : SAFE_DESK.timeZone,
    hours: hasZone && !isWrong("hours") ? file.hours : SAFE_DESK.hours,
    minutes: part("minutes", file.minutes, SAFE_DESK.minutes),
    care: part("care", file.care, SAFE_DESK.care),
    retention: part("retention", file.retention, SAFE_DESK.retention),
  }
}

/** By its name: an offset such as +05:00 knows nothing of summer time. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat("en", { timeZone: name })
    return true
  } catch {
    return false
  }
}
