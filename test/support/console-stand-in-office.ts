import type { Numbers, Role } from "../../src/helpline/desk-view.ts"
import type { Person } from "./console-stand-in-desk.ts"

type Link = { readonly id: string; readonly kind: "invitation" | "reset"; readonly roles: readonly string[]; readonly staffId: string | null; readonly expiresAt: string }
type Deed = { readonly id: string; readonly at: string; readonly staffId: string; readonly what: string; readonly subjectId: string | null; readonly reason: string | null }
type Session = { readonly id: string; readonly createdAt: string; readonly updatedAt: string; readonly expiresAt: string; readonly userAgent: string | null }
type Refused = { readonly ok: false; readonly why: string }

/** So many deeds at once. */
const PAGE = 3

/** What admins and supervisors do beside the desk, in memory: staff, links, sessions, the audit, numbers. */
export class StandInOffice {
  readonly #staff: Person[]
  readonly links: Link[] = []
  readonly audit: Deed[] = []
  readonly sessions = new Map<string, Session[]>()
  /** What was counted; nothing when nobody asked. */
  counted: Partial<Numbers> = {}
  readonly previewWords: Readonly<Record<string, readonly string[]>> = { en: ["police", "safe house", "threat*"], ur: ["پولیس"] }
  timeZone = "Asia/Karachi"
  #count = 0

  constructor(staff: Person[]) {
    this.#staff = staff
    for (const { id } of staff) this.sessions.set(id, [])
  }

  /** Somebody is signed in somewhere. */
  signsIn(userName: string, userAgent: string): void {
    const at = new Date().toISOString()
    this.sessions.get(`staff-${userName}`)?.push({ id: `session-${++this.#count}`, createdAt: at, updatedAt: at, expiresAt: at, userAgent })
  }

  look(me: Person, path: string, query: URLSearchParams): object | undefined {
    if (path === "me") return { id: me.id, userName: me.userName, alias: me.alias, roles: me.roles, cap: me.cap, timeZone: this.timeZone }
    if (path === "preview-words") return { words: this.previewWords[query.get("language") ?? ""] ?? [] }
    if (path === "numbers") return may(me, "supervisor", "admin") ?? numbersOf(query.get("from") ?? "", query.get("to") ?? "", this.counted)
    const [room, id, what] = path.split("/")
    if (room !== "staff" && room !== "audit") return undefined
    const refused = may(me, "admin")
    if (refused !== undefined) return refused
    if (room === "audit") {
      const before = Number(query.get("before") ?? Number.POSITIVE_INFINITY)
      return this.audit.filter((deed) => Number(deed.id) < before).slice(0, PAGE)
    }
    if (id === undefined)
      return this.#staff.map(({ id, userName, alias, roles, cap, active, secondStep }) => ({
        id,
        userName,
        alias,
        roles,
        cap,
        active,
        secondStep,
        passkeys: 0,
        sessions: this.sessions.get(id)?.length ?? 0,
      }))
    if (id === "links") return this.links
    return what === "sessions" ? this.sessions.get(id) : undefined
  }

  act(me: Person, path: string, body: Readonly<Record<string, unknown>>): object | undefined {
    const [room, id = "", act = "", one, end] = path.split("/")
    if (room !== "staff") return undefined
    const refused = may(me, "admin")
    if (refused !== undefined) return refused
    if (id === "invite") return { ok: true, link: this.#link(me, "invitation", body["roles"] as string[], null) }
    if (id === "links") {
      const at = this.links.findIndex((link) => link.id === act)
      if (at < 0) return { ok: false, why: "gone" }
      this.links.splice(at, 1)
      return this.#done(me, "link-withdrawn", act)
    }
    const person = this.#staff.find((member) => member.id === id)
    if (person === undefined) return { ok: false, why: "gone" }
    const admins = this.#staff.filter(({ roles, active }) => active && roles.includes("admin"))
    const last = admins.length === 1 && admins[0] === person
    switch (act) {
      case "change":
        if (last && body["roles"] !== undefined && !(body["roles"] as Role[]).includes("admin")) return { ok: false, why: "last-admin" }
        if (this.#staff.some((other) => other !== person && other.alias === body["alias"])) return { ok: false, why: "alias-taken" }
        Object.assign(person, body)
        return this.#done(me, body["roles"] === undefined ? "staff-alias" : "staff-roles", id, (body["roles"] as string[] | undefined)?.join(" "))
      case "deactivate":
        if (last) return { ok: false, why: "last-admin" }
        person.active = false
        this.sessions.set(id, [])
        return this.#done(me, "staff-deactivated", id)
      case "activate":
        person.active = true
        return this.#done(me, "staff-activated", id)
      case "reset":
        person.secondStep = false
        this.#done(me, "staff-reset", id)
        return { ok: true, link: this.#link(me, "reset", [], id) }
      case "sessions": {
        const left = (this.sessions.get(id) ?? []).filter((session) => end === "end" && session.id !== one)
        this.sessions.set(id, left)
        return this.#done(me, "sessions-ended", id, "1")
      }
      default:
        return undefined
    }
  }

  #link(me: Person, kind: Link["kind"], roles: readonly string[], staffId: string | null): string {
    const id = `link-${++this.#count}`
    this.links.push({ id, kind, roles, staffId, expiresAt: new Date(Date.now() + 48 * 3_600_000).toISOString() })
    if (kind === "invitation") this.#done(me, "staff-invited", id, roles.join(" "))
    return `https://helpline.example/console/#/link/words-of-${id}`
  }

  #done(me: Person, what: string, subjectId: string, reason?: string): object {
    this.audit.unshift({ id: String(++this.#count), at: new Date().toISOString(), staffId: me.id, what, subjectId, reason: reason ?? null })
    return { ok: true }
  }
}

function may(me: Person, ...roles: readonly Role[]): Refused | undefined {
  return roles.some((role) => me.roles.includes(role)) ? undefined : { ok: false, why: "refused" }
}

function numbersOf(from: string, to: string, counted: Partial<Numbers>): Numbers {
  return {
    from,
    to,
    asked: 0,
    notPassedOn: 0,
    queued: 0,
    taken: 0,
    leftQueue: 0,
    nobodyCame: 0,
    wentSilent: 0,
    wait: { median: null, p90: null },
    byDay: [],
    byHour: [],
    byLanguage: [],
    byChannel: [],
    byCounsellor: [],
    endings: [],
    answers: { yes: 0, little: 0, no: 0 },
    ...counted,
  }
}

/** A busy week or more, for looking at. */
export function busyDays(days: number): Partial<Numbers> {
  const byDay = Array.from({ length: days }, (_, i) => {
    const asked = [9, 14, 6, 21, 11, 17, 4][i % 7] ?? 0
    return {
      day: new Date(Date.UTC(2026, 10, 1 + i)).toISOString().slice(0, 10),
      asked,
      taken: Math.floor(asked * 0.6),
      nobodyCame: Math.floor(asked * 0.1),
      leftQueue: Math.ceil(asked * 0.15),
    }
  })
  const sum = (of: "asked" | "taken" | "nobodyCame" | "leftQueue") => byDay.reduce((all, day) => all + day[of], 0)
  return {
    asked: sum("asked"),
    taken: sum("taken"),
    nobodyCame: sum("nobodyCame"),
    leftQueue: sum("leftQueue"),
    notPassedOn: 9,
    queued: sum("asked") - 9,
    wentSilent: 6,
    wait: { median: 140, p90: 1260 },
    byDay,
    byHour: Array.from({ length: 24 }, (_, hour) =>
      hour >= 2 && hour < 6
        ? { hour, queued: hour === 3 ? 2 : 0, median: null, p90: null }
        : { hour, queued: 6 + (hour % 5), median: 60 + hour * 12, p90: 400 + ((hour * 137) % 1500) },
    ),
    byLanguage: [
      { language: "ur", queued: 31, taken: 24, median: 130, p90: 900 },
      { language: "ur-Latn", queued: 22, taken: 15, median: 180, p90: 1300 },
      { language: "en", queued: 17, taken: 10, median: 45, p90: 700 },
      { language: "es", queued: 3, taken: 1, median: null, p90: null },
    ],
    byChannel: [
      { channel: "sms", queued: 40, taken: 28 },
      { channel: "whatsapp", queued: 21, taken: 15 },
      { channel: "telegram", queued: 12, taken: 7 },
    ],
    byCounsellor: [
      { alias: "Sana", taken: 20, hard: 6, minutes: 640 },
      { alias: "Noor", taken: 17, hard: 9, minutes: 811 },
      { alias: "Bilal", taken: 13, hard: 1, minutes: 380 },
    ],
    endings: [
      { why: "helped", count: 25 },
      { why: "referred", count: 12 },
      { why: "silent", count: 8 },
      { why: "left", count: 4 },
      { why: "other", count: 1 },
    ],
    answers: { yes: 14, little: 5, no: 2 },
  }
}
