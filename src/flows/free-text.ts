import type { Destination, Jump, Memory } from "./memory.ts"
import { TOPICS, type Understood } from "./understanding/understood.ts"

/** `now` goes past the safety question; `soon` waits for its answer. */
export type Urgency = "now" | "soon"

/**
 * Where free text leads. Danger before suicide before everything else; soft words raise one question. What she asks for
 * by name stands before the paths of pictures and of the young, which the topic's own path takes up. An age that she
 * has told comes along on every way.
 */
export function jumpOf(understood: Understood): (Jump & { readonly urgency: Urgency }) | undefined {
  const meant = destinationOf(understood)
  const young = understood.risks.some(({ path, tier }) => path === "child" && tier === "hard")
  return meant !== undefined && young ? { ...meant, young } : meant
}

function destinationOf({ risks, intent }: Understood): (Jump & { readonly urgency: Urgency }) | undefined {
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

/** What the places that ask about something ask about: who says it again has answered. */
const ASKED: Readonly<Record<string, readonly Destination[]>> = {
  "person.danger": ["danger", "danger-ask", "emergency"],
  "emergency.danger-ask": ["danger", "danger-ask", "emergency"],
  "emergency.suicide": ["suicide", "suicide-ask"],
  "emergency.suicide-ask": ["suicide", "suicide-ask"],
  "emergency.suicide-other": ["danger", "danger-ask", "emergency"],
  "find-help.here": ["find-help"],
  "menu.topic": ["topic"],
}

/** Whether free text says what the place where she is asks about. */
export function isAsked(place: string, { topic }: Memory, meant: Jump): boolean {
  return ASKED[place]?.includes(meant.to) === true && (meant.topic === undefined || meant.topic === topic)
}

function isTopic(intent: string): intent is (typeof TOPICS)[number] {
  return (TOPICS as readonly string[]).includes(intent)
}
