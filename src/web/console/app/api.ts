import type { BlockReason, BlockView, Canned, CaseRecord, Chat, Closing, Desk, EndReason, Numbers, Presence, Refused, Role, Taxonomy } from "../../../helpline/desk-view.ts"
import type { ModerationRefused } from "../../../helpline/contribution-view.ts"
import type { ReportRefused } from "../../../helpline/report-view.ts"

/** Why something was not done: what the house said, or that it could not be asked. */
export type Why = Refused | ReportRefused | ModerationRefused | "keeps-nothing" | "unreachable" | "signed-out" | "refused" | "last-admin" | "alias-taken"
/** What became of an act. `unreachable` leaves open whether it was done. */
export type Outcome<T = object> = ({ readonly ok: true } & T) | { readonly ok: false; readonly why: Why }

/** An account as its owner sees it, and the time zone in which its house counts days. */
export type Myself = { readonly id: string; readonly alias: string; readonly roles: readonly Role[]; readonly timeZone: string }

const ROOT = "/console/api/"
const PATIENCE_MS = 15_000

/** What the lists show. */
export const desk = () => read<Desk>("desk")
/** A chat with its lines after a number; asking as its owner marks it as read. */
export const chat = (id: string, after: number) => read<Chat>(`chats/${encodeURIComponent(id)}?after=${after}`)
/** Prepared replies in a language. */
export const canned = (language: string) => read<readonly Canned[]>(`canned?${new URLSearchParams({ language })}`)
/** What a case can be counted as, in the language of the page. */
export const taxonomy = (language: string) => read<Taxonomy>(`taxonomy?${new URLSearchParams({ language })}`)
/** Words that mustn't stand where a locked screen shows them. */
export const previewWords = (language: string) => read<{ readonly words: readonly string[] }>(`preview-words?${new URLSearchParams({ language })}`)
/** Counts of some days, both included. */
export const numbers = (from: string, to: string) => read<Numbers>(`numbers?${new URLSearchParams({ from, to })}`)
/** The same rows as a file. */
export const numbersFile = (from: string, to: string) => fileAt(`numbers.csv?${new URLSearchParams({ from, to })}`)
/** Who is kept out of the line. */
export const blocks = () => read<readonly BlockView[]>("blocks")
/** Who I am; answers those too who have no desk. */
export const me = () => read<Myself>("me")
/** The stream that says when to ask again. */
export const events = () => new EventSource(`${ROOT}events`)

const ofChat =
  (act: string) =>
  (id: string, body: object = {}) =>
    post(`chats/${encodeURIComponent(id)}/${act}`, body)

export const claim = ofChat("claim")
export const accept = ofChat("accept")
export const refuse = ofChat("refuse")
export const takeOver = ofChat("takeover")
/** Says something to her. The same key twice is one message. */
export const say = (id: string, text: string, key: string) => ofChat("messages")(id, { text, key })
/** Sends again a line that failed. */
export const retry = (id: string, line: string) => ofChat(`messages/${encodeURIComponent(line)}/retry`)(id)
/** Writes a note that she never sees. */
export const note = (id: string, text: string) => ofChat("notes")(id, { text })
/** Offers the chat to a colleague, or to whichever supervisor is there (`supervisor`). */
export const transfer = (id: string, to: string) => ofChat("transfer")(id, { to })
/** Gives the chat back to the queue. */
export const release = ofChat("release")
export const end = (id: string, why: EndReason) => ofChat("end")(id, { why })
export const block = (id: string, reason: BlockReason, hours: number) => ofChat("block")(id, { reason, hours })
/** Lets somebody ask for a person again. */
export const liftBlock = (id: string) => post(`blocks/${encodeURIComponent(id)}/lift`, {})
export const keepRecord = (id: string, record: CaseRecord) => ofChat("record")(id, record)
/** Asks for the address behind a made-up name; the house writes down who asked and why. */
export const unmask = (id: string, reason: string) => post<{ readonly address: string }>(`chats/${encodeURIComponent(id)}/unmask`, { reason })
export const setPresence = (presence: Presence) => post("me/presence", { presence })
export const debriefed = () => post("me/debriefed", {})
export const close = (reason: Closing["reason"], until: string) => post("closing", { reason, until })
export const reopen = () => post("closing/end", {})

/** What was looked at. */
export type Read<T> = Outcome<{ readonly value: T }>

/** The address of something to be kept as a file. */
export function fileAt(path: string): string {
  return ROOT + path
}

/** Looks at something. */
export async function read<T>(path: string): Promise<Read<T>> {
  const answer = await ask(path, {})
  if (!answer.ok) return answer
  return { ok: true, value: answer.body as T }
}

/** Does something. */
export async function post<T = object>(path: string, body: object): Promise<Outcome<T>> {
  const answer = await ask(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })
  if (!answer.ok) return answer
  return { ok: true, ...(answer.body as T) }
}

async function ask(path: string, init: RequestInit): Promise<{ readonly ok: true; readonly body: unknown } | { readonly ok: false; readonly why: Why }> {
  let response: Response
  try {
    response = await fetch(ROOT + path, { ...init, cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE_MS) })
    if (response.ok) return { ok: true, body: await response.json() }
  } catch {
    return { ok: false, why: "unreachable" }
  }
  if (response.status >= 500) return { ok: false, why: "unreachable" }
  const said = (await response.json().catch(() => ({}))) as { why?: Refused | ReportRefused | ModerationRefused }
  return { ok: false, why: said.why ?? (response.status === 401 ? "signed-out" : response.status === 404 ? "gone" : "refused") }
}

/** Whether somebody is signed in here; `set-up`: by password only, with the second step still to be made. */
export const session = () => read<{ readonly state: "out" | "set-up" | "in" }>("session")

/** Why somebody is not let in, besides the house being out of reach. */
export type NotIn = Why | "wrong" | "link" | "name-taken" | "alias-taken" | "passkey" | "slow-down" | "unreadable"
export type Entry<T = object> = ({ readonly ok: true } & T) | { readonly ok: false; readonly why: NotIn }

const enter = <T = object>(path: string, body: object) => post<T>(path, body) as Promise<Entry<T>>

/** First step. `code`: the second one is asked for; `set-up`: it has to be made first. */
export const signIn = (userName: string, password: string) => enter<{ readonly next: "code" | "set-up" }>("sign-in", { userName, password })
/** Second step: six digits of the authenticator, or a recovery code. */
export const secondStep = (code: string) => enter(/^\d{6}$/.test(code) ? "sign-in/code" : "sign-in/recovery", { code })
export const passkeyQuestion = () => enter<{ readonly options: object }>("sign-in/passkey/options", {})
export const byPasskey = (response: object) => enter("sign-in/passkey", { response })
export const signOut = () => post("sign-out", {})
/** What a link is for. */
export const openLink = (token: string) => enter<{ readonly kind: "first" | "invitation" | "reset" }>("link", { token })
/** Uses a link up and makes the account; it is signed in by password then, with the second step still to be set up. */
export const join = (token: string, userName: string, alias: string, password: string) =>
  enter<{ readonly next: "code" | "set-up" }>("link/join", { token, userName, alias, password })
/** Uses a link up and gives an account a new password. */
export const restart = (token: string, password: string) => enter<{ readonly next: "code" | "set-up" }>("link/restart", { token, password })
/** A secret for the authenticator, and the recovery codes; each is shown this once. */
export const beginTotp = (password: string) => enter<{ readonly uri: string; readonly recoveryCodes: readonly string[] }>("totp/begin", { password })
export const confirmTotp = (code: string) => enter("totp/confirm", { code })

export type Passkey = { readonly id: string; readonly name: string | null; readonly createdAt: string }
/** My passkeys. */
export const passkeys = () => read<readonly Passkey[]>("me/passkeys")
export const passkeyOptions = (password: string) => enter<{ readonly options: object }>("me/passkeys/options", { password })
export const addPasskey = (name: string, response: object) => enter("me/passkeys", { name, response })
export const removePasskey = (id: string) => enter(`me/passkeys/${encodeURIComponent(id)}/remove`, {})

/** What Slack calls the account that a link would connect. */
export const openSlackLink = (token: string) => post<{ readonly name: string }>("me/slack/opened", { token })
/** Says that this account of Slack is mine. */
export const connectSlack = (token: string) => post("me/slack", { token })
