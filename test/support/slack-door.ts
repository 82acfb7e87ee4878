import { createHmac } from "node:crypto"
import { SIGNING_SECRET } from "./slack.ts"

/** Brings a body to a house as Slack does. */
export async function bring(
  url: string,
  body: object | string,
  {
    secret = SIGNING_SECRET,
    at,
    retry,
    headers = {},
  }: { readonly secret?: string; readonly at: number; readonly retry?: number; readonly headers?: Readonly<Record<string, string>> },
): Promise<{ readonly status: number; readonly text: string; readonly ms: number }> {
  const button = typeof body === "object" && "actions" in body
  const text = typeof body === "string" ? body : button ? new URLSearchParams({ payload: JSON.stringify(body) }).toString() : JSON.stringify(body)
  const stamp = String(Math.floor(at / 1000))
  const begun = performance.now()
  const response = await fetch(`${url}/slack/events`, {
    method: "POST",
    body: text,
    headers: {
      "content-type": button ? "application/x-www-form-urlencoded" : "application/json",
      "x-slack-request-timestamp": stamp,
      "x-slack-signature": `v0=${createHmac("sha256", secret).update(`v0:${stamp}:${text}`).digest("hex")}`,
      ...(retry !== undefined && { "x-slack-retry-num": String(retry), "x-slack-retry-reason": "http_timeout" }),
      ...headers,
    },
  })
  return { status: response.status, text: await response.text(), ms: performance.now() - begun }
}
