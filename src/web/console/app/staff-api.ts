import type { Role } from "../../../helpline/desk-view.ts"
import type { StaffMember } from "../../../helpline/staff.ts"
import { post, read } from "./api.ts"

/** A person who works here, with how many devices and sessions they have. */
export type Member = StaffMember & { readonly passkeys: number; readonly sessions: number }
/** A link that nobody has used yet; its words are kept nowhere. */
export type OpenLink = {
  readonly id: string
  readonly kind: "first" | "invitation" | "reset"
  readonly roles: readonly string[]
  readonly staffId: string | null
  readonly expiresAt: string
}
/** Somebody signed in somewhere. */
export type Session = { readonly id: string; readonly createdAt: string; readonly updatedAt: string; readonly expiresAt: string; readonly userAgent: string | null }
/** What somebody did: ids and codes, no words of a chat. */
export type Deed = {
  readonly id: string
  readonly at: string
  readonly staffId: string | null
  readonly what: string
  readonly subjectId: string | null
  readonly reason: string | null
}
/** What an admin may change of an account. */
export type Change = { readonly roles?: readonly Role[]; readonly alias?: string; readonly cap?: number }

const of = (id: string, act: string) => `staff/${encodeURIComponent(id)}/${act}`

/** Everybody who works here or did. */
export const all = () => read<readonly Member[]>("staff")
/** Makes a one-time link for an account with these roles; told this once. */
export const invite = (roles: readonly Role[]) => post<{ readonly link: string }>("staff/invite", { roles })
/** Links that may still be used. */
export const links = () => read<readonly OpenLink[]>("staff/links")
/** Takes a link back. */
export const withdraw = (id: string) => post(`staff/links/${encodeURIComponent(id)}/withdraw`, {})
export const change = (id: string, change: Change) => post(of(id, "change"), change)
/** Lets somebody go: they are out at once. */
export const deactivate = (id: string) => post(of(id, "deactivate"), {})
export const activate = (id: string) => post(of(id, "activate"), {})
/** Takes password, codes and passkeys away; gives the link by which they begin anew, this once. */
export const reset = (id: string) => post<{ readonly link: string }>(of(id, "reset"), {})
/** Where somebody is signed in. */
export const sessions = (id: string) => read<readonly Session[]>(of(id, "sessions"))
export const endSession = (id: string, session: string) => post(of(id, `sessions/${encodeURIComponent(session)}/end`), {})
export const endSessions = (id: string) => post(of(id, "sessions/end"), {})
/** What was done last, the newest first; `before` goes on after the last row of the answer before. */
export const audit = (before: string | undefined) => read<readonly Deed[]>(before === undefined ? "audit" : `audit?${new URLSearchParams({ before })}`)
