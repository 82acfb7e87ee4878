import { randomUUID } from "node:crypto"
import type { Store } from "../store/pool.ts"
import * as slack from "../store/slack.ts"

export type { SlackCardRow, SlackPostRow, SlackSaidRow } from "../store/slack.ts"

/** So long nobody else speaks to Slack; longer than any one call to it lasts. */
const TURN_MS = 20_000

/** What is kept of what stands in Slack: names, moments and hashes, no word of anybody. */
export type SlackShelf = ReturnType<typeof createSlackShelf>

/** Builds it, with a name of its own for the right to speak. */
export function createSlackShelf(store: Store) {
  const process = randomUUID()
  return {
    cards: () => slack.slackCards(store),
    cardAt: (room: string, ts: string) => slack.slackCardAt(store, room, ts),
    putCard: (handoffId: string, room: string) => slack.putSlackCard(store, handoffId, room),
    changeCard: (handoffId: string, change: Parameters<typeof slack.changeSlackCard>[2]) => slack.changeSlackCard(store, handoffId, change),
    dropCard: (handoffId: string) => slack.dropSlackCard(store, handoffId),
    attempt: (key: Parameters<typeof slack.attemptSlackPost>[1], at: Date, shown: string) => slack.attemptSlackPost(store, key, at, shown),
    changePost: (key: Parameters<typeof slack.changeSlackPost>[1], change: Parameters<typeof slack.changeSlackPost>[2]) => slack.changeSlackPost(store, key, change),
    dropPost: (key: Parameters<typeof slack.dropSlackPost>[1]) => slack.dropSlackPost(store, key),
    takeSaid: (row: Parameters<typeof slack.takeSlackSaid>[1]) => slack.takeSlackSaid(store, row),
    said: (key: Parameters<typeof slack.slackSaid>[1]) => slack.slackSaid(store, key),
    changeSaid: (key: Parameters<typeof slack.changeSlackSaid>[1], change: Parameters<typeof slack.changeSlackSaid>[2]) => slack.changeSlackSaid(store, key, change),
    dropSaid: (key: Parameters<typeof slack.dropSlackSaid>[1]) => slack.dropSlackSaid(store, key),
    /** Takes or keeps the right to speak to Slack; `false` while another process has it. It ends by itself. */
    hold: () => slack.holdSlackTurn(store, process, TURN_MS),
    free: () => slack.freeSlackTurn(store, process),
  }
}
