import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { randomUUID } from "node:crypto"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { twilioChannels } from "../../src/bots/twilio.ts"
import type { Channel, Outgoing } from "../../src/helpline/channel.ts"
import { createLog } from "../../src/log.ts"
import { closeDoors } from "../support/doors.ts"
import { ACCOUNT, openTwilio, PUBLIC_URL, SMS_FROM, TOKEN, WHATSAPP_FROM, type Twilio } from "../support/twilio.ts"

let provider: Twilio
let lines: string[]
beforeEach(async () => {
  provider = await openTwilio()
  lines = []
})
afterEach(() => provider.close())

const SERVICE = `MG${"0b".repeat(16)}`
const settings = (service?: string) => ({
  accountSid: ACCOUNT,
  authToken: TOKEN,
  smsFrom: SMS_FROM,
  messagingServiceSid: service,
  whatsappFrom: WHATSAPP_FROM,
  apiRoot: provider.url,
  smsSegmentsPerSecond: 100,
  whatsappPerSecond: 100,
})
const parts = (service?: string) => ({ settings: settings(service), publicUrl: PUBLIC_URL, log: createLog((line) => lines.push(line)) })
function channel(name: "sms" | "whatsapp", service?: string): Channel {
  const found = twilioChannels(parts(service)).find((one) => one.name === name)
  if (found === undefined) throw new Error(`no ${name}`)
  return found
}
const outgoing = (more: Partial<Outgoing> = {}): Outgoing => ({
  id: randomUUID(),
  conversationId: "1",
  address: "+923005550001",
  language: "en",
  rendered: { text: "hello", choices: [], numbered: true },
  ...more,
})
const question = () =>
  outgoing({
    address: "whatsapp:+923005550001",
    rendered: {
      text: "Is this a good moment?",
      numbered: false,
      choices: [
        { id: "yes", label: "Yes" },
        { id: "no", label: "No" },
      ],
    },
  })
const HTML = "<html><title>Not Found</title></html>"

describe("what Twilio answers to a send is read with care", () => {
  for (const [title, trick, fate] of [
    ["200 with an empty object", { status: 200, body: "{}" }, "unknown"],
    ["201 with a list", { status: 201, body: "[]" }, "unknown"],
    ["201 with a name that is none of Twilio's", { status: 201, body: '{"sid":"he is here"}' }, "unknown"],
    ["201 with nothing", { status: 201, body: "" }, "unknown"],
    ["204", { status: 204, body: "" }, "unknown"],
    ["a page that isn't there", { status: 404, body: HTML }, "unknown"],
    ["a page that says bad request", { status: 400, body: HTML }, "unknown"],
    ["a request that took too long", { status: 408, body: "" }, "unknown"],
    ["a request that took too long, as JSON", { status: 408, code: 20408 }, "unknown"],
    ["a redirect", { status: 302, body: "", headers: { location: "https://elsewhere.example/" } }, "unknown"],
    ["an account that isn't there", { status: 404, code: 20404 }, "retry"],
    ["a page that asks for a password", { status: 401, body: HTML }, "retry"],
    ["a page that says too many", { status: 429, body: HTML }, "retry"],
    ["an error without a number", { status: 400, body: '{"code":"To +923001234567 said: he is here","message":"he is here"}' }, "unknown"],
    ["a number that isn't a phone's", { status: 400, code: 21211 }, "refused"],
  ] as const) {
    test(`${title}: ${fate}`, async () => {
      for (const name of ["sms", "whatsapp"] as const) {
        provider.misbehave("send", trick)
        const sent = await channel(name).send(outgoing(name === "sms" ? {} : { address: "whatsapp:+923005550001" }))
        expect(sent).toMatchObject({ status: fate, code: expect.stringMatching(/^[\w.-]{1,40}$/) })
      }
    })
  }

  test("words in a code of the Content API are told to nobody", async () => {
    provider.misbehave("content", { status: 400, body: '{"code":"To +923001234567 said: he is here"}' })
    expect(await channel("whatsapp").send(question())).toMatchObject({ status: "sent" })
    expect(lines.join("")).toContain('"code":"unreadable"')
    expect(lines.join("")).not.toContain("he is here")
  })

  for (const body of ["{}", "[]", '{"sid":"x"}', "null"]) {
    test(`a content resource that is made as ${body} costs the buttons, not the answer`, async () => {
      provider.misbehave("content", { status: 200, body: '{"contents":[],"meta":{"key":"contents"}}' }, { status: 201, body })
      expect(await channel("whatsapp").send(question())).toMatchObject({ status: "sent" })
      expect(provider.sentTo(question().address)).toMatchObject([{ drawn: "text", text: "Is this a good moment?\n1 Yes\n2 No" }])
    })
  }
})

describe("a content resource that was removed at Twilio", () => {
  test("is made again, once, and the buttons are there", async () => {
    const whatsapp = channel("whatsapp")
    await whatsapp.send(question())
    provider.removeContents()
    const both = await Promise.all([whatsapp.send(question()), whatsapp.send(question())])
    expect(both).toMatchObject([{ status: "sent" }, { status: "sent" }])
    await whatsapp.send(question())
    expect(provider.sentTo(question().address).map(({ drawn }) => drawn)).toEqual(Array.from({ length: 4 }, () => "quick-reply"))
    expect(provider.contents).toHaveLength(1)
  })

  test("is made again although the list still shows it", async () => {
    const whatsapp = channel("whatsapp")
    await whatsapp.send(question())
    const stale = JSON.stringify({ contents: provider.contents, meta: { key: "contents" } })
    provider.removeContents()
    provider.misbehave("content", { status: 200, body: stale })
    expect(await whatsapp.send(question())).toMatchObject({ status: "sent" })
    provider.misbehave("content", { status: 200, body: stale })
    expect(await whatsapp.send(question())).toMatchObject({ status: "sent" })
    expect(provider.sentTo(question().address).map(({ drawn }) => drawn)).toEqual(["quick-reply", "quick-reply", "quick-reply"])
  })

  test("can't be made again: the choices come as numbered lines", async () => {
    const whatsapp = channel("whatsapp")
    await whatsapp.send(question())
    provider.removeContents()
    provider.misbehave("content", { status: 500 }, { status: 500 }, { status: 500 })
    expect(await whatsapp.send(question())).toMatchObject({ status: "sent" })
    expect(provider.sentTo(question().address).at(-1)).toMatchObject({ drawn: "text", text: "Is this a good moment?\n1 Yes\n2 No" })
  })

  test("is gone as soon as it is made: the choices come as numbered lines, and it isn't tried for ever", async () => {
    provider.misbehave("send", ...Array.from({ length: 2 }, () => ({ status: 400, code: 21655 })))
    const message = question()
    expect(await channel("whatsapp").send(message)).toMatchObject({ status: "sent" })
    expect(provider.sendsTo(message.address)).toBe(3)
    expect(provider.sentTo(message.address)).toMatchObject([{ drawn: "text" }])
  })
})

describe("a look-up where bodies are redacted", () => {
  const since = () => new Date(Date.now() - 5000)
  beforeEach(() => provider.redact())

  for (const [name, service] of [
    ["sms", undefined],
    ["sms", SERVICE],
    ["whatsapp", undefined],
  ] as const) {
    test(`finds a message that arrived on ${name}${service === undefined ? "" : " by a messaging service"}`, async () => {
      const out = channel(name, service)
      const message = name === "sms" ? outgoing() : question()
      provider.misbehave("send", "drop-after")
      expect(await out.send(message)).toMatchObject({ status: "unknown" })
      expect(await out.lookUp?.(message, since(), new Set())).toEqual({ found: true, providerId: provider.sentTo(message.address)[0]?.sid })
    })
  }

  test("finds one whose number is hidden too", async () => {
    provider.redact({ numbers: true })
    const out = channel("sms")
    const message = outgoing()
    await out.send(message)
    expect(await out.lookUp?.(message, since(), new Set())).toMatchObject({ found: true })
  })

  test("doesn't take for it what is known, failed, older, from another sender, to another person or hers", async () => {
    const out = channel("sms")
    const message = outgoing()
    const looked = async (taken: readonly string[] = [], from = since()) => (await out.lookUp?.(message, from, new Set(taken)))?.found
    expect(await looked()).toBe(false)
    const sent = await out.send(message)
    const sid = sent.status === "sent" ? (sent.providerId ?? "") : ""
    expect(await looked()).toBe(true)
    expect(await looked([sid])).toBe(false)
    expect(await looked([], new Date(Date.now() + 5000))).toBe(false)
    for (const status of ["failed", "undelivered", "canceled"]) {
      provider.become(sid, status)
      expect(await looked(), status).toBe(false)
    }
    for (const status of ["accepted", "queued", "sending", "sent", "delivered", "read"]) {
      provider.become(sid, status)
      expect(await looked(), status).toBe(true)
    }
    provider.become(sid, "failed")
    await channel("sms", SERVICE).send(message)
    expect(await looked()).toBe(false)
    await out.send(outgoing({ address: "+923005550002" }))
    expect(await looked()).toBe(false)
  })
})

test("a provider that lets bytes trickle is left after ten seconds", async () => {
  const server = createServer((_, response) => {
    response.writeHead(201).write("{")
    const timer = setInterval(() => response.write(" "), 500)
    response.on("close", () => clearInterval(timer))
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const own = { ...parts(), settings: { ...settings(), apiRoot: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } }
  const began = performance.now()
  expect(await twilioChannels(own)[0]?.send(outgoing())).toEqual({ status: "unknown", code: "timed-out" })
  expect(performance.now() - began).toBeLessThan(12_000)
  await closeDoors(server)
}, 20_000)
