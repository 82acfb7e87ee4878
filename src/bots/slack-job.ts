import type { Asked } from "./slack-api.ts"

/** Something to do in Slack. What is of one group keeps its order; the first that can't be done stops the rest of it. */
export type Job = { readonly rank: number; readonly key: string; readonly group: string; readonly run: () => Promise<Asked> }

/** First what must be gone, then who waits, then whether a thread is live, then words, then the rest. */
export const RANK = { erase: 0, newcomer: 1, top: 2, words: 3, card: 4, mark: 5, age: 6 } as const

/** A thing to do for a chat. */
export function job(rank: number, what: string, handoffId: string, run: () => Promise<Asked>): Job {
  return { rank, key: `${what} ${handoffId}`, group: handoffId, run }
}
