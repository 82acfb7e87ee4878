import type { Jump } from "./memory.ts"
import { TOPICS, type Understood } from "./understanding/understood.ts"

/** `now` goes past the safety question; `soon` waits for its answer. */
export type Urgency = "now" | "soon"

/**
 * Where free text leads. Danger before suicide before everything else; soft words raise one question. What she asks for
 * by name stands before the paths of pictures and of the young, which the topic's own path takes up.
 */
export function jumpOf({ risks, intent }: Understood): (Jump & { readonly urgency: Urgency }) | undefined {
  for (const { path, tier } of risks) {
    if (path === "danger") return { to: tier === "hard" ? "danger" : "danger-ask", urgency: tier === "hard" ? "now" : "soon" }
    if (path === "suicide") return { to: tier === "hard" ? "suicide" : "suicide-ask", urgency: tier === "hard" ? "now" : "soon" }
  }
  const child = risks.some(({ path }) => path === "child")
  const images = risks.some(({ path }) => path === "images")
  if (images) return { to: "images-risk", urgency: "soon" }
  if (child && (intent === undefined || intent === "person" || intent === "find-help")) return { to: "child", urgency: "soon" }
  if (intent === undefined) return undefined
  if (isTopic(intent)) return { to: "topic", topic: intent, urgency: "soon" }
  return { to: intent, urgency: intent === "emergency" ? "now" : "soon" }
}

function isTopic(intent: string): intent is (typeof TOPICS)[number] {
  return (TOPICS as readonly string[]).includes(intent)
}
