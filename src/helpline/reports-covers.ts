import type { Consents } from "../flows/report-shapes.ts"
import type { Cover, Purpose } from "../vault/cover.ts"
import type { Coding } from "./report-view.ts"

/** Lengths that covered values are filled up to, so that a length doesn't tell a yes from a no, or a long answer from a short one. */
const STEPS = { consents: 192, coding: 1024, answer: 512, story: 2048 } as const satisfies Partial<Record<Purpose, number>> & Record<Padded, number>

type Values = { readonly consents: Consents; readonly coding: Coding; readonly answer: string; readonly story: string }
type Padded = keyof Values

/** Covers a value as JSON, filled up with spaces. */
export function closeValue<P extends Padded>(cover: Cover, purpose: P, value: Values[P]): Uint8Array {
  const text = JSON.stringify(value)
  const step = STEPS[purpose]
  const bytes = Buffer.byteLength(text)
  return cover.close(purpose, text + " ".repeat(Math.ceil(bytes / step) * step - bytes))
}

/** The value again; nothing when the bytes can't be opened any more. */
export function openValue<P extends Padded>(cover: Cover, purpose: P, covered: Uint8Array | null | undefined): Values[P] | undefined {
  if (covered == null) return undefined
  try {
    return JSON.parse(cover.open(purpose, covered)) as Values[P]
  } catch {
    return undefined
  }
}

/** What holds where nothing was agreed to, or nothing is left of it. */
export const NO_CONSENT: Consents = { keep: false, count: false, share: false, publish: false, wording: "" }
