import { randomUUID } from "node:crypto"
import type { Server } from "node:http"
import type { AddressInfo } from "node:net"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import twilio from "twilio"
import { twilioMessageDoor, twilioStatusDoor } from "../../src/bots/twilio.ts"
import { createLog } from "../../src/log.ts"
import { closeDoors, openDoors } from "../support/doors.ts"
import { ACCOUNT, freshSid, PUBLIC_URL, SMS_FROM, TOKEN } from "../support/twilio.ts"

/** Nothing is sent here, so there is no provider. */
const settings = {
  accountSid: ACCOUNT,
  authToken: TOKEN,
  smsFrom: SMS_FROM,
  messagingServiceSid: undefined,
  whatsappFrom: undefined,
  apiRoot: undefined,
  smsSegmentsPerSecond: 100,
  whatsappPerSecond: 100,
}
const parts = { settings, publicUrl: PUBLIC_URL, log: createLog(() => {}) }

describe("a signature covers what a request says, not how it is cut", () => {
  let server: Server
  let taken: string[]
  let reported: object[]
  beforeEach(async () => {
    taken = []
    reported = []
    const receive = async ({ deliveryId }: { readonly deliveryId: string }) => {
      taken.push(deliveryId)
      return "taken" as const
    }
    const report = async (_: string, told: object) => {
      reported.push(told)
      return true
    }
    server = await openDoors(
      new Map([
        ["POST /twilio/message", twilioMessageDoor({ ...parts, receive })],
        ["POST /twilio/status", twilioStatusDoor({ ...parts, receive, report })],
      ]),
    )
  })
  afterEach(() => closeDoors(server))

  /** Posts a form with the signature of another one, which says the same in other pieces; answers with the status. */
  async function post(path: string, fields: Readonly<Record<string, string>> | string, signed = fields as Readonly<Record<string, string>>): Promise<number> {
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "x-twilio-signature": twilio.getExpectedTwilioSignature(TOKEN, `${PUBLIC_URL}${path}`, signed),
      },
      body: typeof fields === "string" ? fields : new URLSearchParams(fields).toString(),
    })
    await response.arrayBuffer()
    return response.status
  }

  const STATUS = `/twilio/status?id=${randomUUID()}`
  const message = (sid: string) => ({ Body: "hi", From: "+923005550001", MessageSid: sid, NumMedia: "0", SmsSid: sid, To: SMS_FROM })
  const told = (sid: string) => ({ ErrorCode: "30003", MessageSid: sid, MessageStatus: "undelivered", SmsSid: sid, To: "+923005550001" })

  test("a request as it came is taken, with either name of a message", async () => {
    const sid = freshSid()
    const picture = `MM${sid.slice(2)}`
    for (const name of [sid, picture]) {
      expect(await post("/twilio/message", message(name))).toBe(200)
      expect(await post(STATUS, told(name))).toBe(200)
    }
    const { MessageSid: _, ...short } = message(sid)
    expect(await post("/twilio/message", short)).toBe(200)
    expect(taken).toEqual([sid, picture, sid])
    expect(reported).toMatchObject([{ providerId: sid }, { providerId: picture }])
  })

  test("the same in other pieces is turned away at both doors", async () => {
    const sid = freshSid()
    const whole = message(sid)
    const { NumMedia: _, ...rest } = whole
    expect(await post("/twilio/message", { ...rest, MessageSid: `${sid}NumMedia0` }, whole)).toBe(403)
    const { SmsSid: __, ...fewer } = rest
    expect(await post("/twilio/message", { ...fewer, MessageSid: `${sid}NumMedia0SmsSid${sid}` }, whole)).toBe(403)
    expect(await post("/twilio/message", { ...rest, MessageSid: sid.slice(0, -1), [`${sid.at(-1)}NumMedia`]: "0" }, whole)).toBe(403)
    const twice = new URLSearchParams(rest)
    twice.append("MessageSid", `${sid}NumMedia0`)
    twice.delete("MessageSid", sid)
    twice.append("MessageSid", "")
    expect(await post("/twilio/message", twice.toString(), whole)).toBe(403)
    const answering = { ...whole, OriginalRepliedMessageSid: freshSid() }
    const { MessageSid: ____, SmsSid: _____, NumMedia: ______, OriginalRepliedMessageSid: other, ...bare } = answering
    expect(await post("/twilio/message", { ...bare, From: `${whole.From}MessageSid${sid}NumMedia0OriginalReplied`, MessageSid: other, SmsSid: other }, answering)).toBe(403)
    expect(
      await post("/twilio/message", { Body: "hi", From: `${whole.From}MessageSid${sid}NumMedia0OriginalReplied`, MessageSid: other, [`SmsSid${sid}To`]: whole.To }, answering),
    ).toBe(403)
    const heard = told(sid)
    const { MessageStatus: ___, ...silent } = heard
    expect(await post(STATUS, { ...silent, MessageSid: `${sid}MessageStatusundelivered` }, heard)).toBe(403)
    expect([taken, reported]).toEqual([[], []])
  })

  test("two names that differ, and names that aren't Twilio's, are turned away at both doors", async () => {
    const sid = freshSid()
    for (const wrong of ["7", "", "SM", `${sid}0`, sid.toUpperCase(), `XX${sid.slice(2)}`, `${sid}\n`]) {
      expect(await post("/twilio/message", message(wrong)), wrong).toBeGreaterThanOrEqual(400)
      expect(await post(STATUS, told(wrong)), wrong).toBeGreaterThanOrEqual(400)
    }
    expect(await post("/twilio/message", { ...message(sid), SmsSid: freshSid() })).toBe(403)
    expect(await post(STATUS, { ...told(sid), SmsSid: freshSid() })).toBe(403)
    expect([taken, reported]).toEqual([[], []])
  })

  test("an error code that isn't one is called unreadable", async () => {
    expect(await post(STATUS, { ...told(freshSid()), ErrorCode: "To +923001234567 said: he is here" })).toBe(200)
    expect(await post(STATUS, { ...told(freshSid()), ErrorCode: "" })).toBe(200)
    expect(reported).toMatchObject([{ status: "refused", code: "unreadable" }, { status: "refused" }])
    expect(reported[1]).not.toHaveProperty("code")
  })
})
