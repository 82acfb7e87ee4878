import type { Consents } from "../flows/report-shapes.ts"
import type { Cover, Purpose } from "../vault/cover.ts"

/** Lengths that covered values are filled up to, so that a length doesn't tell a yes from a no, or a long answer from a short one. */
const STEPS = { consents: 192, coding: 1024, answer: 512, story: 2048 } as const satisfies Partial<Record<Purpose, number>>

export type Padded = keyof typeof STEPS

/** Covers a value as JSON, filled up with spaces. */
export function closeValue(cover: Cover, purpose: Padded, value: unknown): Uint8Array {
  const text = JSON.stringify(value)
  const step = STEPS[purpose]
  const bytes = Buffer.byteLength(text)
  return cover.close(purpose, text + " ".repeat(Math.ceil(bytes / step) * step - bytes))
}

/** The value again; nothing when the bytes can't be opened any more. */
export function openValue<T>(cover: Cover, purpose: Padded, covered: Uint8Array | null | undefined): T | undefined {
  if (covered == null) return undefined
  try {
    return JSON.parse(cover.open(purpose, covered)) as T
  } catch {
    return undefined
  }
}

/** What holds where nothing was agreed to, or nothing is left of it. */
export const NO_CONSENT: Consents = { keep: false, count: false, share: false, publish: false, wording: "" }
