import type { Coding, EraseReason, ExtendReason, Inbox, OfficerKey, SealedReport, Story } from "../../../../helpline/report-view.ts"
import type { ReportFrame } from "../../report-frame.ts"
import { post, read } from "../api.ts"

/** What is sent with a re-sealing: the same report and its additions, sealed to every key. */
export type Resealed = { readonly seal: string; readonly sealed: string; readonly additions: readonly { readonly id: string; readonly sealed: string }[] }

const of = (id: string, act: string) => `reports/${encodeURIComponent(id)}/${act}`

/** A page of the inbox; `after` goes on after the page before. */
export const inbox = (page: { readonly after?: string | undefined; readonly status?: string | undefined }) =>
  read<Inbox>(`reports?${new URLSearchParams(Object.entries(page).filter((entry): entry is [string, string] => entry[1] !== undefined))}`)
/** A report, still sealed. */
export const report = (id: string) => read<SealedReport>(`reports/${encodeURIComponent(id)}`)
/** What a report is coded to, in the language of the page. */
export const frame = (language: string) => read<ReportFrame>(`report-frame?${new URLSearchParams({ language })}`)
/** Every officer's key: the half that may be shown. */
export const keys = () => read<readonly OfficerKey[]>("report-keys")
/** From now on reports are sealed to this one for me. */
export const setKey = (recipient: string) => post("report-keys", { recipient })
/** Nothing new is sealed to it any more. */
export const retireKey = (id: string) => post(`report-keys/${encodeURIComponent(id)}/retire`, {})
export const reseal = (id: string, resealed: Resealed) => post(of(id, "reseal"), resealed)
export const code = (id: string, coding: Coding) => post(of(id, "code"), { coding })
export const answer = (id: string, text: string) => post(of(id, "answer"), { text })
export const extend = (id: string, reason: ExtendReason) => post(of(id, "extend"), { reason })
export const erase = (id: string, reason: EraseReason) => post(of(id, "erase"), { reason })
export const story = (id: string, story: Pick<Story, "text" | "language" | "province" | "when">) => post(of(id, "story"), { story })
export const reviewStory = (id: string, agrees: boolean) => post(of(id, "story/review"), { agrees })
export const publishStory = (id: string) => post(of(id, "story/publish"), {})
/** Has it written down that a report leaves, sealed to somebody else. */
export const exported = (id: string, recipient: string) => post(of(id, "exported"), { recipient })
