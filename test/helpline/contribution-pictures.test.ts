import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { Channel } from "../../src/helpline/channel.ts"
import { createPictures } from "../../src/helpline/contribution-pictures.ts"
import { createLog } from "../../src/log.ts"
import { drawnAnew } from "../../src/print/photo.ts"
import { landPicture } from "../../src/store/contribution-pictures.ts"
import { contentWith, openHouse, type House } from "../support/house.ts"
import { insideOf, photoOf, SECRET_PLACE, WRITTEN_ANEW } from "../support/photo.ts"
import { hire } from "../support/staff.ts"
import { openTelegram, type Telegram } from "../support/telegram.ts"
import { deliver } from "../support/telegram-door.ts"

const MINUTE_MS = 60_000
const [MODERATOR, OTHER] = [randomUUID(), randomUUID()]
const campaignWith = (more: string) => contentWith("campaigns/sixteen-days.yaml", (text) => text.replace(/^begins: \S+/m, "begins: joining").replace(/^kinds:/m, `${more}kinds:`))

const silent = createLog(() => {})

let telegram: Telegram
let house: House
beforeAll(async () => {
  telegram = await openTelegram()
  house = await openHouse({ ...telegram.environment, PUBLIC_URL: "https://help.example.org" }, { content: campaignWith("pictures: true\n") })
})
afterAll(async () => {
  await house.close()
  await telegram.close()
})
beforeEach(() => house.app.store.pool.query("truncate contribution, contribution_picture, picture_source, muted"))

/** Somebody on Telegram who has joined, and what she does. */
async function somebody(at = house) {
  const chat = telegram.chat()
  const hear = async (update: ReturnType<Telegram["text"]>) => {
    expect(await deliver(at, update)).toBe(200)
    await at.settle()
    return chat.arrived.at(-1)?.text ?? ""
  }
  const she = {
    text: (text: string) => hear(telegram.text(chat, text)),
    tap: (name: string) => hear(telegram.tap(chat, name)),
    sends: (bytes: Uint8Array, caption?: string) => hear(telegram.photo(chat, bytes, caption)),
    /** Up to where a square is asked for. */
    async asked(kind = "square") {
      await she.text("sixteen days")
      await she.tap("give")
      return she.tap(`kind:${kind}`)
    },
    async gives(bytes: Uint8Array) {
      await she.asked()
      await she.sends(bytes)
      await she.tap("yes")
      await she.tap("none")
    },
    async looks() {
      await she.text("sixteen days")
      return she.tap("mine-given")
    },
  }
  for (const text of ["hi", "1", "sixteen days", "1", "1", "1", "1", "1"]) await she.text(text)
  return she
}

const asked = (from: number) =>
  telegram.calls
    .slice(from)
    .filter(({ method }) => method === "getFile" || method === "file")
    .map(({ method }) => method)
const statuses = async () => (await house.app.store.pool.query<{ status: string }>("select status from contribution")).rows.map(({ status }) => status)
const rows = async (): Promise<readonly { readonly content: Buffer | null; readonly source: Buffer | null }[]> =>
  (await house.app.store.pool.query("select content, source from contribution_picture full join picture_source using (id)")).rows
const fetchDue = () => house.app.pictures.fetchDue()
const waits = () => house.app.moderation.queue(MODERATOR)

describe("a picture that is given", () => {
  test("is kept as its pixels alone, upright, covered; nothing of what the camera wrote is left", async () => {
    const she = await somebody()
    const from = telegram.calls.length
    expect(await she.asked()).toContain("one photo or drawing")
    expect(await she.sends(photoOf({ orientation: 6 }))).toContain("a face, a place, a screen or writing")
    expect(asked(from)).toEqual([])
    await she.tap("yes")
    await she.tap("none")
    expect(asked(from)).toEqual([])
    expect(await statuses()).toEqual(["fetching"])
    expect(await waits()).toEqual([])
    expect((await rows()).map(({ content, source }) => [content, source?.includes("telegram"), source?.includes("AgACAgQ")])).toEqual([[null, false, false]])
    expect(await she.looks()).toContain("waits")

    expect(await fetchDue()).toBe(1)
    expect(asked(from)).toEqual(["getFile", "file"])
    const [one] = await waits()
    expect(one).toMatchObject({ kind: "square", picture: true, text: "" })
    const png = Buffer.from((await house.app.moderation.picture(one!.id))!)
    const inside = insideOf(png)
    expect(new Set(inside.chunks)).toEqual(new Set(["IHDR", "IDAT", "IEND"]))
    expect(png.includes(SECRET_PLACE)).toBe(false)
    expect([inside.width, inside.height]).toEqual([40, 60])
    expect([inside.at(20, 10), inside.at(20, 50)]).toEqual(["red", "blue"])
    const [row] = await rows()
    expect(row).toMatchObject({ source: null })
    expect(row?.content?.includes("IHDR")).toBe(false)
    expect(await fetchDue()).toBe(0)
  })

  test("is shown to nobody before one moderator has described it and another has said yes, and is gone with all its addresses once it is taken back", async () => {
    const she = await somebody()
    await she.gives(photoOf())
    await fetchDue()
    const [one] = await waits()
    const { id } = one!
    const open = (path: string) => fetch(`${house.url}${path}`)
    expect((await open(`/quilt/${id}.picture.png`)).status).toBe(404)
    expect(await house.app.moderation.publish(MODERATOR, id)).toBe("undescribed")
    expect(await house.app.moderation.publish(MODERATOR, id, "x".repeat(101))).toBe("too-long")
    expect(await house.app.moderation.propose(MODERATOR, id, "Other")).toBe("unreadable")
    expect((await open(`/quilt/${id}.picture.png`)).status).toBe(404)
    expect(await house.app.moderation.publish(MODERATOR, id, "A door.")).toBeUndefined()
    expect(await house.app.moderation.publish(MODERATOR, id, "A door.")).toBe("yours")
    expect((await open(`/quilt/${id}.picture.png`)).status).toBe(404)
    expect(await house.app.moderation.queue(OTHER)).toMatchObject([{ id, status: "seconded", takesTwo: true, yours: false, text: "A door." }])
    // Whoever looks second still sees the picture, and may describe it better.
    expect(await house.app.moderation.picture(id)).toBeDefined()
    expect(await house.app.moderation.publish(OTHER, id, `A red & a "blue" door.`)).toBeUndefined()

    const page = await (await open("/en/quilt")).text()
    expect(page).toContain(`<img class="picture" src="/quilt/${id}.picture.png" alt="A red &amp; a &quot;blue&quot; door."`)
    const picture = await open(`/quilt/${id}.picture.png`)
    expect([picture.status, picture.headers.get("content-type"), picture.headers.get("cache-control")]).toEqual([200, "image/png", "no-store"])
    expect(insideOf(Buffer.from(await picture.arrayBuffer())).at(5, 20)).toBe("red")
    // What is printed or stands elsewhere can't be taken back: there it is a tile with the description on it.
    for (const path of ["/quilt/embed", "/quilt.svg", "/quilt.json"]) {
      const text = await (await open(path)).text()
      expect(text).not.toMatch(/picture\.png|<image|base64/)
      expect(text).toMatch(/A red/)
    }
    expect(await she.looks()).toContain("it is shown")
    await she.tap("take-back")
    expect((await open(`/quilt/${id}.picture.png`)).status).toBe(404)
    expect(await (await open("/en/quilt")).text()).not.toContain(id)
    expect(await rows()).toEqual([])
  })

  test("goes before all that is only erased, of which a round takes some", async () => {
    const she = await somebody()
    await house.app.store.pool.query(
      "insert into picture_source (id, source, since, due_at) select gen_random_uuid(), '\\x00', $1::timestamptz, $1::timestamptz from generate_series(1, 30)",
      [new Date(house.now() - MINUTE_MS)],
    )
    await she.gives(photoOf())
    const left = await fetchDue()
    expect([left < 30, await statuses()]).toEqual([true, ["waiting"]])
    await fetchDue()
    expect([(await rows()).length, await fetchDue()]).toEqual([1, 0])
  })

  test("is seen at the console by moderators alone, and never stored by a browser", async () => {
    const she = await somebody()
    await she.gives(photoOf())
    await fetchDue()
    const [one] = await waits()
    // Staff come by the address that their browser knows.
    const office = await openHouse({}, { databaseUrl: house.databaseUrl, dataDir: house.dataDir, at: house.now() })
    const [moderator, counsellor] = [await hire(office, ["moderator"]), await hire(office, ["counsellor"])]
    const at = ({ cookies }: Pick<typeof moderator.browser, "cookies">) =>
      fetch(`${office.url}/console/api/moderation/${one!.id}/picture`, { headers: { cookie: [...cookies].map((pair) => pair.join("=")).join("; ") } })
    const seen = await at(moderator.browser)
    expect([seen.status, seen.headers.get("content-type"), seen.headers.get("cache-control")]).toEqual([200, "image/png", "no-store"])
    expect((await at(counsellor.browser)).status).toBe(403)
    expect((await at({ cookies: new Map() })).status).toBe(401)
    await office.close()
  })

  test("that is declined, muted or forgotten leaves nothing behind", async () => {
    const she = await somebody()
    await she.gives(photoOf())
    await fetchDue()
    const [one] = await waits()
    expect(await house.app.moderation.decline(MODERATOR, one!.id, "names")).toBeUndefined()
    expect(await rows()).toEqual([])
    expect(await house.app.moderation.picture(one!.id)).toBeUndefined()
    await she.gives(photoOf())
    await fetchDue()
    expect(await house.app.moderation.mute(MODERATOR, (await waits())[0]!.id)).toBeUndefined()
    expect(await rows()).toEqual([])
  })

  test.each(["waits to be fetched", "waits for a moderator", "is shown"])("that %s goes with all that its giver has erased", async (where) => {
    const she = await somebody()
    await she.gives(photoOf())
    if (where !== "waits to be fetched") await fetchDue()
    if (where === "is shown") for (const by of [MODERATOR, OTHER]) expect(await house.app.moderation.publish(by, (await waits())[0]!.id, "A door.")).toBeUndefined()
    const from = telegram.calls.length
    await she.text("forget")
    await she.tap("yes")
    await house.settle()
    expect(await statuses()).toEqual([])
    // Telegram can't be asked to erase a file: where it stood is forgotten with the next round, and not looked for.
    expect(await fetchDue()).toBe(where === "waits to be fetched" ? 1 : 0)
    expect(asked(from)).toEqual([])
    expect(await rows()).toEqual([])
  })
})

describe("a picture that isn't asked for", () => {
  test("is never fetched, whatever the place, and its handle is kept nowhere", async () => {
    const from = telegram.calls.length
    const she = await somebody()
    expect(await she.sends(photoOf())).not.toContain("a face, a place")
    await she.asked("tip")
    expect(await she.sends(photoOf())).not.toContain("a face, a place")
    expect(await fetchDue()).toBe(0)
    await she.asked()
    // What is told under it goes to the first question.
    expect(await she.sends(photoOf(), "he is outside my door with a knife")).not.toContain("a face, a place")
    expect(await rows()).toEqual([])
    expect(await fetchDue()).toBe(0)
    expect(asked(from)).toEqual([])
  })

  test("nor where the organisation doesn't take pictures", async () => {
    const other = await openHouse({ ...telegram.environment, PUBLIC_URL: "https://help.example.org" }, { content: campaignWith("") })
    try {
      const from = telegram.calls.length
      const she = await somebody(other)
      expect(await she.asked()).not.toContain("photo")
      expect(await she.sends(photoOf())).not.toContain("a face, a place")
      expect(await other.app.pictures.fetchDue()).toBe(0)
      expect(asked(from)).toEqual([])
    } finally {
      await other.close()
    }
  })
})

describe("what can't be taken", () => {
  test.each([
    ["too large", Buffer.concat([photoOf(), Buffer.alloc(5 * 1024 * 1024)])],
    ["of another type", Buffer.from("GIF89a and so on")],
    ["a trap of pixels", photoOf({ width: 60_000, height: 60_000 })],
    ["broken", photoOf().subarray(0, 150)],
    ["cut off before its end", photoOf().subarray(0, -60)],
    ["cut off in the midst of its passes", WRITTEN_ANEW.progressive.subarray(0, -60)],
    ["in four inks, as for print", WRITTEN_ANEW.inks],
  ])("%s: she reads why when she looks, and nothing of it is kept", async (_, bytes) => {
    const she = await somebody()
    await she.gives(bytes)
    expect(await fetchDue()).toBe(1)
    expect(await statuses()).toEqual(["declined"])
    expect(await rows()).toEqual([])
    expect(await she.looks()).toContain("We could not open this picture")
  })

  test("a trap of pixels isn't decoded at all", async () => {
    expect(await drawnAnew(photoOf({ width: 8000, height: 5001 }), 1024)).toBeUndefined()
  })

  test("nothing else of JPEG is turned away: in passes from coarse to fine, as messengers write it, or without colours", async () => {
    const [progressive, grey] = await Promise.all([WRITTEN_ANEW.progressive, WRITTEN_ANEW.grey].map(async (bytes) => insideOf(Buffer.from((await drawnAnew(bytes, 1024))!))))
    expect([progressive?.width, progressive?.height, progressive?.at(5, 20), progressive?.at(55, 20)]).toEqual([60, 40, "red", "blue"])
    expect([grey?.width, grey?.height, grey?.at(5, 20)]).toEqual([60, 40, "other"])
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8])("EXIF's orientation %i is turned upright", async (orientation) => {
    const inside = insideOf(Buffer.from((await drawnAnew(photoOf({ orientation }), 1024))!))
    const first = orientation < 5 ? inside.at(10, 20) : inside.at(20, 10)
    expect([inside.width, inside.height, first]).toEqual([...(orientation < 5 ? [60, 40] : [40, 60]), [1, 4, 5, 6].includes(orientation) ? "red" : "blue"])
  })
})

describe("when fetching fails", () => {
  test("it is tried again after 1, 5 and 15 minutes, and then she is asked to send it once more", async () => {
    const she = await somebody()
    await she.gives(photoOf())
    for (const minutes of [1, 5, 15]) {
      telegram.misbehave("file", { type: "drop", arrived: false })
      expect(await fetchDue()).toBe(1)
      expect(await statuses()).toEqual(["fetching"])
      expect(await fetchDue()).toBe(0)
      house.advance(minutes * MINUTE_MS + 1000)
    }
    telegram.misbehave("file", { type: "status", status: 502 })
    expect(await fetchDue()).toBe(1)
    expect(await she.looks()).toContain("didn't reach us")
    expect(await rows()).toEqual([])
  })

  test("whoever dies between fetching and landing neither loses nor doubles it", async () => {
    const she = await somebody()
    await she.gives(photoOf())
    const { store, cover } = house.app
    const dying = { name: "telegram", fetchFile: () => Promise.reject(new Error("killed")) } as unknown as Channel
    await expect(createPictures({ store, cover, now: house.now, channels: [dying], log: silent }).fetchDue()).rejects.toThrow("killed")
    expect(await fetchDue()).toBe(0)
    house.advance(2 * MINUTE_MS + 1000)
    expect(await fetchDue()).toBe(1)
    const [one, ...more] = await waits()
    expect(more).toEqual([])
    // The dead one comes back and lands it as well.
    const before = await rows()
    await landPicture(store.pool, one!.id, cover.close("picture", "late"))
    expect(await rows()).toEqual(before)
  })

  test("a picture that takes down whoever draws it does so four times, and not for ever", async () => {
    const she = await somebody()
    await she.gives(photoOf())
    const { store, cover } = house.app
    const dying = { name: "telegram", fetchFile: () => Promise.reject(new Error("killed")) } as unknown as Channel
    const pictures = createPictures({ store, cover, now: house.now, channels: [dying], log: silent })
    for (let n = 0; n < 4; n++) {
      await expect(pictures.fetchDue()).rejects.toThrow("killed")
      house.advance(2 * MINUTE_MS + 1000)
    }
    expect(await pictures.fetchDue()).toBe(1)
    expect(await she.looks()).toContain("We could not open this picture")
    expect(await rows()).toEqual([])
  })

  test("what was taken back meanwhile comes to nothing", async () => {
    const she = await somebody()
    await she.gives(photoOf())
    let arrived = () => {}
    telegram.misbehave("file", { type: "hold", until: new Promise<void>((resolve) => (arrived = resolve)) })
    const fetching = fetchDue()
    await she.looks()
    await she.tap("take-back")
    arrived()
    await fetching
    expect(await rows()).toEqual([])
    expect(await statuses()).toEqual([])
  })
})
