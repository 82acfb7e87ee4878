import { z } from "zod"
import type { CampaignDesk, SwitchRefused } from "../../helpline/campaign-desk.ts"
import { campaignCsv } from "./campaign-csv.ts"
import type { NamedCampaign } from "../../helpline/moderation-frame.ts"
import { get, post, type Answer, type Route } from "./router.ts"

const WHO = ["moderator", "admin"] as const
const nothing = z.strictObject({})
const spoken = z.enum(["en", "ur", "ur-Latn", "es", "fr"])

/** Letters to those who decide as a PDF, with its name; nothing of a campaign that isn't there. */
export type LettersFor = (campaign: string, language: z.infer<typeof spoken>) => Promise<{ readonly name: string; readonly pdf: Uint8Array } | undefined>

/** What organisers do with campaigns: see how they stand, pause them, resume them, and hand over letters. Only admins stop one: that is for good. */
export function campaignRoutes(desk: CampaignDesk, campaigns: readonly NamedCampaign[], lettersFor: LettersFor): readonly Route[] {
  const turn = (act: string, who: typeof WHO | readonly ["admin"], state: Parameters<CampaignDesk["turn"]>[2]) =>
    post(`campaigns/:id/${act}`, who, nothing, async ({ signed, params }) => answered(await desk.turn(signed.id, params["id"] ?? "", state)))
  return [
    get("campaigns", WHO, async () => {
      const states = await desk.states()
      return { json: campaigns.map((campaign) => ({ ...campaign, state: states[campaign.id] })) }
    }),
    get("campaigns/:id/figures", WHO, async ({ params }) => {
      const figures = await desk.figures(params["id"] ?? "")
      return figures === undefined ? answered("gone") : { json: figures }
    }),
    get("campaigns/:id/figures.csv", WHO, async ({ params }) => {
      const figures = await desk.figures(params["id"] ?? "")
      return figures === undefined ? answered("gone") : fileOf(campaignCsv(figures), "text/csv; charset=utf-8", `hamraaz-${params["id"]}.csv`)
    }),
    get("campaigns/:id/letters.pdf", WHO, async ({ params, query }) => {
      const wanted = spoken.safeParse(query.get("language"))
      if (!wanted.success) return { json: { ok: false, why: "unreadable" }, status: 400 }
      const letters = await lettersFor(params["id"] ?? "", wanted.data)
      return letters === undefined ? answered("gone") : fileOf(new Uint8Array(letters.pdf), "application/pdf", letters.name)
    }),
    turn("pause", WHO, "paused"),
    turn("resume", WHO, "running"),
    turn("stop", ["admin"], "stopped"),
  ]
}

function fileOf(body: string | Uint8Array<ArrayBuffer>, type: string, name: string): Response {
  return new Response(body, { headers: { "content-type": type, "content-disposition": `attachment; filename="${name}"` } })
}

function answered(why: SwitchRefused | undefined): Answer {
  return why === undefined ? { json: { ok: true } } : { json: { ok: false, why }, status: why === "gone" ? 404 : 409 }
}
