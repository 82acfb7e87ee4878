import type { Chat } from "../../../helpline/desk-view.ts"

/** The lines that may be hard to read, by number: what was written in an urgent chat before anybody answered, and each that the house has flagged. */
export function hardLines({ head, lines }: Chat): ReadonlySet<number> {
  const answered = lines.find(({ from }) => from === "counsellor")?.n ?? Number.POSITIVE_INFINITY
  return new Set(lines.filter(({ from, n, code }) => from === "contact" && (code !== null || (head.risk === 2 && n < answered))).map(({ n }) => n))
}
