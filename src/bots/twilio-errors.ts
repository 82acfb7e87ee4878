/** What to do about one of Twilio's error codes. `later` is worth another try; `opt-out` means she told her carrier STOP. */
export type Sorted = "later" | "refused" | "opt-out"

// Read in Twilio's error reference: 30001 queue overflow, 30003 unreachable (often for a while), 30008 unknown,
// 20429 too many requests, 63018 WhatsApp's rate limit.
const LATER = new Set(["30001", "30003", "30008", "20429", "63018"])
const OPT_OUT = new Set(["21610"])

/** Sorts an error. What isn't known is refused: repeating blindly costs her money and us the carrier's trust. */
export function sortError(code: string): Sorted {
  return LATER.has(code) ? "later" : OPT_OUT.has(code) ? "opt-out" : "refused"
}

/** Whether it is a name that Twilio gives to a message. */
export function isSid(sid: unknown): sid is string {
  return typeof sid === "string" && /^(SM|MM)[0-9a-f]{32}$/.test(sid)
}
