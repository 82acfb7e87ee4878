import { setTimeout as sleep } from "node:timers/promises"
import type { App, SocketModeReceiver } from "@slack/bolt"
import type { DeskService } from "../helpline/desk-view.ts"
import type { SlackLinks } from "../helpline/slack-links.ts"
import type { SlackShelf } from "../helpline/slack-shelf.ts"
import { codeOf, type Log } from "../log.ts"
import type { Door } from "./http.ts"
import { createActs } from "./slack-acts.ts"
import { createFaces } from "./slack-card.ts"
import { clientOptions, SILENT, type Client } from "./slack-api.ts"
import { readMessage, readPressed } from "./slack-heard.ts"
import { createPoster } from "./slack-post.ts"
import { receiverOf, slackDoor, type Verify } from "./slack-receiver.ts"
import { createRelay } from "./slack-relay.ts"
import { createRound, type Turned } from "./slack-round.ts"
import { keepConnected } from "./slack-socket.ts"
import { SLACK_WORDS } from "./slack-words/words.ts"

export type SlackSettings = {
  readonly botToken: string
  readonly signingSecret: string | undefined
  readonly appToken: string | undefined
  readonly room: string
  readonly apiRoot: string | undefined
  readonly mode: "pointers" | "relay"
  readonly language: keyof typeof SLACK_WORDS
}

export type SlackParts = {
  readonly settings: SlackSettings
  readonly desk: DeskService
  readonly links: SlackLinks
  readonly shelf: SlackShelf
  readonly log: Log
  /** What links into the console begin with. */
  readonly publicUrl: string | undefined
  /** So many days after its end, nothing of a chat is left in Slack. */
  readonly transcriptDays: number
  readonly now: () => number
  /** Milliseconds of a clock that nobody sets. */
  readonly elapsed: () => number
  /** Waits, or ends early. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>
}

const CLOSE_MS = 3000

type Loaded = { readonly app: App; readonly verify: Verify; readonly socket: SocketModeReceiver | undefined; readonly client: Client }

/**
 * Counsellors in Slack. `doors` are the webhooks; `begin` starts the loop and, with an app token, Socket Mode; `step` is one
 * round of the loop, to be turned by hand. Slack's own library is loaded when it is first needed. Nothing that fails here
 * reaches the desk or a person.
 */
export function createSlack(parts: SlackParts) {
  const { settings, desk, log, now } = parts
  const closed = new AbortController()
  const pause = (ms: number) => (parts.pause ?? rest)(ms, closed.signal)
  let opening: Promise<Loaded> | undefined
  // One that failed to load may load the next time.
  const loaded = () =>
    (opening ??= load().catch((error: unknown) => {
      opening = undefined
      throw error
    }))
  const client = async () => (await loaded()).client
  const words = SLACK_WORDS[settings.language]
  const faces = createFaces(words)
  const round = createRound({ ...parts, words, faces, poster: createPoster({ ...parts, client, pause, closed: closed.signal }), room: settings.room, mode: settings.mode })
  const relay = createRelay({
    ...parts,
    wake(id) {
      round.tell(id)
      wake()
    },
  })
  const acts = createActs({ ...parts, words, faces, relay, client, mode: settings.mode, wake })
  const door =
    settings.signingSecret === undefined ? undefined : slackDoor({ signingSecret: settings.signingSecret, loaded, now, failed: (code) => log.slackFailed("event", code) })

  async function load(): Promise<Loaded> {
    const { App, isValidSlackRequest, SocketModeReceiver } = await import("@slack/bolt")
    const options = clientOptions(settings.apiRoot)
    const socket =
      settings.appToken === undefined
        ? undefined
        : new SocketModeReceiver({ appToken: settings.appToken, logger: SILENT, autoReconnectEnabled: false, installerOptions: { clientOptions: { ...options } } })
    const app = new App({
      // Who we are there is of no interest: what bots write is passed over anyway.
      authorize: async () => ({ botToken: settings.botToken }),
      receiver: receiverOf(socket === undefined ? [] : [socket]),
      clientOptions: { ...options, headers: { Authorization: `Bearer ${settings.botToken}` } },
      logger: SILENT,
      ignoreSelf: false,
      // It would keep something of every channel in memory, for ever.
      convoStore: false,
    })
    app.action(/^hamraaz-/, async ({ ack, body }) => {
      await ack()
      const pressed = readPressed(body)
      if (pressed !== undefined) await acts.pressed(pressed)
    })
    app.event("message", async ({ event }) => {
      const heard = settings.mode === "relay" ? readMessage(event) : undefined
      if (heard !== undefined) await relay.heard(heard)
    })
    return { app, socket, client: app.client, verify: isValidSlackRequest }
  }

  let woken = Promise.withResolvers<void>()
  function wake(): void {
    woken.resolve()
  }

  async function turn(): Promise<void> {
    while (!closed.signal.aborted) {
      woken = Promise.withResolvers()
      const { waitMs } = await round.step()
      if (waitMs > 0) await Promise.race([woken.promise, rest(waitMs, closed.signal)])
    }
  }

  let running: readonly Promise<void>[] = []
  let unwatch: (() => void) | undefined
  return {
    doors: new Map<string, Door>(door === undefined ? [] : [["POST /slack/events", door]]),

    /** One round: what stands in Slack is brought nearer to what the desk says. */
    step: (): Promise<Turned> => round.step(),

    /** When all that Slack has brought to the door is done. */
    idle: async () => door?.idle(),

    /** Starts the loop, and Socket Mode where there is an app token. */
    begin(): void {
      unwatch = desk.watch((id) => {
        if (id !== undefined) round.tell(id)
        wake()
      })
      running = [turn(), ...(settings.appToken === undefined ? [] : [connect()])]
    },

    /** Finishes what is under way, and gives the right to speak to another process. */
    async close(): Promise<void> {
      unwatch?.()
      closed.abort()
      wake()
      // What Slack keeps us waiting for isn't worth a stop that takes longer.
      const patience = new AbortController()
      await Promise.race([Promise.allSettled([door?.idle(), ...running]), rest(CLOSE_MS, patience.signal)])
      patience.abort()
      await parts.shelf.free().catch((error: unknown) => log.slackFailed("close", codeOf(error)))
    },
  }

  async function connect(): Promise<void> {
    while (!closed.signal.aborted) {
      try {
        const { socket } = await loaded()
        if (socket !== undefined) return await keepConnected({ receiver: socket, log, closed: closed.signal, pause: (ms) => rest(ms, closed.signal) })
      } catch (error) {
        log.slackFailed("socket", codeOf(error))
        await rest(60_000, closed.signal)
      }
    }
  }
}

/** Waits; what is closed waits no more. */
async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {})
}
