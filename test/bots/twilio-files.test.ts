import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { contentWith, openHouse, type House } from "../support/house.ts"
import { insideOf, photoOf } from "../support/photo.ts"
import { openTwilio, type Trick, type Twilio } from "../support/twilio.ts"
import { twilioPerson } from "../support/twilio-person.ts"

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const MODERATOR = randomUUID()
const MOST = 5 * 1024 * 1024

let twilio: Twilio
let house: House
beforeAll(async () => {
  twilio = await openTwilio()
  house = await openHouse(twilio.environment, {
    content: contentWith("campaigns/sixteen-days.yaml", (text) => text.replace(/^begins: \S+/m, "begins: joining").replace(/^kinds:/m, "pictures: true\nkinds:")),
  })
  twilio.keepTime(house.now)
})
afterAll(async () => {
  await house.close()
  await twilio.close()
})
beforeEach(async () => {
  twilio.media.clear()
  await house.app.store.pool.query("truncate contribution, contribution_picture, picture_source, muted")
})

type Channel = "sms" | "whatsapp"

/** Somebody who has joined by a phone of Twilio's, up to where a square is asked for. */
async function somebody(channel: Channel) {
  const phone = twilioPerson(twilio, house, channel)
  const last = () => phone.received().at(-1)?.text ?? ""
  const she = {
    ...phone,
    last,
    /** Chooses by the words on a button, or by the number before them. */
    async picks(label: string) {
      const message = phone.received().at(-1)
      const choice = message?.choices.find((one) => one.label === label)
      if (message !== undefined && choice !== undefined) await phone.taps(message, choice.id)
      else await phone.says(new RegExp(`^(\\d+)\\W+${label}`, "m").exec(last())?.[1] ?? "")
      return last()
    },
    async asked() {
      await phone.says("sixteen days")
      await she.picks("Give something")
      return she.picks("Quilt square")
    },
    /** Sends a picture; what Twilio's webhook brings of it may be changed. */
    async sends(bytes: Uint8Array, more: Readonly<Record<string, string>> = {}) {
      const { sid, params } = twilio.media.store(bytes)
      expect(await twilio.inbound(house, phone.address, { ...params, ...more }, { sid })).toBe(200)
      await house.settle()
      return last()
    },
    async gives(bytes: Uint8Array = photoOf()) {
      await she.asked()
      await she.sends(bytes)
      await she.picks("Yes")
      await she.picks("No name")
    },
    async looks() {
      await phone.says("sixteen days")
      return she.picks("What I gave")
    },
    async forgets() {
      await phone.says("forget")
      await she.picks("Yes")
      await house.settle()
    },
  }
  for (const text of ["hi", "1", "sixteen days", "1", "1", "1", "1", "1"]) await phone.says(text)
  return she
}

type She = Awaited<ReturnType<typeof somebody>>

/** What is asked of Twilio's files from now on. */
function listening() {
  const from = twilio.calls.length
  return () =>
    twilio.calls
      .slice(from)
      .filter(({ call, method }) => call === "media" || call === "kept" || call === "drop" || call === "other" || (method === "GET" && call !== "list"))
      .map(({ call, signed, path }) => (call === "other" ? path : `${call}${signed ? " with the password" : ""}`))
}
const fetchDue = () => house.app.pictures.fetchDue()
const statuses = async () => (await house.app.store.pool.query<{ status: string }>("select status from contribution")).rows.map(({ status }) => status)
/** Where pictures stand that are fetched or erased within the day; one that may still be given is kept for longer. */
const sources = async () =>
  (await house.app.store.pool.query<{ source: Buffer }>("select source from picture_source where due_at < $1", [new Date(house.now() + 24 * HOUR_MS)])).rows
const told = (from: number) => house.lines.slice(from).flatMap((line) => (line.includes('"picture-failed"') ? [JSON.parse(line) as Record<string, unknown>] : []))
const WHOLE = ["media with the password", "kept", "drop with the password"]

describe.each(["sms", "whatsapp"] as const)("a picture that comes by %s", (channel) => {
  test("is fetched with our password at Twilio alone, without it where Twilio keeps it, and erased there once it is here", async () => {
    const she = await somebody(channel)
    const calls = listening()
    expect(await she.asked()).toContain("one photo or drawing")
    expect(await she.sends(photoOf({ orientation: 6 }))).toContain("a face, a place, a screen or writing")
    await she.picks("Yes")
    await she.picks("No name")
    expect(calls()).toEqual([])
    expect((await sources()).map(({ source }) => /(MM|ME)[0-9a-f]/.test(source.toString("latin1")))).toEqual([false])
    expect(await fetchDue()).toBe(1)
    expect(calls()).toEqual(WHOLE)
    expect(twilio.media.count()).toBe(0)
    expect(await sources()).toEqual([])
    const [one] = await house.app.moderation.queue(MODERATOR)
    const inside = insideOf(Buffer.from((await house.app.moderation.picture(one!.id))!))
    expect([inside.width, inside.height, inside.at(20, 10)]).toEqual([40, 60, "red"])
  })
})

describe("nobody is called but Twilio and its keepers", () => {
  test.each([
    ["another host", "https://example.org/a.jpg"],
    ["a keeper without its encryption", "http://mms.twiliocdn.com/a.jpg"],
    ["a host that looks like a keeper", "https://mms.twiliocdn.com.example.org/a.jpg"],
    ["a host that ends like a keeper", "https://evil-mms.twiliocdn.com/a.jpg"],
    ["a keeper's name before an @", "https://mms.twiliocdn.com@example.org/a.jpg"],
    ["another port of a keeper", "https://mms.twiliocdn.com:8443/a.jpg"],
    ["a keeper's name with a dot behind", "https://mms.twiliocdn.com./a.jpg"],
    ["a file of ours", "file:///etc/passwd"],
    ["an address inside", "http://169.254.169.254/latest/meta-data/"],
    ["ourselves", "http://127.0.0.1:3000/readyz"],
    ["no host", "/2010-04-01/Accounts.json"],
    ["another host, by its slashes", "//example.org/a.jpg"],
    ["nothing at all", ""],
  ])("a redirect to %s isn't followed", async (_, location) => {
    const she = await somebody("sms")
    await she.gives()
    const calls = listening()
    twilio.misbehave("media", { status: 302, body: "", headers: { location } })
    expect(await fetchDue()).toBe(1)
    expect(calls()).toEqual(["media with the password", "drop with the password"])
    expect(await she.looks()).toContain("didn't reach us")
  })

  test("a keeper that sends us on is followed no further", async () => {
    const she = await somebody("whatsapp")
    await she.gives()
    const calls = listening()
    twilio.misbehave("kept", { status: 302, body: "", headers: { location: "https://mms.twiliocdn.com/again" } })
    expect(await fetchDue()).toBe(1)
    expect(calls()).toEqual(WHOLE)
    expect(await statuses()).toEqual(["declined"])
  })

  const OTHER = `MM${"f".repeat(32)}`
  test.each([
    ["names another host", (url: string) => url.replace("https://api.twilio.com", "https://example.org"), true],
    ["names an address inside", (url: string) => url.replace("https://api.twilio.com", "http://169.254.169.254"), true],
    ["leads up and away", (url: string) => url.replace("/Media/", "/Media/../../../"), false],
    ["asks for something besides", (url: string) => `${url}?to=https://example.org`, false],
    ["is of another account", (url: string) => url.replace(/AC[0-9a-f]{32}/, `AC${"b".repeat(32)}`), false],
    ["is of somebody else's message", (url: string) => url.replace(/MM[0-9a-f]{32}/, OTHER), false],
    ["is no address", () => "javascript:alert(1)", false],
  ])("an address in the webhook that %s calls nobody else, signed as it is", async (_, forged, taken) => {
    const she = await somebody("sms")
    await she.asked()
    const calls = listening()
    const { sid, params } = twilio.media.store(photoOf())
    expect(await twilio.inbound(house, she.address, { ...params, MediaUrl0: forged(params.MediaUrl0) }, { sid })).toBe(200)
    await house.settle()
    expect(she.last().includes("a face, a place")).toBe(taken)
    if (taken) for (const label of ["Yes", "No name"]) await she.picks(label)
    await fetchDue()
    expect(calls()).toEqual(taken ? WHOLE : [])
  })

  test("a webhook that Twilio didn't sign calls nobody", async () => {
    const she = await somebody("whatsapp")
    await she.asked()
    const calls = listening()
    const { sid, params } = twilio.media.store(photoOf())
    expect(await twilio.inbound(house, she.address, params, { sid, token: "another-token" })).toBe(403)
    await house.settle()
    await fetchDue()
    expect(calls()).toEqual([])
  })

  test.each(["where none is asked for", "with a case's code under it", "with a STOP that her carrier has read", "from somebody who has never written before"])(
    "a picture that is sent %s isn't fetched, and is erased with all that came along",
    async (when) => {
      const she = when === "from somebody who has never written before" ? twilioPerson(twilio, house, "whatsapp") : await somebody("whatsapp")
      const calls = listening()
      const { sid, params } = twilio.media.store(photoOf())
      const voice = `ME${"0f".repeat(16)}`
      const more = {
        NumMedia: "2",
        MediaUrl1: params.MediaUrl0.replace(/ME[0-9a-f]{32}$/, voice),
        MediaContentType1: "audio/ogg",
        ...(when.includes("STOP") && { Body: "STOP", OptOutType: "STOP" }),
        ...(when.includes("code") && { Body: "123 456 789 012 345 678" }),
      }
      expect(await twilio.inbound(house, she.address, { ...params, ...more }, { sid })).toBe(200)
      await house.settle()
      expect(she.received().at(-1)?.text).not.toContain("a face, a place")
      expect(await fetchDue()).toBe(2)
      expect(calls()).toEqual(["drop with the password", "drop with the password"])
      expect(twilio.media.count()).toBe(0)
      house.advance(HOUR_MS)
      await fetchDue()
      expect(await sources()).toEqual([])
    },
  )
})

describe("a picture that doesn't come as it should", () => {
  test.each([
    ["and says so", { "content-length": String(MOST + 1) }],
    ["and doesn't say so", {}],
  ])("is too large %s: it isn't read to its end or taken, and it is erased there", async (_, headers: Record<string, string>) => {
    const she = await somebody("sms")
    await she.gives()
    const calls = listening()
    twilio.misbehave("kept", { endless: headers })
    expect(await fetchDue()).toBe(1)
    expect(calls()).toEqual(WHOLE)
    expect(await she.looks()).toContain("We could not open this picture")
  })

  test("isn't there yet, and then it is", async () => {
    const she = await somebody("whatsapp")
    await she.gives()
    const from = house.lines.length
    twilio.misbehave("media", { status: 404, code: 20404 })
    expect(await fetchDue()).toBe(1)
    expect([await statuses(), await fetchDue()]).toEqual([["fetching"], 0])
    expect(told(from)).toMatchObject([{ what: "fetch", channel: "whatsapp", code: "404", again: true }])
    house.advance(MINUTE_MS + 1000)
    expect(await fetchDue()).toBe(1)
    expect([await statuses(), twilio.media.count(), await sources()]).toEqual([["waiting"], 0, []])
  })

  test.each<[string, Trick]>([
    ["turned away", { status: 403, body: "<Error/>" }],
    ["cut off", "drop-before"],
  ])("is %s at its keeper, and asked for anew with a fresh address", async (_, trick) => {
    const she = await somebody("sms")
    await she.gives()
    const calls = listening()
    twilio.misbehave("kept", trick)
    await fetchDue()
    house.advance(MINUTE_MS + 1000)
    await fetchDue()
    expect(calls()).toEqual([...WHOLE.slice(0, 2), ...WHOLE])
    expect(await statuses()).toEqual(["waiting"])
  })
})

describe("Twilio is asked to erase it", () => {
  test("until it has, and the picture is here meanwhile", async () => {
    const she = await somebody("sms")
    await she.gives()
    const from = house.lines.length
    twilio.misbehave("drop", { status: 401, code: 20003 }, "drop-before", { status: 503, body: "away" })
    for (const minutes of [1, 5, 15]) {
      expect(await fetchDue()).toBe(1)
      expect([await statuses(), twilio.media.count(), (await sources()).length]).toEqual([["waiting"], 1, 1])
      expect(await fetchDue()).toBe(0)
      house.advance(minutes * MINUTE_MS + 1000)
    }
    const calls = listening()
    expect(await fetchDue()).toBe(1)
    expect(calls()).toEqual(["drop with the password"])
    expect([twilio.media.count(), await sources()]).toEqual([0, []])
    expect(told(from).map(({ what, channel, code, again }) => [what, channel, code, again])).toEqual([
      ["erase", "sms", "401", true],
      ["erase", "sms", expect.any(String), true],
      ["erase", "sms", "503", true],
    ])
  })

  test("for a day; then where it stood is forgotten, and an operator reads of it, though not which it was", async () => {
    const she = await somebody("whatsapp")
    await she.gives()
    const from = house.lines.length
    for (let hours = 0; hours < 26; hours++) {
      twilio.misbehave("drop", { status: 403, code: 20003 })
      await fetchDue()
      house.advance(HOUR_MS + 1000)
    }
    twilio.behave("drop")
    expect(await sources()).toEqual([])
    const lines = told(from)
    expect(lines.filter(({ again }) => again === false)).toEqual([
      { at: expect.any(String), event: "picture-failed", what: "erase", channel: "whatsapp", code: "403", again: false },
    ])
    expect(lines.length).toBeGreaterThan(20)
    expect(await house.metrics()).toContain('hamraaz_pictures_failed_total{channel="whatsapp",what="erase"} 1')
    expect(house.lines.slice(from).join("")).not.toMatch(/ME[0-9a-f]{32}|MM[0-9a-f]{32}/)
  })

  test.each(["is taken back", "is forgotten", "is muted"])("also where it %s before it was fetched", async (what) => {
    const she = await somebody("sms")
    await she.gives()
    twilio.misbehave("media", { status: 404, code: 20404 })
    await fetchDue()
    if (what === "is forgotten") {
      await she.forgets()
      // With its message, Twilio has erased it already.
      expect(twilio.media.count()).toBe(0)
    } else if (what === "is muted") {
      await house.app.store.pool.query("update contribution set status = 'declined', why = 'off-topic', content = null")
    } else {
      await she.looks()
      await she.picks("Take it back")
      expect(await statuses()).toEqual([])
    }
    const calls = listening()
    house.advance(15 * MINUTE_MS + 1000)
    expect(await fetchDue()).toBe(1)
    expect(calls()).toEqual(["drop with the password"])
    expect([twilio.media.count(), await sources()]).toEqual([0, []])
  })

  test.each([
    ["doesn't want to give it", (she: She) => she.picks("Let it go")],
    ["would rather send another", (she: She) => she.picks("Other picture")],
    ["sends another at once", (she: She) => she.sends(photoOf())],
    ["writes a line instead", async (she: She) => [await she.picks("Other picture"), await she.says("For all of us.")]],
    ["leaves it at its name", async (she: She) => [await she.picks("Yes"), await she.picks("Let it go")]],
    ["goes to the menu and begins anew", async (she: She) => [await she.says("menu"), await she.asked()]],
    ["goes at once", (she: She) => she.says("exit")],
    ["tells her carrier to stop", (she: She) => she.hears({ Body: "STOP", OptOutType: "STOP" })],
    ["falls silent, and never writes again", () => house.advance(26 * HOUR_MS)],
    ["falls silent, and comes back another day", async (she: She) => [house.advance(20 * HOUR_MS), await she.says("hi")]],
  ])("also where whoever sent it %s, and never gave it", async (_, leaves: (she: She) => unknown) => {
    const she = await somebody("sms")
    await she.asked()
    await she.sends(photoOf())
    expect(await fetchDue()).toBe(0)
    const calls = listening()
    const before = twilio.media.count()
    await leaves(she)
    await house.settle()
    const others = twilio.media.count() - before
    expect((await sources()).map(({ source }) => /(MM|ME)[0-9a-f]/.test(source.toString("latin1")))).toEqual([false])
    expect(await fetchDue()).toBe(1)
    expect(calls()).toEqual(["drop with the password"])
    expect([twilio.media.count(), await sources(), await statuses()]).toEqual([others, [], []])
  })

  test("also where more of hers waits than is taken, or nothing is taken from her any more", async () => {
    const she = await somebody("whatsapp")
    await she.asked()
    await she.sends(photoOf())
    await she.picks("Yes")
    await house.app.store.pool.query("insert into muted (conversation_id, by, since) values ($1, $2, now())", [she.id, MODERATOR])
    await she.picks("No name")
    const calls = listening()
    expect([await statuses(), await fetchDue()]).toEqual([[], 1])
    expect(calls()).toEqual(["drop with the password"])
    expect([twilio.media.count(), await sources()]).toEqual([0, []])
  })

  test("a while longer where it isn't found, as it may only just have come", async () => {
    const she = await somebody("whatsapp")
    await she.gives()
    await she.looks()
    await she.picks("Take it back")
    twilio.misbehave("drop", { status: 404, code: 20404 })
    await fetchDue()
    expect([twilio.media.count(), (await sources()).length]).toEqual([1, 1])
    house.advance(MINUTE_MS + 1000)
    await fetchDue()
    expect([twilio.media.count(), await sources()]).toEqual([0, []])
  })

  test("and a second time, where whoever asked died before hearing that it is gone", async () => {
    const she = await somebody("sms")
    await she.gives()
    twilio.misbehave("drop", "drop-after")
    await fetchDue()
    expect([twilio.media.count(), (await sources()).length]).toEqual([0, 1])
    house.advance(HOUR_MS)
    expect(await fetchDue()).toBe(1)
    expect([await statuses(), await sources()]).toEqual([["waiting"], []])
  })
})
