import { Counter, Gauge, Registry } from "prom-client"

/**
 * Every event worth telling, one function each. A line tells ids and codes, never a word that a person wrote, an address
 * or a secret; a count has no identifier at all.
 */
export function createLog(write: (line: string) => void) {
  const registry = new Registry()
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Counter({ name: `hamraaz_${name}`, help, labelNames: [...labelNames], registers: [registry] })
  const tell = (event: string, facts: Readonly<Record<string, string | number | boolean | undefined>> = {}) =>
    write(`${JSON.stringify({ at: new Date().toISOString(), event, ...facts })}\n`)

  const turns = counter("turns_total", "Turns taken")
  const repeated = counter("deliveries_repeated_total", "Deliveries that had been taken before")
  const retaken = counter("turns_retaken_total", "Turns taken again because another process was first")
  const parked = counter("turns_parked_total", "Turns that threw")
  const sends = counter("sends_total", "Messages by what became of them", ["channel", "fate"])
  const sendsRepeated = counter("sends_repeated_total", "Messages sent again because the fate of the first was unknown", ["channel"])
  const rejected = counter("requests_rejected_total", "Requests turned away at the door", ["status"])
  const ignored = counter("updates_ignored_total", "Updates of a kind that is of no interest", ["channel"])
  const slowed = counter("sign_ins_slowed_total", "Tries at the staff's door that had to wait")
  const pictures = counter("pictures_failed_total", "Pictures that were let go of without having been fetched, or erased at their provider", ["channel", "what"])
  const slackFailures = counter("slack_failures_total", "What failed with Slack", ["what"])
  const unsealed = counter("reports_unsealed_total", "Filings that couldn't be sealed, and of which she was told so", ["code"])
  const erased = counter("rows_erased_total", "Rows erased by age", ["kind"])
  new Gauge({
    name: "hamraaz_resident_bytes",
    help: "Memory of the process",
    registers: [registry],
    collect() {
      this.set(process.memoryUsage.rss())
    },
  })

  return {
    registry,
    turnsTaken: (count: number) => turns.inc(count),
    deliveryRepeated: () => repeated.inc(),
    turnsRetaken: (count: number) => retaken.inc(count),
    turnParked(id: string, channel: string, code: string) {
      parked.inc()
      tell("turn-parked", { id, channel, code })
    },
    sent: (channel: string) => sends.inc({ channel, fate: "sent" }),
    notSent(id: string, channel: string, fate: "retry" | "refused" | "unknown", code: string) {
      sends.inc({ channel, fate })
      tell("not-sent", { id, channel, fate, code })
    },
    sendRepeated(id: string, channel: string) {
      sendsRepeated.inc({ channel })
      tell("send-repeated", { id, channel })
    },
    /** A provider refused buttons or the like, and the message left in a plainer shape. */
    shapedDown: (channel: string, code: string) => tell("shaped-down", { channel, code }),
    /** A picture couldn't be fetched, or its provider didn't erase it; `again`: it is tried again. Which one it was is nobody's business. */
    pictureFailed(what: "fetch" | "erase", channel: string, code: string, again: boolean) {
      if (!again) pictures.inc({ channel, what })
      tell("picture-failed", { what, channel, code, again })
    },
    contentGone: (id: string) => tell("content-unreadable", { id }),
    rejected(status: number, door: string) {
      rejected.inc({ status: String(status) })
      tell("request-rejected", { status, door })
    },
    signInSlowed: () => slowed.inc(),
    updateIgnored(channel: string, kind: string) {
      ignored.inc({ channel })
      tell("update-ignored", { channel, kind })
    },
    pollingFailed: (code: string) => tell("polling-failed", { code }),
    webhookSet: (done: boolean, code?: string) => tell("webhook-set", { done, code }),
    statusUnknown: (code: string) => tell("status-for-unknown-message", { code }),
    storeBroken: (code: string) => tell("store-connection-broken", { code }),
    databaseRestarted: (done: boolean, code?: string) => tell("database-restarted", { done, code }),
    /** A file of `content` that can't be used as it stands; what it says is the organisation's own. */
    contentProblem: (problem: string) => tell("content-problem", { problem }),
    /** Slack, or what we do there, failed; `what` is the name of a method or of a part of ours. */
    slackFailed(what: string, code: string) {
      slackFailures.inc({ what })
      tell("slack-failed", { what, code })
    },
    slackBack: () => tell("slack-back"),
    slackConnected: () => tell("slack-connected"),
    loopFailed: (loop: string, code: string) => tell("loop-failed", { loop, code }),
    /** Rows of the intake that no key of the keyring opens; they stay where they are. */
    intakeUnreadable: (rows: number) => tell("intake-unreadable", { rows }),
    /** No line: it would tell when somebody filed. */
    sealingFailed: (code: string) => unsealed.inc({ code }),
    swept(counts: Readonly<Record<string, number>>) {
      for (const [kind, count] of Object.entries(counts)) erased.inc({ kind }, count)
      tell("swept", counts)
    },
    forgotten: (atProvider: boolean) => tell("contact-forgotten", { atProvider }),
    started: (version: string) => tell("started", { version }),
    /** The house stands on a folder in which nothing is real. */
    demonstration: () => tell("demonstration", { real: false }),
    stopping: () => tell("stopping"),
  }
}

/** Where events are told. */
export type Log = ReturnType<typeof createLog>

/** A short name for what was thrown: a code where it has one, else its class. Never its message, which may quote a person. */
export function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return typeof error
  const { code, name } = error as { code?: unknown; name?: unknown }
  return typeof code === "string" || typeof code === "number" ? String(code) : typeof name === "string" ? name : "error"
}
