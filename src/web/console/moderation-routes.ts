import { z } from "zod"
import type { Moderation, ModerationRefused } from "../../helpline/contribution-view.ts"
import type { ModerationFrame } from "../../helpline/moderation-frame.ts"
import { idIn } from "./account-routes.ts"
import { get, post, type Answer, type Route } from "./router.ts"

const WHO = ["moderator"] as const
const nothing = z.strictObject({})
const kind = z.enum(["square", "letter", "demand", "strategy", "tip", "story"])
const language = z.enum(["en", "ur", "ur-Latn", "es", "fr"])
const reason = z.enum(["names", "unsafe", "hurts", "off-topic", "twice"])
const asked = z.object({ campaign: z.string().max(60).optional(), kind: kind.optional(), language: language.optional() })
/** Something to read, and nothing that controls a terminal or a database. No kind is longer; how long each may be, whoever keeps it knows. */
const words = z
  .string()
  .max(2000)
  .transform((text) => text.replace(/(?!\n)\p{Cc}/gu, "").trim())
  .refine((text) => /[\p{L}\p{N}]/u.test(text))

/** What moderators do with what people gave to campaigns. Nothing of a giver goes out but a made-up name. */
export function moderationRoutes(moderation: Moderation, { told, ...frame }: ModerationFrame): readonly Route[] {
  const act = <B>(name: string, body: z.ZodType<B>, does: (staffId: string, id: string, body: B) => Promise<ModerationRefused | undefined>): Route =>
    post(`moderation/:id/${name}`, WHO, body, async ({ signed, params, body: said }) => answered(await does(signed.id, idIn(params["id"]), said)))
  return [
    get("moderation", WHO, async ({ signed, query }) => {
      const wanted = asked.safeParse(Object.fromEntries(query))
      return wanted.success ? { json: await moderation.queue(signed.id, wanted.data) } : answered("unreadable")
    }),
    get("moderation/frame", WHO, () => ({ json: frame })),
    get("moderation/shown", WHO, async ({ query }) => {
      const wanted = asked.safeParse(Object.fromEntries(query))
      if (!wanted.success) return answered("unreadable")
      const { campaign, kind: one, language: spoken } = wanted.data
      const shown = await moderation.shown({ campaign, kinds: one && [one] })
      return { json: shown.filter((given) => spoken === undefined || given.language === spoken).slice(0, MOST_SHOWN) }
    }),
    get("moderation/told", WHO, ({ query }) => {
      const wanted = z.object({ language, kind }).safeParse(Object.fromEntries(query))
      return wanted.success ? { json: told(wanted.data.language, wanted.data.kind) } : answered("unreadable")
    }),
    get("moderation/:id/picture", WHO, async ({ params }) => {
      const png = await moderation.picture(idIn(params["id"]))
      return png === undefined ? answered("gone") : new Response(Uint8Array.from(png), { headers: { "content-type": "image/png", "cache-control": "no-store" } })
    }),
    act("publish", z.strictObject({ described: words.optional() }), (staffId, id, { described }) => moderation.publish(staffId, id, described)),
    act("decline", z.strictObject({ why: reason }), (staffId, id, { why }) => moderation.decline(staffId, id, why)),
    act("propose", z.strictObject({ text: words }), (staffId, id, { text }) => moderation.propose(staffId, id, text)),
    act("take-down", nothing, (staffId, id) => moderation.takeDown(staffId, id)),
    act("mute", nothing, (staffId, id) => moderation.mute(staffId, id)),
  ]
}

/** A page that somebody reads. */
const MOST_SHOWN = 300

function answered(why: ModerationRefused | undefined): Answer {
  if (why === undefined) return { json: { ok: true } }
  return { json: { ok: false, why }, status: why === "gone" ? 404 : why === "unreadable" || why === "too-long" || why === "undescribed" ? 400 : 409 }
}
