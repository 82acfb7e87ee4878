import type { Conversation } from "../../src/flows/conversation.ts"
import type { Facts, Heard, Language, Shape } from "../../src/flows/effect.ts"
import { realFlows } from "./flows.ts"

const flows = realFlows()
const NOW = Date.parse("2026-11-25T10:00:00Z")

/** A person who writes to the real flows; what she does answers with the keys of what is said. */
export function somebody(from: { readonly language?: Language; readonly shape?: Shape; readonly first?: string } = {}) {
  let ahead = 0
  const facts = (): Facts => ({ now: NOW + ahead, shape: from.shape ?? "telegram" })
  let here: Conversation | undefined
  const hear = (heard: Heard): readonly string[] => {
    const { after, effects } = flows.hear(here, heard, facts())
    here = after
    return effects.flatMap((effect) => (effect.type === "say" ? [effect.key] : effect.type === "wait" ? [] : [effect.type]))
  }
  const now = (): Conversation => here ?? flows.hear(undefined, { type: "begin" }, facts()).after
  hear({ type: "text", text: from.first ?? "hi" })
  if (from.language !== undefined) here = { ...now(), language: from.language, languageChosen: true }
  return {
    writes: (text: string) => hear({ type: "text", text }),
    /** Taps a button by all that it carries. */
    taps: (id: string) => hear({ type: "choice", id }),
    hears: hear,
    /** Is put into a place, with what it offers. */
    isAt(place: string, memory: Partial<Conversation["memory"]> = {}) {
      here = { ...now(), place, memory: { ...now().memory, ...memory } }
      if (place !== "hello.quiet") here = again(here)
    },
    waits: (ms: number) => void (ahead += ms),
    place: () => now().place,
    language: () => now().language,
    memory: () => now().memory,
    offered: () => now().offered.map(({ id }) => id),
  }

  /** A tap on a button of nowhere makes a place say itself again. */
  function again(one: Conversation): Conversation {
    return flows.hear(one, { type: "choice", id: "nowhere/at-all" }, facts()).after
  }
}
