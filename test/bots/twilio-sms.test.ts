import { createHash } from "node:crypto"
import { request } from "node:http"
import { describe, expect, test } from "vitest"
import twilio from "twilio"
import { countSms } from "../../src/locales/sms.ts"
import { openAtTwilio } from "../support/at-twilio.ts"
import { freshSid, PUBLIC_URL, TOKEN } from "../support/twilio.ts"
import { comeDue, stored, twilioPerson } from "../support/twilio-person.ts"
import { knock } from "../support/knock.ts"
import { twilioContract } from "../support/twilio-contract.ts"

twilioContract("sms")

const { provider, house } = await openAtTwilio()

const person = (prefix?: string) => twilioPerson(provider, house, "sms", prefix)
const form = "application/x-www-form-urlencoded"
const sign = (path: string, params: Readonly<Record<string, string>> = {}) => twilio.getExpectedTwilioSignature(TOKEN, `${PUBLIC_URL}${path}`, params)

/** Does something that must leave no row of any kind. */
async function storesNothing(act: () => Promise<unknown>): Promise<void> {
  const before = await stored(house)
  await act()
  await house.settle()
  expect(await stored(house)).toEqual(before)
}

describe("only Twilio comes through the door", () => {
  const params = { From: "+923005550001", MessageSid: freshSid(), Body: "hi" }
  const body = new URLSearchParams(params).toString()

  test("the signature is taken over the public address, whatever host a proxy passed on", async () => {
    const she = person()
    const mine = { From: she.address, MessageSid: freshSid(), Body: "hi" }
    const over = (base: string) => ({
      "content-type": form,
      "x-forwarded-host": "other.example",
      "x-twilio-signature": twilio.getExpectedTwilioSignature(TOKEN, `${base}/twilio/message`, mine),
    })
    await storesNothing(async () => {
      expect(await knock(house, "/twilio/message", new URLSearchParams(mine).toString(), over(house.url))).toBe(403)
      expect(await knock(house, "/twilio/message", new URLSearchParams(mine).toString(), over("https://other.example"))).toBe(403)
    })
    expect(await knock(house, "/twilio/message", new URLSearchParams(mine).toString(), over(PUBLIC_URL))).toBe(200)
    await house.settle()
    expect(she.received()).toHaveLength(1)
  })

  test("a query string counts", async () => {
    const she = person()
    expect(await provider.inbound(house, she.address, { Body: "hi" }, { path: "/twilio/message?line=two&x=%20" })).toBe(200)
    await storesNothing(async () => {
      const headers = { "content-type": form, "x-twilio-signature": sign("/twilio/message?line=two", params) }
      expect(await knock(house, "/twilio/message?line=three", body, headers)).toBe(403)
      expect(await knock(house, "/twilio/message", body, headers)).toBe(403)
    })
  })

  test("parameters that nobody knew of are signed all the same", async () => {
    const she = person()
    expect(await provider.inbound(house, she.address, { Body: "hi", AThingOfTomorrow: "یہ نیا ہے", Empty: "" })).toBe(200)
    await storesNothing(async () => {
      const signature = sign("/twilio/message", params)
      expect(await knock(house, "/twilio/message", `${body}&Added=1`, { "content-type": form, "x-twilio-signature": signature })).toBe(403)
    })
  })

  test("a forged or missing signature is turned away at both doors and stores nothing", async () => {
    await storesNothing(async () => {
      for (const door of ["/twilio/message", "/twilio/status?id=00000000-0000-7000-a000-000000000000"]) {
        expect(await provider.post(house, door, params, { token: "another-token" })).toBe(403)
        expect(await knock(house, door, body, { "content-type": form })).toBe(403)
        expect(await knock(house, door, body, { "content-type": form, "x-twilio-signature": "" })).toBe(403)
        expect(await knock(house, door, body, { "content-type": form, "x-twilio-signature": `${sign(door, params)}=` })).toBe(403)
      }
    })
  })

  test("a JSON body is read when its digest stands in the signed address, and turned away when it isn't that body", async () => {
    const she = person()
    const json = JSON.stringify({ From: she.address, MessageSid: freshSid(), Body: "hi", NumMedia: 0 })
    const path = `/twilio/message?bodySHA256=${createHash("sha256").update(json).digest("hex")}`
    const headers = { "content-type": "application/json", "x-twilio-signature": sign(path) }
    await storesNothing(async () => {
      expect(await knock(house, path, json.replace('"hi"', '"ho"'), headers)).toBe(403)
      expect(await knock(house, "/twilio/message", json, { ...headers, "x-twilio-signature": sign("/twilio/message") })).toBe(403)
      const broken = `/twilio/message?bodySHA256=${createHash("sha256").update("[1,").digest("hex")}`
      expect(await knock(house, broken, "[1,", { ...headers, "x-twilio-signature": sign(broken) })).toBe(400)
    })
    expect(await knock(house, path, json, headers)).toBe(200)
    await house.settle()
    expect(she.received()).toHaveLength(1)
  })

  test("what is signed but neither form nor JSON, or lacks a sender or a name, is a bad request", async () => {
    await storesNothing(async () => {
      expect(await knock(house, "/twilio/message", "<Message/>", { "content-type": "text/xml", "x-twilio-signature": sign("/twilio/message") })).toBe(400)
      expect(await provider.post(house, "/twilio/message", { Body: "hi", From: "+923005550001" })).toBe(400)
      expect(await provider.post(house, "/twilio/message", { Body: "hi", MessageSid: freshSid() })).toBe(400)
      expect(await provider.post(house, "/twilio/status?id=1", { MessageSid: freshSid(), MessageStatus: "sent" })).toBe(400)
    })
  })

  test("more than a megabyte is turned away, its length told or not", async () => {
    const large = Buffer.alloc(1024 * 1024 + 1, "a")
    await storesNothing(async () => {
      expect(await pour(large, true)).toBe(413)
      expect(await pour(large, false)).toBe(413)
    })
  })
})

/** Posts a body whose length is told beforehand or isn't; answers with the status. */
function pour(body: Buffer, told: boolean): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": form, "x-twilio-signature": "x", ...(told && { "content-length": body.length }) }
    const outgoing = request(`${house.url}/twilio/message`, { method: "POST", headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    outgoing.on("error", reject)
    outgoing.end(body)
  })
}

describe("an SMS is plain and cheap", () => {
  test("choices are numbered lines, and a number in any digits takes one", async () => {
    for (const digits of ["2", "۲", "٢", "२", "２", "2.", "(2)"]) {
      const she = person()
      const [hello] = await she.says("hi")
      expect(hello?.text).toMatch(/\n1 Yes\n2 Not sure\n3 No$/)
      await she.says(digits)
      expect(await she.place()).toBe("hello.unsure")
    }
  })

  for (const [language, named] of [
    ["en", "English"],
    ["es", "Español"],
    ["fr", "Français"],
    ["ur-Latn", "Roman Urdu"],
  ] as const) {
    test(`what is said in ${language} stays within GSM-7, without curly quotes or emoji`, async () => {
      const she = person()
      for (const words of [named, "1", "1", "1", "1", "0", "1", "menu", "2", "1", "0", "2", "1", "menu", "4", "2", "FORGET", "2", "EXIT"]) await she.says(words)
      expect(she.received().length).toBeGreaterThan(15)
      for (const { text } of she.received()) {
        expect(countSms(text), text).toMatchObject({ encoding: "GSM-7" })
        expect(text).not.toMatch(/[‘’“”«»…–—]|\p{Extended_Pictographic}/u)
      }
    })
  }

  test("an answer that can't be delivered within the hour isn't delivered at all", async () => {
    const she = person()
    const [hello] = await she.says("hi")
    expect(hello?.form.get("ValidityPeriod")).toBe("3600")
  })

  test("the country of her number chooses the emergency number shown", async () => {
    const [spain] = await person("+3460012").says("0")
    expect(spain?.text).toContain("112")
    const [britain] = await person("+44740").says("0")
    expect(britain?.text).toContain("999")
    const [pakistan] = await person("+92300").says("0")
    expect(pakistan?.text).toMatch(/\b15\b/)
  })

  test("a number abroad gets no country's number but its own: none where the directory has no file, or the calling code is shared", async () => {
    for (const prefix of ["+9370", "+155500", "+870773"]) {
      const [text] = await person(prefix).says("0")
      expect(text?.text.split("\n")[0], prefix).not.toMatch(/\d/)
    }
  })
})

describe("stopping is honoured", () => {
  test("STOP ends the session and sends nothing, as a word or as Twilio's own mark", async () => {
    for (const stop of [{ Body: "STOP" }, { Body: "arrêt", OptOutType: "STOP" }]) {
      const she = person()
      await she.says("hi")
      await she.says("1")
      expect(await she.place()).toBe("menu.main")
      expect(await she.hears(stop)).toEqual([])
      expect(await she.place()).toBe("left")
    }
  })

  test("START after STOP gets one neutral line, and the next words begin anew", async () => {
    const she = person()
    await she.says("hi")
    await she.hears({ Body: "STOP", OptOutType: "STOP" })
    const back = await she.hears({ Body: "a word that an organisation chose", OptOutType: "START" })
    expect(back.map(({ text }) => text)).toEqual(["Hello. Write whenever you like."])
    await she.says("hi")
    expect(await she.place()).toBe("hello.safe")
  })

  test("HELP in Twilio's own marking says who this is", async () => {
    const she = person()
    const [help] = await she.hears({ Body: "a word that an organisation chose", OptOutType: "HELP" })
    expect(help?.text).toContain("/privacy")
    expect(await she.place()).toBe("menu.help")
  })

  test("what still waits when she writes STOP is never sent", async () => {
    const she = person()
    await she.says("hi")
    provider.misbehave("send", { status: 429, code: 20429 })
    await she.says("1")
    expect((await she.rows()).filter(({ status }) => status === "waiting")).toHaveLength(2)
    const sends = provider.sendsTo(she.address)
    await she.hears({ Body: "STOP", OptOutType: "STOP" })
    await comeDue(house)
    expect(provider.sendsTo(she.address)).toBe(sends)
    expect((await she.rows()).map(({ status, code, kept }) => ({ status, code, kept })).slice(1)).toEqual([
      { status: "refused", code: "left", kept: false },
      { status: "refused", code: "left", kept: false },
    ])
  })

  test("a number that told its carrier to stop (21610) ends her session at the send, and nothing more is tried", async () => {
    const she = person()
    await she.says("hi")
    provider.stop(she.address)
    const sends = provider.sendsTo(she.address)
    await she.says("1")
    expect(await she.place()).toBe("left")
    await comeDue(house)
    expect(provider.sendsTo(she.address)).toBe(sends + 1)
    expect((await she.rows()).slice(1).map(({ status, code, kept }) => ({ status, code, kept }))).toEqual([
      { status: "refused", code: "21610", kept: false },
      { status: "refused", code: "left", kept: false },
    ])
  })
})

describe("FORGET asks Twilio to erase too, and tells the true result", () => {
  async function forgets(she: ReturnType<typeof person>) {
    await she.says("hi")
    await she.says("1")
    await she.says("FORGET")
    const before = provider
      .messages()
      .filter(({ to, from }) => to === she.address || from === she.address)
      .map(({ sid }) => sid)
    const said = await she.says("1")
    const left = provider.messages().filter(({ sid }) => before.includes(sid))
    return { before, left, said: provider.sentTo(she.address).at(-1)?.text, count: said.length }
  }

  test("all that she wrote and all that we wrote is deleted there, and she is told so", async () => {
    const { before, left, said } = await forgets(person())
    expect(before.length).toBeGreaterThan(6)
    expect(left).toEqual([])
    expect(said).toContain("in the app too")
  })

  test("a message that Twilio keeps is not called erased", async () => {
    const she = person()
    provider.misbehave("erase", { status: 409, code: 20009 })
    const { left, said } = await forgets(she)
    expect(left).toHaveLength(1)
    expect(said).toContain("keeps its own copy")
  })

  test("a message that is gone there already counts as erased", async () => {
    const she = person()
    provider.misbehave("erase", { status: 404, code: 20404 })
    expect((await forgets(she)).said).toContain("in the app too")
  })
})
