import { z } from "zod"
import type { Canned, DeskService, Refused, Taxonomy } from "../../helpline/desk-view.ts"
import { language, type Language } from "../../helpline/language.ts"
import { idIn } from "./account-routes.ts"
import { csvOf } from "./numbers-csv.ts"
import { get, post, type Answer, type Route } from "./router.ts"
import { streamFor } from "./stream.ts"

/** What the desk's routes show, besides the desk. */
export type DeskContent = {
  readonly taxonomy: (language: Language) => Taxonomy
  readonly canned: (language: Language) => readonly Canned[]
  /** Words that a locked screen mustn't show. */
  readonly previewWords: (language: Language) => readonly string[]
}

/** The language that is asked for. */
export const languageIn = (query: URLSearchParams): Language => language.safeParse(query.get("language")).data ?? "en"

/** Who takes chats. */
export const DESK = ["counsellor", "supervisor"] as const
const SUPERVISOR = ["supervisor"] as const
const OVERVIEW = ["supervisor", "admin"] as const

const nothing = z.object({})
/** Something to read: one sign that can be seen, and nothing that controls a terminal or a database. */
const words = (most: number) =>
  z
    .string()
    .transform((text) => text.replace(/(?![\n\t])\p{Cc}/gu, "").trim())
    .refine((text) => text.length <= most && /[\p{L}\p{N}\p{P}\p{S}]/u.test(text))
/** As much as the composer takes, and an SMS of several segments carries. */
const MESSAGE = 1500
const key = z.string().regex(/^[\w:.-]{1,100}$/)
const record = z.object({ categories: z.record(words(60), z.array(words(60)).max(60)), summary: z.string().max(2000) })
const day = z.iso.date()
const MOST_DAYS = 366

/**
 * The desk's routes, with the roles that may enter. What a person may do with a chat hangs on whose it is, too, and that
 * is the desk's own to say.
 * @param stillIn whether a session is still good: a stream ends with its session
 */
export function deskRoutes(desk: DeskService, content: DeskContent, stillIn: (headers: Headers) => Promise<boolean>): readonly Route[] {
  const of = (act: (staff: string, id: string) => Promise<Refused | undefined>, path: string, who: typeof DESK | typeof SUPERVISOR = DESK) =>
    post(`chats/:id/${path}`, who, nothing, async ({ signed, params }) => done(await act(signed.id, idIn(params["id"]))))
  return [
    get("desk", DESK, async ({ signed }) => ({ json: await desk.view(signed.id) })),
    get("events", DESK, ({ signed, headers, gone }) => streamFor(desk, signed.id, () => stillIn(headers), gone)),
    get("chats/:id", DESK, async ({ signed, params, query }) => {
      const chat = await desk.chat(signed.id, idIn(params["id"]), Number(/^\d{1,9}$/.exec(query.get("after") ?? "")?.[0] ?? 0))
      return typeof chat === "string" ? refused(chat) : { json: chat }
    }),
    of(desk.claim, "claim"),
    of(desk.release, "release"),
    of(desk.accept, "accept"),
    of(desk.refuse, "refuse"),
    of(desk.takeOver, "takeover", SUPERVISOR),
    post("chats/:id/messages", DESK, z.object({ text: words(MESSAGE), key }), async ({ signed, params, body }) =>
      done(await desk.write(signed.id, idIn(params["id"]), body.text, body.key)),
    ),
    post("chats/:id/messages/:line/retry", DESK, nothing, async ({ signed, params }) => done(await desk.retry(signed.id, idIn(params["id"]), params["line"] ?? ""))),
    post("chats/:id/notes", DESK, z.object({ text: words(4000) }), async ({ signed, params, body }) => done(await desk.note(signed.id, idIn(params["id"]), body.text))),
    post("chats/:id/transfer", DESK, z.object({ to: z.union([z.uuid(), z.enum(["queue", "supervisor"])]) }), async ({ signed, params, body }) =>
      done(await desk.transfer(signed.id, idIn(params["id"]), body.to)),
    ),
    post("chats/:id/end", DESK, z.object({ why: z.enum(["helped", "referred", "silent", "wrong", "other"]) }), async ({ signed, params, body }) =>
      done(await desk.end(signed.id, idIn(params["id"]), body.why)),
    ),
    post(
      "chats/:id/block",
      DESK,
      z.object({ reason: z.enum(["abuse", "threats", "sexual", "spam", "other"]), hours: z.int().min(1).max(2160) }),
      async ({ signed, params, body }) => done(await desk.block(signed.id, idIn(params["id"]), body.reason, body.hours)),
    ),
    get("blocks", SUPERVISOR, async () => ({ json: await desk.blocks() })),
    post("blocks/:id/lift", SUPERVISOR, nothing, async ({ signed, params }) => done(await desk.unblock(signed.id, idIn(params["id"])))),
    post("chats/:id/record", DESK, record, async ({ signed, params, body }) => done(await desk.record(signed.id, idIn(params["id"]), body))),
    post("chats/:id/unmask", SUPERVISOR, z.object({ reason: words(300) }), async ({ signed, params, body }) => {
      const told = await desk.unmask(signed.id, idIn(params["id"]), body.reason)
      return typeof told === "string" ? refused(told) : { json: { ok: true, ...told } }
    }),
    post("me/presence", DESK, z.object({ presence: z.enum(["available", "break", "away"]) }), async ({ signed, body }) => {
      await desk.presence(signed.id, body.presence)
      return { json: { ok: true } }
    }),
    post("me/debriefed", DESK, nothing, async ({ signed }) => {
      await desk.debriefed(signed.id)
      return { json: { ok: true } }
    }),
    post("closing", SUPERVISOR, z.object({ reason: z.enum(["capacity", "holiday", "emergency", "other"]), until: z.iso.datetime() }), async ({ signed, body }) => {
      await desk.close(signed.id, body)
      return { json: { ok: true } }
    }),
    post("closing/end", SUPERVISOR, nothing, async ({ signed }) => {
      await desk.reopen(signed.id)
      return { json: { ok: true } }
    }),
    get("canned", DESK, ({ query }) => ({ json: content.canned(languageIn(query)) })),
    get("taxonomy", DESK, ({ query }) => ({ json: content.taxonomy(languageIn(query)) })),
    get("preview-words", DESK, ({ query }) => ({ json: { words: content.previewWords(languageIn(query)) } })),
    get("numbers", OVERVIEW, async ({ query }) => {
      const period = periodOf(query)
      return period === undefined ? { json: { ok: false, why: "unreadable" }, status: 400 } : { json: await desk.numbers(period.from, period.to) }
    }),
    get("numbers.csv", OVERVIEW, async ({ query }) => {
      const period = periodOf(query)
      if (period === undefined) return { json: { ok: false, why: "unreadable" }, status: 400 }
      const name = `hamraaz-numbers-${period.from}-${period.to}.csv`
      return new Response(csvOf(await desk.numbers(period.from, period.to)), {
        headers: { "content-type": "text/csv; charset=utf-8", "content-disposition": `attachment; filename="${name}"` },
      })
    }),
  ]
}

function done(refusal: Refused | undefined): Answer {
  return refusal === undefined ? { json: { ok: true } } : refused(refusal)
}

function refused(why: Refused): Answer {
  return { json: { ok: false, why }, status: why === "gone" ? 404 : why === "unreadable" ? 400 : 409 }
}

/** The days that are asked for, in order and not too many. */
function periodOf(query: URLSearchParams): { readonly from: string; readonly to: string } | undefined {
  const [from, to] = [day.safeParse(query.get("from")), day.safeParse(query.get("to"))]
  if (!from.success || !to.success || to.data < from.data) return undefined
  return (Date.parse(to.data) - Date.parse(from.data)) / 86_400_000 < MOST_DAYS ? { from: from.data, to: to.data } : undefined
}
