import type { Conversation, Turn } from "./conversation.ts"
import type { Effect, Facts, Heard } from "./effect.ts"
import { afterwards } from "./person-places.ts"

/** Whether her chat is over, and she hasn't heard of it. */
export function hasEnded({ memory }: Conversation, { handoff }: Facts): boolean {
  return memory.handoff !== undefined && memory.handoff.status !== "asked" && (handoff === "none" || handoff === "blocked")
}

/** Where the store was asked how her handoff stands, that holds, and not what she remembers. */
export function known(here: Conversation, { handoff: open, fresh: id }: Facts): Conversation {
  const remembered = here.memory.handoff
  if (open === undefined || (typeof open === "object" ? open.id === remembered?.id : remembered === undefined)) return here
  if (typeof open === "object") {
    const status = open.status === "asked" ? ("asked" as const) : open.status === "live" || open.status === "transferring" ? ("live" as const) : ("waiting" as const)
    return { ...here, memory: { ...here.memory, handoff: { id: open.id, status, ...(open.rests === true && { rests: true }) } } }
  }
  // She took her time to agree: what she asked for is asked for anew.
  if (remembered?.status === "asked" && open === "none" && id !== undefined) return { ...here, memory: { ...here.memory, handoff: { id, status: "asked" } } }
  // It has ended, and the news of it is still on its way: what she writes now opens it again, if she likes.
  const wasPassedOn = remembered?.status !== "asked"
  const gone = wasPassedOn || here.place.startsWith("person.")
  const place = gone ? (open === "blocked" ? "person.unsaid" : "person.silent") : here.place
  const unsaid = remembered?.status === "live" ? ("closed" as const) : ("nobody" as const)
  return {
    ...here,
    memory: { ...here.memory, ...afterwards(here.memory), ...(wasPassedOn && { reopens: true, ...(open === "blocked" && { unsaid }) }) },
    place,
    offered: place === here.place ? here.offered : [],
  }
}

/** A turn with what follows from it at the desk: nobody waits for somebody who has gone, and who is in danger goes first. */
export function withSteps(kept: Conversation | undefined, turn: Turn, heard: Heard, sessionMs: number): Turn {
  if (heard.type === "news" || heard.type === "counsellor" || heard.type === "waited") return turn
  const { after, effects } = turn
  const before = kept?.memory.handoff
  const now = after.memory.handoff
  if (kept !== undefined && before !== undefined && now?.id !== before.id) {
    const why =
      heard.type === "blocked"
        ? "unreachable"
        : after.place === "left" || after.place === "settings.forgetting" || heard.type === "begin"
          ? "left"
          : after.heardAt - kept.heardAt > sessionMs
            ? "silent"
            : "changed-mind"
    const left: Effect = { type: "desk", step: { type: "leave", id: before.id, why } }
    return { ...turn, effects: [...effects, left], ...(after.place === "left" && kept.forgetting !== true && { hush: true }) }
  }
  if (now === undefined || now.status === "asked") return turn
  const risk = after.memory.risk ?? 0
  const graverNow = risk === 2 && risk > (kept?.memory.risk ?? 0) && now.status === before?.status
  const marked: readonly Effect[] = graverNow ? [{ type: "desk", step: { type: "mark", id: now.id, code: "urgent", risk } }] : []
  const rest = restAfter(kept, turn)
  if (rest === undefined) return { ...turn, effects: [...effects, ...marked] }
  const handoff = { ...now, rests: rest === "rest" || undefined }
  return { ...turn, after: { ...after, memory: { ...after.memory, handoff } }, effects: [...effects, ...marked, { type: "desk", step: { type: rest, id: now.id } }] }
}

/**
 * Whether what counsellors say rests from now on, or no longer. It rests where she is told to keep the chat closed, or
 * asked whether this is a good moment; looking for numbers after that is no word to anybody.
 */
function restAfter(kept: Conversation | undefined, { after: { place, memory }, effects }: Turn): "rest" | "resume" | undefined {
  const told = effects.some((effect) => effect.type === "say" && effect.key === "emergency.danger")
  if (told || place.startsWith("hello.")) return "rest"
  const reopened = kept?.memory.last !== undefined && kept.memory.last.id === memory.handoff?.id
  const says = effects.some((effect) => effect.type === "desk" && effect.step.type === "line")
  const looks = place.startsWith("emergency.") || place.startsWith("find-help.")
  return (memory.handoff?.rests === true || reopened) && (says || !looks) ? "resume" : undefined
}

/** A counsellor's words. Whoever has left, or is somebody else's by now, gets none. */
export function relay(here: Conversation, heard: Extract<Heard, { type: "counsellor" }>, { handoff, now }: Facts): Turn {
  const { id, alias, staffId } = heard
  const open = typeof handoff === "object" && handoff.id === id && handoff.staffId === staffId && (here.memory.handoff === undefined || here.memory.handoff.id === id)
  if (!open || here.place === "left") return { after: here, effects: [] }
  const { handoff: before } = here.memory
  // Told that nobody writes before she does, she stays where she is until she has written.
  const rests = before === undefined ? handoff.rests === true : before.rests === true
  const came: readonly Effect[] =
    before?.staffId === staffId && before.status === "live"
      ? []
      : [{ type: "say", key: before?.staffId === undefined || before.staffId === staffId ? "person.joined" : "person.moved", values: { alias } }]
  return {
    after: {
      ...here,
      memory: { ...here.memory, now, handoff: { id, status: "live", alias, staffId, ...(rests && { rests }) } },
      // They are in a conversation; it doesn't grow old while somebody writes to her.
      heardAt: now,
      // The last question is the counsellor's now: a list that is still open must not take her answer.
      ...(!rests && { place: "person.live", offered: [] }),
    },
    effects: [...came, { type: "relay", id, staffId, alias, text: heard.text, key: heard.key, ...(heard.line !== undefined && { line: heard.line }) }],
  }
}
