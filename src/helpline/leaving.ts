import type { Language, Outward, Shape } from "../flows/effect.ts"
import type { Cover } from "../vault/cover.ts"
import { UNASKED, type Fate } from "../store/outbox.ts"
import type { Template } from "./channel.ts"

/** What an outbox row holds, covered: where to, in which language and shape, and what is to be done. */
export type Leaving = {
  readonly address: string
  readonly shape: Shape
  readonly language: Language
  readonly what: Outward
  readonly bulk?: Bulk | undefined
}

/** It goes to many: after whatever answers somebody, and not once its time is over. */
export type Bulk = {
  readonly campaign: string
  /** Milliseconds since 1970. */
  readonly until: number
  /** What is sent in its place where the channel wants words that were approved. */
  readonly template?: Template | undefined
}

/** An outbox row in the hands of this process. */
export type LeavingRow = {
  readonly id: string
  readonly conversationId: string
  readonly turn: bigint
  readonly position: number
  readonly channel: string
  readonly leaving: Leaving
  readonly attempts: number
  /** Tries whose fate stayed open, or that a callback took back. */
  readonly doubts: number
  readonly unknown: boolean
  /** The name it is held under. */
  readonly process: string
}

/** Whether it may have left already. What goes to many is noted before it is tried: without a try it hasn't, whoever died with it in hand. */
export function isInDoubt({ unknown, attempts, leaving: { bulk } }: LeavingRow): boolean {
  return unknown && (bulk === undefined || attempts > 0)
}

/** It is to be tried later: nothing was tried now, so one in doubt stays in it. */
export function later(row: LeavingRow, afterMs: number, code: string): Fate {
  return isInDoubt(row) ? { status: "unknown", afterMs, code: UNASKED } : { status: "retry", afterMs, code }
}

export function closeLeaving(cover: Cover, leaving: Leaving): Uint8Array {
  return cover.close("leaving", JSON.stringify(leaving))
}

/** Nothing when the bytes can't be opened any more. */
export function openLeaving(cover: Cover, content: Uint8Array): Leaving | undefined {
  try {
    return JSON.parse(cover.open("leaving", content)) as Leaving
  } catch {
    return undefined
  }
}
