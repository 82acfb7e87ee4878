import type { CampaignFigures } from "../../../../helpline/campaign-figures.ts"
import type { Moderation, Shown, Waiting } from "../../../../helpline/contribution-view.ts"
import type { ModerationFrame, NamedCampaign } from "../../../../helpline/moderation-frame.ts"
import { fileAt, post, read } from "../api.ts"

export type { CampaignFigures, Shown, Waiting }
export type FigureRow = CampaignFigures["byDay"][number]
export type Reason = Parameters<Moderation["decline"]>[2]
export type Kind = Waiting["kind"]
export type Spoken = Waiting["language"]
export type Frame = Omit<ModerationFrame, "told">
export type Campaign = NamedCampaign & { readonly state: "running" | "paused" | "stopped" }

/** Which contributions are asked for; what is empty doesn't matter. */
export type Wanted = { readonly campaign: string; readonly kind: string; readonly language: string }

const asked = (wanted: Wanted) => new URLSearchParams(Object.entries(wanted).filter(([, value]) => value !== ""))

/** What waits, the oldest first. */
export const waiting = (wanted: Wanted) => read<readonly Waiting[]>(`moderation?${asked(wanted)}`)
/** What everybody sees, the newest first. */
export const shown = (wanted: Wanted) => read<readonly Shown[]>(`moderation/shown?${asked(wanted)}`)
export const frame = () => read<Frame>("moderation/frame")
/** What a giver would read, for each reason. */
export const told = (language: Spoken, kind: Kind) => read<Readonly<Record<Reason, string>>>(`moderation/told?${new URLSearchParams({ language, kind })}`)

const ofOne = (id: string, act: string, body: object = {}) => post(`moderation/${encodeURIComponent(id)}/${act}`, body)
/** A picture needs a description in words. */
export const publish = (id: string, described?: string) => ofOne(id, "publish", { described })
/** The address of a picture that waits or is shown. */
export const pictureAt = (id: string) => fileAt(`moderation/${encodeURIComponent(id)}/picture`)
export const decline = (id: string, why: Reason) => ofOne(id, "decline", { why })
export const propose = (id: string, text: string) => ofOne(id, "propose", { text })
export const takeDown = (id: string) => ofOne(id, "take-down")
export const mute = (id: string) => ofOne(id, "mute")

/** Every campaign, and how it is switched. */
export const campaigns = () => read<readonly Campaign[]>("campaigns")
export const figures = (id: string) => read<CampaignFigures>(`campaigns/${encodeURIComponent(id)}/figures`)
export const figuresFile = (id: string) => fileAt(`campaigns/${encodeURIComponent(id)}/figures.csv`)
export const lettersFile = (id: string, language: string) => fileAt(`campaigns/${encodeURIComponent(id)}/letters.pdf?${new URLSearchParams({ language })}`)
export const turn = (id: string, act: "pause" | "resume" | "stop") => post(`campaigns/${encodeURIComponent(id)}/${act}`, {})
