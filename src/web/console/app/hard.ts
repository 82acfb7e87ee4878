import type { Chat } from "../../../helpline/desk-view.ts"

/** The lines that may be hard to read, by number: what was written in an urgent chat before anybody answered. */
export function hardLines({ head, lines }: Chat): ReadonlySet<number> {
  if (head.risk !== 2) return new Set()
  const answered = lines.find(({ from }) => from === "counsellor")?.n ?? Number.POSITIVE_INFINITY
  return new Set(lines.filter(({ from, n }) => from === "contact" && n < answered).map(({ n }) => n))
}
