import { z } from "zod"
import type { ReportDesk, ReportRefused } from "../../helpline/report-view.ts"
import { idIn } from "./account-routes.ts"
import type { ReportFrame } from "./report-frame.ts"
import { get, post, type Answer, type Route } from "./router.ts"

const OFFICER = ["officer"] as const
type Language = "en" | "ur" | "ur-Latn" | "es" | "fr"

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
const ids = z.array(id).max(60)
/** An age file in base64. A report is padded to 32 KiB at most; each key adds some two hundred bytes. */
const sealed = z.base64().min(100).max(200_000)
const recipient = z.string().regex(/^age1[a-z0-9]{10,3000}$/)
const coding = z.strictObject({
  about: id,
  acts: ids,
  platforms: ids,
  relation: id,
  harms: ids,
  actions: z.array(z.strictObject({ action: id, outcome: id })).max(60),
  country: z.union([z.string().regex(/^[A-Z]{2}$/), z.literal("not-said")]),
  province: id,
  district: id,
  age: id,
  gender: id,
})
const story = z.strictObject({
  text: words(6000),
  language: z.enum(["en", "ur", "ur-Latn", "es", "fr"]),
  province: id,
  /** A year, or a season of one. Nothing nearer has a place. */
  when: z.string().regex(/^(\d{4}(-(spring|summer|autumn|winter))?|not-said)$/),
})

/**
 * The report officers' routes. What goes over them is sealed, or coded, or written by an officer: nothing here can open a
 * report, and no key that could ever arrives.
 */
export function reportRoutes(desk: ReportDesk, frame: (language: Language) => ReportFrame): readonly Route[] {
  const of = <B>(path: string, body: z.ZodType<B>, act: (staff: string, report: string, body: B) => Promise<ReportRefused | undefined>) =>
    post(`reports/:id/${path}`, OFFICER, body, async ({ signed, params, body }) => done(await act(signed.id, idIn(params["id"]), body)))
  return [
    get("reports", OFFICER, async ({ signed, query }) => ({
      json: await desk.inbox(signed.id, {
        after: z.string().max(200).safeParse(query.get("after")).data,
        status: z.enum(["new", "coded", "withdrawn", "expired"]).safeParse(query.get("status")).data,
      }),
    })),
    get("report-frame", OFFICER, ({ query }) => ({ json: frame(z.enum(["en", "ur", "ur-Latn", "es", "fr"]).safeParse(query.get("language")).data ?? "en") })),
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
    of("code", z.strictObject({ coding }), (staff, report, { coding }) => desk.code(staff, report, coding)),
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

function done(refusal: ReportRefused | undefined): Answer {
  if (refusal === undefined) return { json: { ok: true } }
  return { json: { ok: false, why: refusal }, status: refusal === "gone" ? 404 : refusal === "unreadable" || refusal === "not-a-key" ? 400 : 409 }
}
