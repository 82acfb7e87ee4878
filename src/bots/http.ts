import type { IncomingHttpHeaders } from "node:http"
import { Agent, type Dispatcher } from "undici"

/** A request at one of the doors, its body unread as far as meaning goes. */
export type Knock = { readonly headers: IncomingHttpHeaders /** Path and query, as it came. */; readonly url: string; readonly body: Buffer }
export type Reply = { readonly status: number; readonly body?: string; readonly type?: string }

/** A webhook: the whole of one door. */
export type Door = {
  /** Whether the headers alone speak for whoever knocks; if they don't, the body isn't read. */
  readonly admits: (headers: IncomingHttpHeaders) => boolean
  /** What who isn't admitted is told; 403 where nothing else is said. */
  readonly refusal?: 401 | 403
  /** Answers after the commit; throws when nothing was stored. */
  readonly answer: (knock: Knock) => Promise<Reply>
}

/** No answer of a provider comes near this, but for a hundred updates at once. */
const BODY_LIMIT = 1024 * 1024
const NOTHING = Buffer.alloc(0)
/** How late a call may be found out of its time. */
const TICK_MS = 250

type Options = {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body?: string
  /** The whole of it: waiting for a connection, connecting, and every byte of the answer. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
  readonly maxBytes?: number
  /** The answer is a file, and no text. */
  readonly file?: boolean
}
type Answer = {
  readonly status: number
  readonly text: string
  /** The same as it came; of a `file` there is no text. */
  readonly bytes: Buffer
  /** As the provider wrote it. */
  readonly retryAfter: string | undefined
  /** Where else it says to look. Nobody goes there by itself. */
  readonly location: string | undefined
}

const connect = () => new Agent({ keepAliveTimeout: 30_000, connections: 128, pipelining: 1, connect: { timeout: 5000 } })
let agent = connect()
const underWay = new Set<Call>()
let clock: NodeJS.Timeout | undefined

/** One call to a provider over kept connections. It ends after `timeoutMs` at the latest, whatever the provider does. */
export function call(url: string, options: Options): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const made = new Call(options, resolve, reject)
    if (options.signal?.aborted === true) return made.fail("given-up")
    // The host ends at the first stroke after "https://".
    const at = url.indexOf("/", 8)
    agent.dispatch(
      {
        origin: at < 0 ? url : url.slice(0, at),
        path: at < 0 ? "/" : url.slice(at),
        method: options.method,
        headers: options.headers,
        body: options.body ?? null,
        // Our own clock is the only one.
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      made,
    )
  })
}

/** Makes every call under way fail at once and closes the kept connections; a call made later opens new ones. */
export function closeConnections(): Promise<void> {
  const old = agent
  agent = connect()
  for (const made of underWay) made.fail("cut-off")
  return old.destroy()
}

/** Whether a call can't have reached the provider: then nothing is unknown, and it may simply be made again. */
export function neverArrived(error: unknown): boolean {
  for (let cause: unknown = error, depth = 0; cause !== undefined && cause !== null && depth < 5; depth++) {
    if (cause instanceof CallFailed) return !cause.begun
    const { error: inner, cause: outer } = cause as { error?: unknown; cause?: unknown }
    cause = inner ?? outer
  }
  return false
}

/** A call that has no answer. */
class CallFailed extends Error {
  override name = "CallFailed"
  readonly code: string
  /** Whether a byte of it may have left. */
  readonly begun: boolean
  constructor(code: string, begun: boolean, cause?: unknown) {
    super(`a call to a provider failed: ${code}`, { cause })
    this.code = code
    this.begun = begun
  }
}

/** One call: what undici tells of it, and when its time is over. */
class Call implements Dispatcher.DispatchHandler {
  readonly #options: Options
  readonly #resolve: (answer: Answer) => void
  readonly #reject: (cause: CallFailed) => void
  readonly deadline: number
  readonly #chunks: Buffer[] = []
  #size = 0
  #status = 0
  #retryAfter: string | undefined
  #location: string | undefined
  #controller: Dispatcher.DispatchController | undefined
  readonly #giveUp: (() => void) | undefined

  constructor(options: Options, resolve: (answer: Answer) => void, reject: (cause: CallFailed) => void) {
    this.#options = options
    this.#resolve = resolve
    this.#reject = reject
    this.deadline = performance.now() + options.timeoutMs
    underWay.add(this)
    clock ??= setInterval(tick, TICK_MS).unref()
    if (options.signal !== undefined) {
      this.#giveUp = () => this.fail("given-up")
      options.signal.addEventListener("abort", this.#giveUp, { once: true })
    }
  }

  /** A request that was given up while it waited for a connection is called back before a byte of it is written. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (!underWay.has(this)) return controller.abort(new CallFailed("given-up", false))
    this.#controller = controller
    this.#chunks.length = 0
    this.#size = 0
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.#status = status
    this.#retryAfter = headers["retry-after"]
    this.#location = headers.location
    if (Number(headers["content-length"] ?? 0) > (this.#options.maxBytes ?? BODY_LIMIT)) this.fail("too-large")
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length
    if (this.#size > (this.#options.maxBytes ?? BODY_LIMIT)) this.fail("too-large")
    else this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    if (!this.#over()) return
    const [first = NOTHING] = this.#chunks
    const bytes = this.#chunks.length > 1 ? Buffer.concat(this.#chunks) : first
    this.#resolve({
      status: this.#status,
      text: this.#options.file === true ? "" : bytes.toString("utf8"),
      bytes,
      retryAfter: this.#retryAfter,
      location: this.#location,
    })
  }

  onResponseError(_: Dispatcher.DispatchController, cause: Error): void {
    const { code } = cause as { code?: unknown }
    this.fail(typeof code === "string" ? code : cause.name, cause)
  }

  /** Ends it without an answer; what comes later changes nothing. */
  fail(code: string, cause?: unknown): void {
    if (!this.#over()) return
    const failed = new CallFailed(code, this.#controller !== undefined, cause)
    this.#reject(failed)
    this.#chunks.length = 0
    this.#controller?.abort(failed)
  }

  /** Takes it off the list; false when it was off already. */
  #over(): boolean {
    if (this.#giveUp !== undefined) this.#options.signal?.removeEventListener("abort", this.#giveUp)
    return underWay.delete(this)
  }
}

/** One clock for all calls: a timer for each would cost more than the call's own bookkeeping. */
function tick(): void {
  const now = performance.now()
  for (const made of underWay) if (made.deadline <= now) made.fail("timed-out")
  if (underWay.size > 0) return
  clearInterval(clock)
  clock = undefined
}
