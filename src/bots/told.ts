/** A provider's code as it may be stored and logged. What doesn't look like a code may be somebody's words. */
export function readableCode(code: unknown): string {
  const text = typeof code === "string" || typeof code === "number" ? String(code) : ""
  return /^[\w.-]{1,40}$/.test(text) ? text : "unreadable"
}

const HOUR_S = 3600

/** How long a provider asks us to wait, in milliseconds: an hour at most, a second when it can't be told. */
export function waitOf(seconds: unknown): number {
  return (typeof seconds === "number" && Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), HOUR_S) : 1) * 1000
}
