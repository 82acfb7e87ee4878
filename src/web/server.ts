import { timingSafeEqual } from "node:crypto"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { getRequestListener } from "@hono/node-server"
import { serveStatic } from "@hono/node-server/serve-static"
import { Hono, type Context } from "hono"
import type { Language, PublicWords } from "../helpline/public-words.ts"
import { createConsole, type ConsoleParts } from "./console/server.ts"
import { BANNER_STYLE, withBanner } from "./banner.ts"
import { campaignRoutes, type CampaignParts } from "./campaigns/routes.ts"
import { numbersRoutes, type NumbersParts } from "./numbers/routes.ts"
import { inLanguages, languageOf } from "./language.ts"
import { homePage, privacyPage, type Retention } from "./pages.ts"

/** A webhook, as the bots bring it. */
export type Door = {
  /** Whether the headers alone speak for whoever knocks; if they don't, the body isn't read. */
  readonly admits: (headers: IncomingMessage["headers"]) => boolean
  /** What who isn't admitted is told; 403 where nothing else is said. */
  readonly refusal?: 401 | 403
  readonly answer: (knock: {
    readonly headers: IncomingMessage["headers"]
    readonly url: string
    readonly body: Buffer
  }) => Promise<{ readonly status: number; readonly body?: string; readonly type?: string }>
}

export type WebParts = {
  readonly doors: ReadonlyMap<string, Door>
  readonly ready: () => Promise<boolean>
  readonly metrics: () => Promise<string>
  readonly metricsToken: string | undefined
  readonly simulator: boolean
  /** Nothing here is real, and every page says so. */
  readonly demonstration?: boolean
  readonly dist: string
  readonly retention: Retention
  /** What public pages say. */
  readonly words: (language: Language) => PublicWords
  /** Public numbers and stories; none where nothing is kept that could be counted. */
  readonly numbers?: NumbersParts
  /** The quilt, letters and the way into campaigns; none where nobody can give anything. */
  readonly campaigns?: CampaignParts
  readonly smsPrice: { readonly perSegment: number; readonly currency: string }
  /** Those it speaks, the first one to whoever asks for none of them. */
  readonly languages: readonly { readonly language: Language; readonly review: string }[]
  readonly console?: Omit<ConsoleParts, "dist" | "failed">
  readonly rejected: (status: number, door: string) => void
  readonly failed: (code: string) => void
}

/** No webhook of any provider comes near this. */
const BODY_LIMIT = 1024 * 1024
/** So much of a body is always read: more than a provider's request has on any common day. */
const ROOM_EACH = 64 * 1024
/** What a piece costs besides its bytes; a body may come one byte at a time. */
const PIECE = 256
/** What bodies have beyond that, all those together that aren't whole yet. */
const ROOM_SHARED = 32 * 1024 * 1024

/** A provider sends its headers and its few kilobytes at once; who doesn't isn't waited for. */
const LIMITS = { headersTimeout: 10_000, requestTimeout: 15_000, connectionsCheckingInterval: 1000 }
/** Several times what Telegram (100) and a proxy open; times ROOM_EACH it is the memory that strangers can fill. */
const CONNECTIONS = 1024

/**
 * The window. Webhooks are answered before the page router sees them: they are what has to be fast, and their bodies are
 * read only as bytes until the signature over them is checked.
 */
export function createWeb(parts: WebParts): Server {
  const pages = getRequestListener(createPages(parts).fetch)
  const paths = new Set([...parts.doors.keys()].map((door) => door.slice(door.indexOf(" ") + 1)))
  const room: Room = { left: ROOM_SHARED }
  const server = createServer(LIMITS, (request, response) => {
    const path = pathOf(request.url)
    const door = parts.doors.get(`${request.method} ${path}`)
    if (door !== undefined) void answer(request, response, path, door, room, parts)
    else if (paths.has(path)) end(response, 405)
    else void pages(request, response)
  })
  server.maxConnections = CONNECTIONS
  return server
}

async function answer(request: IncomingMessage, response: ServerResponse, path: string, door: Door, room: Room, parts: WebParts): Promise<void> {
  try {
    if (!door.admits(request.headers)) {
      const status = door.refusal ?? 403
      parts.rejected(status, path)
      end(response, status)
      return
    }
    const body = await bodyOf(request, room)
    if (typeof body === "number") {
      parts.rejected(body, path)
      response.setHeader("connection", "close")
      end(response, body)
      return
    }
    const { status, body: text, type } = await door.answer({ headers: request.headers, url: request.url ?? path, body })
    if (status >= 400) parts.rejected(status, path)
    end(response, status, text, type)
  } catch (cause) {
    // Nothing was stored: the provider is asked to come again.
    parts.failed((cause as { code?: string }).code ?? (cause as Error).name)
    end(response, 503)
  }
}

function end(response: ServerResponse, status: number, text = "", type = "text/plain"): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, { "content-type": `${type}; charset=utf-8`, "content-length": Buffer.byteLength(text), "cache-control": "no-store" })
  response.end(text)
}

type Room = { left: number }

/** The body, or the status that turns it away: 413 when it is too large, 503 when there is no room for a large one now. */
function bodyOf(request: IncomingMessage, room: Room): Promise<Buffer | 413 | 503> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers["content-length"] ?? 0) > BODY_LIMIT) {
      request.resume()
      resolve(413)
      return
    }
    let chunks: Buffer[] = []
    let size = 0
    let held = 0
    let borrowed = 0
    /** Holds nothing any more; what still comes is read and dropped. */
    const over = () => {
      room.left += borrowed
      borrowed = 0
      chunks = []
      request.off("data", take).resume()
    }
    const take = (chunk: Buffer) => {
      size += chunk.length
      held += chunk.length + PIECE
      const more = Math.max(0, held - ROOM_EACH) - borrowed
      if (size > BODY_LIMIT || more > room.left) {
        over()
        resolve(size > BODY_LIMIT ? 413 : 503)
        return
      }
      room.left -= more
      borrowed += more
      chunks.push(chunk)
    }
    request.on("data", take)
    request.once("end", () => {
      resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks))
      over()
    })
    request.once("error", reject)
    request.once("close", () => {
      over()
      reject(Object.assign(new Error("the request broke off"), { code: "broken-off" }))
    })
  })
}

function pathOf(url = "/"): string {
  const query = url.indexOf("?")
  return query < 0 ? url : url.slice(0, query)
}

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

function createPages(parts: WebParts): Hono {
  const app = new Hono()
  app.use(async (context, next) => {
    await next()
    // A page that may stand in somebody else's says so itself.
    if (!context.res.headers.has("content-security-policy")) context.header("content-security-policy", CSP)
    context.header("x-content-type-options", "nosniff")
    context.header("referrer-policy", "no-referrer")
    context.header("cross-origin-opener-policy", "same-origin")
  })
  if (parts.demonstration === true) app.use(withBanner)
  app.get("/healthz", (context) => context.text("ok"))
  app.get("/readyz", async (context) => ((await parts.ready()) ? context.text("ready") : context.text("not ready", 503)))
  app.get("/metrics", async (context) => {
    const allowed = parts.metricsToken === undefined ? isLocal(context.env) : bearer(context.req.header("authorization"), parts.metricsToken)
    return allowed ? context.text(await parts.metrics()) : context.text("forbidden", 403)
  })
  const languages = parts.languages.map(({ language }) => language)
  const wordsFor = (context: Context) => parts.words(languageOf(context, languages))
  app.on("GET", inLanguages("", languages), (context) => context.html(homePage(wordsFor(context), languages, parts.simulator)))
  app.on("GET", inLanguages("/privacy", languages), (context) => context.html(privacyPage(wordsFor(context), languages, parts.retention)))
  if (parts.numbers !== undefined) app.route("/", numbersRoutes(parts.numbers))
  if (parts.campaigns !== undefined) app.route("/", campaignRoutes(parts.campaigns))
  if (parts.simulator) {
    app.get("/simulator", (context) => context.redirect("/simulator/"))
    app.get("/simulator/facts", (context) => context.json({ smsPrice: parts.smsPrice, languages: parts.languages }))
    app.get("/simulator/*", serveStatic({ root: parts.dist, rewriteRequestPath: (path) => (path === "/simulator/" ? "/simulator/index.html" : path) }))
  }
  if (parts.console !== undefined) app.route("/console", createConsole({ ...parts.console, dist: parts.dist, failed: parts.failed }))
  app.get("/banner.css", (context) => context.body(BANNER_STYLE, 200, { "content-type": "text/css; charset=utf-8" }))
  app.get("/style.css", serveStatic({ root: parts.dist, path: "pages/style.css" }))
  app.get("/numbers.css", serveStatic({ root: parts.dist, path: "pages/numbers.css" }))
  app.get("/quilt.css", serveStatic({ root: parts.dist, path: "pages/quilt.css" }))
  app.notFound((context) => context.text("not found", 404))
  app.onError((error, context) => {
    parts.failed(error.name)
    return context.text("something went wrong", 500)
  })
  return app
}

function isLocal(env: unknown): boolean {
  const { incoming } = env as { incoming?: IncomingMessage }
  const from = incoming?.socket.remoteAddress ?? ""
  // Behind a proxy on the same machine everybody seems local; a forwarded request never is.
  return (
    (from === "127.0.0.1" || from === "::1" || from === "::ffff:127.0.0.1") && incoming?.headers["x-forwarded-for"] === undefined && incoming?.headers["forwarded"] === undefined
  )
}

function bearer(given: string | undefined, token: string): boolean {
  const a = Buffer.from(given ?? "")
  const b = Buffer.from(`Bearer ${token}`)
  return a.length === b.length && timingSafeEqual(a, b)
}
