import { z } from "zod"
import { codingShape } from "../../helpline/coding.ts"
import type { ReportDesk, ReportRefused, Unknown } from "../../helpline/report-view.ts"
import { language, type Language } from "../../helpline/language.ts"
import { idIn } from "./account-routes.ts"
import { languageIn } from "./desk-routes.ts"
import type { ReportFrame } from "./report-frame.ts"
import { get, post, type Answer, type Route } from "./router.ts"

const OFFICER = ["officer"] as const

const nothing = z.object({})
/** Something to read: one sign that can be seen, and nothing that controls a terminal or a database. */
const words = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => text.replace(/(?![\n\t])\p{Cc}/gu, "").trim())
    .refine((text) => /[\p{L}\p{N}]/u.test(text))
const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(60)
/** An age file in base64. What is sealed is padded to 21,504 bytes at most (`vault/seal.ts`); each key adds about a hundred. */
const sealed = z.base64().min(100).max(200_000)
const recipient = z.string().regex(/^age1[a-z0-9]{10,3000}$/)
const story = z.strictObject({
  text: words(6000),
  language,
  province: id,
  /** A year, or a season of one. Nothing nearer has a place. */
  when: z.string().regex(/^(\d{4}(-(spring|summer|autumn|winter))?|not-said)$/),
})

/**
 * The report officers' routes. What goes over them is sealed, or coded, or written by an officer: nothing here can open a
 * report, and no key that could ever arrives.
 */
export function reportRoutes(desk: ReportDesk, frame: (language: Language) => ReportFrame): readonly Route[] {
  const of = <B>(path: string, body: z.ZodType<B>, act: (staff: string, report: string, body: B) => Promise<ReportRefused | Unknown | undefined>) =>
    post(`reports/:id/${path}`, OFFICER, body, async ({ signed, params, body }) => done(await act(signed.id, idIn(params["id"]), body)))
  return [
    get("reports", OFFICER, async ({ signed, query }) => ({
      json: await desk.inbox(signed.id, {
        after: z.string().max(200).safeParse(query.get("after")).data,
        status: z.enum(["new", "coded", "withdrawn", "expired"]).safeParse(query.get("status")).data,
      }),
    })),
    get("report-frame", OFFICER, ({ query }) => ({ json: frame(languageIn(query)) })),
    get("report-keys", OFFICER, async ({ signed }) => ({ json: await desk.keys(signed.id) })),
    post("report-keys", OFFICER, z.strictObject({ recipient }), async ({ signed, body }) => done(await desk.setKey(signed.id, body.recipient))),
    post("report-keys/:id/retire", OFFICER, nothing, async ({ signed, params }) => done(await desk.retireKey(signed.id, idIn(params["id"])))),
    get("reports/:id", OFFICER, async ({ signed, params }) => {
      const report = await desk.report(signed.id, idIn(params["id"]))
      return typeof report === "string" ? done(report) : { json: report }
    }),
    of(
      "reseal",
      z.strictObject({ seal: z.string().min(1).max(200), sealed, additions: z.array(z.strictObject({ id: z.uuid(), sealed })).max(200) }),
      (staff, report, { seal, sealed, additions }) => desk.reseal(staff, report, seal, sealed, additions),
    ),
    of("code", z.strictObject({ coding: codingShape }), (staff, report, { coding }) => desk.code(staff, report, coding)),
    of("answer", z.strictObject({ text: words(1500) }), (staff, report, { text }) => desk.answer(staff, report, text)),
    of("extend", z.strictObject({ reason: z.enum(["asked-for", "under-way", "other"]) }), (staff, report, { reason }) => desk.extend(staff, report, reason)),
    of("erase", z.strictObject({ reason: z.enum(["asked-for", "twice", "no-report", "tells-too-much", "other"]) }), (staff, report, { reason }) =>
      desk.erase(staff, report, reason),
    ),
    of("story", z.strictObject({ story }), (staff, report, { story }) => desk.story(staff, report, story)),
    of("story/review", z.strictObject({ agrees: z.boolean() }), (staff, report, { agrees }) => desk.reviewStory(staff, report, agrees)),
    of("story/publish", nothing, (staff, report) => desk.publishStory(staff, report)),
    of("exported", z.strictObject({ recipient }), (staff, report, { recipient }) => desk.exported(staff, report, recipient)),
  ]
}

function done(refusal: ReportRefused | Unknown | undefined): Answer {
  if (refusal === undefined) return { json: { ok: true } }
  if (typeof refusal === "object") return { json: { ok: false, why: "unreadable", field: refusal.unknown }, status: 400 }
  return { json: { ok: false, why: refusal }, status: refusal === "gone" ? 404 : refusal === "unreadable" || refusal === "not-a-key" ? 400 : 409 }
}
