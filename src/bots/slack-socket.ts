import type { SocketModeReceiver } from "@slack/bolt"
import { codeOf, type Log } from "../log.ts"

const LEAST_WAIT_MS = 1000
const MOST_WAIT_MS = 60_000
/** Slack greets within this, or the connection is given up. */
const GREETING_MS = 20_000
/** A connection that held for so long was a good one. */
const GOOD_MS = 30_000

/**
 * Keeps a connection of Socket Mode open until it is closed, with growing waits between tries. The library's own way of
 * connecting again throws where nobody can catch it; so it is told not to, and this does.
 */
export async function keepConnected({
  receiver,
  log,
  closed,
  pause,
}: {
  readonly receiver: SocketModeReceiver
  readonly log: Log
  readonly closed: AbortSignal
  readonly pause: (ms: number) => Promise<void>
}): Promise<void> {
  const { client } = receiver
  const end = () => void client.disconnect().catch(() => {})
  closed.addEventListener("abort", end, { once: true })
  for (let failures = 0; !closed.aborted; failures++) {
    const begun = performance.now()
    const over = Promise.withResolvers<void>()
    const ended = () => over.resolve()
    client.once("disconnected", ended)
    const greeting = setTimeout(end, GREETING_MS)
    try {
      await receiver.start()
      clearTimeout(greeting)
      if (closed.aborted) end()
      else log.slackConnected()
      await over.promise
    } catch (error) {
      // It throws nothing at all when the greeting never came.
      log.slackFailed("socket", error === undefined ? "no-greeting" : codeOf((error as { readonly original?: unknown }).original ?? error))
    } finally {
      clearTimeout(greeting)
      client.removeListener("disconnected", ended)
    }
    if (closed.aborted) return
    if (performance.now() - begun >= GOOD_MS) failures = 0
    // Slack moves a connection to another machine every few hours, and says so: then nothing is wrong.
    await pause(failures === 0 ? 0 : Math.min(MOST_WAIT_MS, LEAST_WAIT_MS * 2 ** (failures - 1)))
  }
}
