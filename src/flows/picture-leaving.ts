import type { Conversation, Turn } from "./conversation.ts"
import type { Effect } from "./effect.ts"

/**
 * What follows from letting go of a picture that she had sent and hasn't given, by whatever leads away from it: its provider is
 * asked to erase it. Nobody else knows where it stands by then.
 */
export function leavingPicture(here: Conversation | undefined, { after, effects }: Turn): readonly Effect[] {
  const file = here?.memory.giving?.file
  if (file === undefined || after.memory.giving?.file === file) return []
  const given = effects.some((effect) => effect.type === "participate" && effect.step.type === "give" && effect.step.file === file)
  return given ? [] : [{ type: "participate", step: { type: "leave-picture", file } }]
}
