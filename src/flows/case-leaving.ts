import { caseOf, isUnsent } from "./case.ts"
import type { Conversation, Turn } from "./conversation.ts"
import type { Effect, Heard } from "./effect.ts"

/** What she does herself. */
const OWN: ReadonlySet<Heard["type"]> = new Set<Heard["type"]>(["text", "choice", "media", "begin", "privacy", "help", "opt-in", "opt-out", "case"])

/**
 * What follows from leaving a page of an opened case, whatever leads away from it. What she has read there is noted when a word
 * of hers ends it, and not before: what nobody answered may not have been seen, and is shown again. Words that she hadn't
 * passed on are gone, and that is said, but where a number comes first or nothing may be said.
 */
export function leavingCase(here: Conversation, { after, effects }: Turn, heard: Heard): readonly Effect[] {
  if (!here.place.startsWith("case.") || !(OWN.has(heard.type) || heard.type === "counsellor")) return []
  return [...(OWN.has(heard.type) ? read(here, after) : []), ...lost(here, after, effects, heard)]
}

function read({ place, memory }: Conversation, after: Conversation): readonly Effect[] {
  const found = caseOf(memory)
  if (found === undefined || (after.place === place && after.memory.page === memory.page)) return []
  const answer = place === "case.answer" ? found.answers[memory.page]?.id : undefined
  const story = place === "case.story" ? found.story?.id : undefined
  if (answer === undefined && story === undefined) return []
  return [{ type: "file", filing: { type: "seen", ref: found.ref, ...(answer !== undefined && { answer }), ...(story !== undefined && { story }) } }]
}

function lost({ memory }: Conversation, { place, memory: now }: Conversation, effects: readonly Effect[], heard: Heard): readonly Effect[] {
  if (!isUnsent(memory.opened) || isUnsent(now.opened) || (place.startsWith("case.") && heard.type !== "case")) return []
  if (!now.safe || place === "left" || place === "settings.forget" || place.startsWith("emergency.")) return []
  if (effects.some((effect) => effect.type === "file" || (effect.type === "say" && effect.key === "case.not-added"))) return []
  return [{ type: "say", key: "case.not-added" }]
}
