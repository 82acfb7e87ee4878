import type { Conversation, Turn } from "./conversation.ts"
import type { GiftStep } from "./campaign-shapes.ts"
import type { Effect, Heard } from "./effect.ts"

/**
 * What follows from pictures that nobody waits for: their provider is asked to erase them. Those are all that were sent where
 * none was asked for, as nothing but words is kept, and one that she had sent to give and hasn't given, by whatever leads away
 * from it. Nobody else knows where they stand by then; of one that she may still give this is said at once, for whoever never
 * writes again.
 */
export function leavingPictures(before: Conversation | undefined, heard: Heard, { after, effects }: Turn): readonly Effect[] {
  const held = before?.memory.giving?.file
  const sent = "files" in heard ? (heard.files ?? []) : []
  const given = effects.flatMap((effect) => (effect.type === "participate" && effect.step.type === "give" ? (effect.step.file ?? []) : []))
  const holds = after.memory.giving?.file
  const kept = new Set([holds, ...given])
  const gone = new Set([...(held === undefined ? [] : [held]), ...sent].filter((file) => !kept.has(file)))
  const begun = holds === undefined || holds === held ? [] : [effectOf({ type: "hold-picture", file: holds })]
  return [...begun, ...[...gone].map((file) => effectOf({ type: "leave-picture", file }))]
}

const effectOf = (step: GiftStep): Effect => ({ type: "participate", step })
