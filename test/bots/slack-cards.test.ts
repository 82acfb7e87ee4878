import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { openRig, PUBLIC_URL, type Rig } from "../support/slack-rig.ts"
import { readable, ROOM } from "../support/slack.ts"

const DAY = 24 * 3600_000
const HERS = "he hid the planted sentence under the stairs"

let rig: Rig
beforeEach(async () => {
  rig = await openRig("pointers")
})
afterEach(() => rig.close())

describe("a card", () => {
  test("says who waits, in what language, at what risk and since when, and leads to the console", async () => {
    const id = rig.desk.asks({ risk: 2, language: "ur" })
    await rig.settle()
    const card = rig.card()
    expect(card.text).toBe("Someone is waiting")
    const since = Math.floor(Date.parse(rig.desk.chats.get(id)?.card.since ?? "") / 1000)
    for (const part of ["amber heron", "🚨 Danger, suicide or a child", "Urdu", `<!date^${since}^{ago}, {time}|`, "Claim"]) expect(readable(card)).toContain(part)
    expect(JSON.stringify(card.blocks)).toContain(`"url":"${PUBLIC_URL}/console/#/chat/${id}"`)
  })

  test("is in Urdu where that is set, down to the last word of ours", async () => {
    await rig.close()
    rig = await openRig("pointers", { language: "ur" })
    rig.desk.asks({ risk: 2, language: "ur-Latn" })
    await rig.settle()
    expect(rig.card().text).toBe("کوئی انتظار میں ہے")
    for (const part of ["🚨 خطرہ، خودکشی یا کوئی بچہ", "رومن اردو", "سنبھالیں", "کنسول میں کھولیں"]) expect(readable(rig.card())).toContain(part)
    expect(readable(rig.card()).replace(/amber heron|<[^>]*>|https?:\S+/g, "")).not.toMatch(/[a-z]{2}/i)
  })

  test("tells the risk in words", async () => {
    for (const risk of [0, 1, 2] as const) rig.desk.asks({ risk })
    await rig.settle()
    expect(rig.stand.room().map((card) => /Risk\n(.*)/.exec(readable(card))?.[1])).toEqual(["No risk heard", "⚠️ Something may be wrong", "🚨 Danger, suicide or a child"])
  })

  test("is one, and changes in place from waiting to the end", async () => {
    const mina = await rig.hire("Mina")
    const id = rig.desk.asks()
    await rig.settle()
    const { ts } = rig.card()
    const shown: (string | undefined)[] = []
    for (const step of [
      async () => void (await rig.desk.service.claim(mina.id, id)),
      async () => rig.desk.change(id, { status: "live" }),
      async () => rig.desk.change(id, { status: "transferring" }),
      async () => rig.desk.change(id, { status: "queued", owner: null, ownerId: null }),
      async () => rig.desk.change(id, { status: "live", owner: "Mina", ownerId: mina.id, left: true }),
      async () => rig.desk.ends(id),
    ]) {
      await step()
      await rig.settle()
      expect(rig.card().ts).toBe(ts)
      shown.push(
        readable(rig.card())
          .split("\n")
          .find((line) => /^(Taken|Talking|Being|Waiting|They|Ended)/.test(line))
          ?.replace(/<.*/, ""),
      )
    }
    expect(shown).toEqual(["Taken by Mina", "Talking with Mina", "Being handed over by Mina", "Waiting: ", "They have left. Nothing can be written any more.", "Ended"])
    expect(rig.card().text).toBe("No longer waiting")
    expect(readable(rig.card())).not.toMatch(/Claim|Open/)
  })

  test("isn't written anew while nothing has changed, however long somebody waits", async () => {
    rig.desk.asks()
    await rig.settle()
    const before = rig.stand.calls.length
    for (let minutes = 0; minutes < 5; minutes++) {
      rig.advance(60_000)
      await rig.settle()
    }
    expect(rig.stand.calls.length).toBe(before)
  })

  test("isn't made for who hasn't asked for a person yet, or whose chat is over", async () => {
    rig.desk.asks({ status: "asked" })
    rig.desk.ends(rig.desk.asks())
    await rig.settle()
    expect(rig.stand.room()).toEqual([])
  })

  test("that somebody took away comes back while somebody waits", async () => {
    const id = rig.desk.asks()
    await rig.settle()
    rig.stand.takeAway(rig.card().ts)
    rig.desk.change(id, { risk: 1 })
    await rig.settle()
    expect(readable(rig.card())).toContain("Something may be wrong")
  })

  test("goes when the chat's time is up, and at once when she has it forgotten", async () => {
    const [old, forgotten] = [rig.desk.asks(), rig.desk.asks()]
    rig.desk.says(old, "one word")
    await rig.settle()
    rig.desk.ends(old)
    await rig.settle()
    rig.desk.hides(old)
    rig.desk.forgets(forgotten)
    await rig.settle()
    expect(rig.card().text).toBe("No longer waiting")
    rig.advance(7 * DAY - 60_000)
    await rig.settle()
    rig.card()
    rig.advance(120_000)
    await rig.settle()
    expect(rig.stand.room()).toEqual([])
    expect(await rig.store.prisma.slackCard.count()).toBe(0)
  })

  test("goes with the end itself, where nothing is to be kept", async () => {
    const brief = rig.another({ transcriptDays: 0 })
    const id = rig.desk.asks()
    await rig.settle(brief)
    rig.card()
    rig.desk.ends(id)
    await rig.settle(brief)
    expect(rig.stand.room()).toEqual([])
  })

  test("no word that a person wrote ever leaves for Slack, nor anything of a thread", async () => {
    const mina = await rig.hire("Mina")
    const id = rig.desk.asks()
    rig.desk.says(id, HERS)
    await rig.settle()
    const card = rig.card()
    await rig.press(mina.slackUser, card, "hamraaz-claim")
    rig.desk.says(id, HERS)
    rig.desk.says(id, HERS, "counsellor")
    rig.desk.says(id, "media", "system")
    await rig.settle()
    for (const text of [HERS, `<@U1> ${HERS}`]) await rig.bring(rig.stand.writes(mina.slackUser, card.ts, text).event)
    rig.desk.ends(id)
    await rig.settle()
    expect(rig.stand.calls.length).toBeGreaterThan(2)
    for (const { raw } of rig.stand.calls) expect(new URLSearchParams(raw).toString().replaceAll("+", " ")).not.toMatch(/planted/)
    expect(rig.stand.thread(card.ts).filter(({ user }) => user === undefined)).toEqual([])
    expect([rig.desk.written, rig.desk.notes]).toEqual([[], []])
    expect(rig.lines.join("")).not.toContain("planted")
    const rows = await rig.store.prisma.$queryRawUnsafe<unknown[]>(
      "select c::text from slack_card c union all select p::text from slack_post p union all select s::text from slack_said s",
    )
    expect(JSON.stringify(rows)).not.toContain("planted")
  })
})

describe("the button", () => {
  test("takes the chat for whoever's account is connected; nobody else hears of it", async () => {
    const mina = await rig.hire("Mina")
    rig.desk.asks()
    await rig.settle()
    expect((await rig.bring(rig.stand.presses(mina.slackUser, rig.card(), "hamraaz-claim"))).status).toBe(200)
    await expect.poll(() => [...rig.desk.chats.values()][0]?.card.ownerId).toBe(mina.id)
    await rig.settle()
    expect(readable(rig.card())).toContain("Taken by Mina")
    expect(rig.stand.whispers).toEqual([])
  })

  test("tells who came second, who is full and who is let go, each by themselves", async () => {
    const [mina, omar] = [await rig.hire("Mina"), await rig.hire("Omar")]
    const id = rig.desk.asks()
    await rig.settle()
    const card = structuredClone(rig.card())
    await rig.desk.service.claim(mina.id, id)
    await rig.bring(rig.stand.presses(omar.slackUser, card, "hamraaz-claim"))
    await expect.poll(() => rig.stand.whispers.length).toBe(1)
    expect(rig.stand.whispers.map((one) => [one.user, readable(one).split("\n").at(-1)])).toEqual([[omar.slackUser, "Somebody else has taken this."]])
    rig.desk.trouble.push("full", Object.assign(new Error("no database"), { code: "ECONNREFUSED" }))
    for (const count of [2, 3]) {
      await rig.bring(rig.stand.presses(omar.slackUser, card, "hamraaz-claim"))
      await expect.poll(() => rig.stand.whispers.length).toBe(count)
    }
    expect(rig.stand.whispers.slice(1).map((one) => readable(one).split("\n").at(-1))).toEqual([
      "You have as many chats as you should have.",
      "That didn't work. Try once more, or use the console.",
    ])
    expect(rig.lines.join("")).toContain('"event":"slack-failed","what":"button","code":"ECONNREFUSED"')
    await rig.store.prisma.staff.update({ where: { id: omar.id }, data: { active: false } })
    await rig.bring(rig.stand.presses(omar.slackUser, card, "hamraaz-claim"))
    await expect.poll(() => rig.stand.whispers.length).toBe(4)
    expect(readable(rig.stand.whispers[3] as never)).toContain("isn't connected yet")
  })

  test("gives an account that nobody knows a link of its own, and claims nothing", async () => {
    const id = rig.desk.asks()
    await rig.settle()
    await rig.bring(rig.stand.presses("USTRANGER", rig.card(), "hamraaz-claim"))
    await expect.poll(() => rig.stand.whispers.length).toBe(1)
    expect(rig.desk.chats.get(id)?.card.status).toBe("queued")
    const token = new RegExp(`${PUBLIC_URL}/console/#/slack/([\\w-]{43})"`).exec(JSON.stringify(rig.stand.whispers[0]))?.[1] ?? ""
    expect(await rig.links.opened(token)).toBe("name.of.ustranger")
    expect(JSON.stringify(await rig.store.prisma.slackInvitation.findMany())).not.toContain(token)
    expect(rig.lines.join("")).not.toContain(token)
    expect(rig.stand.called("chat.postEphemeral").map(({ fields }) => fields["channel"])).toEqual([ROOM])
  })

  test("whose number isn't a chat's does nothing", async () => {
    rig.desk.asks()
    await rig.settle()
    const press = rig.stand.presses("U1", rig.card(), "hamraaz-claim")
    for (const value of ["", "x", "' or 1=1", undefined]) expect((await rig.bring({ ...press, actions: [{ ...press.actions[0], value }] })).status).toBe(200)
    expect(rig.stand.whispers).toEqual([])
  })
})
