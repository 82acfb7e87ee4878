import { events } from "./api.ts"

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 15_000
/** However quiet the stream is, everything is asked for again after so long. */
const ROUND_MS = 60_000
/** After so long out of sight the stream is opened anew. */
const SLEEP_MS = 30_000

/** What the stream reports. */
type Told = {
  /** The stream has just been opened. What was missed is not told: `afresh` follows. */
  readonly found: () => void
  /** Ask for everything again. */
  readonly afresh: () => void
  readonly desk: () => void
  readonly chat: (id: string) => void
  readonly lost: () => void
}

/** Listens to the house until it is closed. It comes back by itself, each time a little later, and at once when there is a network again. */
export function listen(told: Told): { readonly close: () => void } {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let hiddenAt = Date.now()

  function open(): void {
    clearTimeout(timer)
    source?.close()
    const stream = events()
    source = stream
    stream.addEventListener("open", () => {
      failures = 0
      told.found()
      told.afresh()
    })
    stream.addEventListener("desk", () => told.desk())
    stream.addEventListener("chat", (event) => {
      const { id } = JSON.parse((event as MessageEvent<string>).data) as { id: string }
      told.chat(id)
    })
    stream.addEventListener("error", () => {
      if (source !== stream) return
      stream.close()
      told.lost()
      const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures++)
      clearTimeout(timer)
      timer = setTimeout(open, wait * (0.75 + Math.random() / 2))
    })
  }

  const now = () => {
    if (source?.readyState === EventSource.CLOSED) open()
  }
  const seen = () => {
    if (document.hidden) {
      hiddenAt = Date.now()
      return
    }
    // A machine that slept may hold a stream that is dead and doesn't know it.
    if (Date.now() - hiddenAt > SLEEP_MS) open()
    else now()
    told.afresh()
  }
  const round = setInterval(() => !document.hidden && source?.readyState === EventSource.OPEN && told.afresh(), ROUND_MS)
  addEventListener("online", now)
  document.addEventListener("visibilitychange", seen)
  open()

  return {
    close() {
      clearTimeout(timer)
      clearInterval(round)
      removeEventListener("online", now)
      document.removeEventListener("visibilitychange", seen)
      const last = source
      source = undefined
      last?.close()
    },
  }
}
