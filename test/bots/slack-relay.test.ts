import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { openRig, type Rig } from "../support/slack-rig.ts"
import { readable, type Standing } from "../support/slack.ts"

const DAY = 24 * 3600_000

let rig: Rig
let mina: { readonly id: string; readonly slackUser: string }
beforeEach(async () => {
  rig = await openRig("relay")
  mina = await rig.hire("Mina")
})
afterEach(() => rig.close())

/** What the house has put into a thread, below its top. */
const shown = (thread: string) => rig.stand.thread(thread).filter(({ user, blocks }) => user === undefined && !blocks[0]?.block_id?.endsWith(":0:0"))
const said = (thread: string) => shown(thread).map((message) => readable(message).split("\n").slice(1).join("\n"))
const marks = (ts: string) => [...(rig.stand.message(ts) as Standing).reactions]
const sent = () => rig.desk.written.map(({ text }) => text)
const noted = () => rig.desk.notes.map(({ text }) => text)

/** Somebody writes in a thread, and Slack tells the house. */
async function writes(user: string, thread: string, text: string, more: Readonly<Record<string, unknown>> = {}) {
  const { ts, event } = rig.stand.writes(user, thread, text, more)
  expect((await rig.bring(event)).status).toBe(200)
  await rig.settle()
  return { ts, event }
}

describe("what she writes", () => {
  test("stands in the thread once somebody has taken the chat, in order, and not before", async () => {
    const id = rig.desk.asks()
    rig.desk.says(id, "first")
    rig.desk.says(id, "second")
    await rig.settle()
    const { ts } = rig.card()
    expect(rig.stand.thread(ts)).toEqual([])
    await rig.desk.service.claim(mina.id, id)
    rig.desk.says(id, "media", "system")
    rig.desk.says(id, "about", "system")
    await rig.settle()
    rig.desk.says(id, "third")
    await rig.settle()
    expect(said(ts)).toEqual(["first", "second", "🖼️ Something that isn't text was sent. It isn't kept.", "third"])
    expect(rig.stand.thread(ts)[0]).toBe(rig.top())
    // Back in the queue, it is nobody's to read.
    rig.desk.change(id, { status: "queued", owner: null, ownerId: null })
    rig.desk.says(id, "fourth")
    await rig.settle()
    expect(said(ts)).toHaveLength(4)
  })

  test("calls nobody, links nowhere, and shows in no notice", async () => {
    const { thread, id } = await rig.taken(mina)
    rig.desk.says(id, "<!channel> & <@UMINA> *x* https://example.org :smile:")
    await rig.settle()
    const { fields } = rig.stand.called("chat.postMessage").at(-1) as { readonly fields: Readonly<Record<string, string>> }
    expect(fields).toMatchObject({ text: "A new message", parse: "none", link_names: "false", unfurl_links: "false", unfurl_media: "false" })
    const [block] = JSON.parse(fields["blocks"] as string) as [{ readonly text: unknown }]
    expect(block.text).toEqual({ type: "plain_text", emoji: false, text: "&lt;!channel&gt; &amp; &lt;@UMINA&gt; *x* https://example.org :smile:" })
    expect(said(thread)).toHaveLength(2)
  })

  test("is split, never cut, when it is longer than Slack takes", async () => {
    const { thread, id } = await rig.taken(mina)
    const text = "a & b < c, again and again. ".repeat(1200)
    rig.desk.says(id, text)
    rig.desk.says(id, "and then")
    await rig.settle()
    const [, ...parts] = said(thread)
    expect(parts.length).toBeGreaterThan(2)
    expect(parts.at(-1)).toBe("and then")
    const whole = parts.slice(0, -1).join("\n").replaceAll("&lt;", "<").replaceAll("&amp;", "&")
    expect(whole.replace(/\s/g, "")).toBe(text.replace(/\s/g, ""))
  })

  test("that Slack won't have holds up nothing: the thread says where it can be read", async () => {
    const { thread, id } = await rig.taken(mina)
    rig.stand.misbehave("chat.postMessage", { type: "error", error: "invalid_blocks" })
    rig.desk.says(id, "unshowable")
    rig.desk.says(id, "next")
    await rig.settle()
    expect(said(thread)).toEqual(["salaam", "💬 A message that Slack can't show. Open the chat in the console.", "next"])
  })

  test("is gone from Slack when its time is up, and the card with it", async () => {
    const { thread, id } = await rig.taken(mina, true)
    rig.desk.says(id, "private words")
    const { ts } = await writes(mina.slackUser, thread, "an answer")
    rig.desk.ends(id)
    await rig.settle()
    rig.advance(6 * DAY)
    rig.desk.hides(id)
    await rig.settle()
    expect(said(thread)).toContain("private words")
    rig.advance(DAY + 1000)
    await rig.settle()
    expect(rig.stand.room()).toEqual([])
    // A counsellor's own message is theirs; an app can't take it away.
    expect(rig.stand.thread(thread).map((message) => message.ts)).toEqual([ts])
    expect(await Promise.all([rig.store.prisma.slackCard.count(), rig.store.prisma.slackPost.count(), rig.store.prisma.slackSaid.count()])).toEqual([0, 0, 0])
  })

  test("is gone at once when she has it forgotten, and when the desk forgets it, whatever Slack says at first", async () => {
    const { thread, id } = await rig.taken(mina)
    rig.desk.says(id, "private words")
    await rig.settle()
    rig.desk.forgets(id, false)
    rig.stand.misbehave("chat.delete", { type: "page", status: 502 })
    await rig.settle()
    rig.advance(2000)
    await rig.settle()
    expect(said(thread)).toEqual([])
    expect(rig.card().ts).toBe(thread)
    rig.desk.forgets(id)
    await rig.settle()
    expect(rig.stand.room()).toEqual([])
  })
})

describe("what staff write in a thread", () => {
  test("is a note until the owner goes live; then the owner's words go to her, and nobody else's", async () => {
    const omar = await rig.hire("Omar")
    const { thread } = await rig.taken(mina)
    const before = await writes(mina.slackUser, thread, "what shall I say?")
    expect([sent(), noted()]).toEqual([[], ["what shall I say?"]])
    await rig.press(mina.slackUser, rig.top(), "hamraaz-live")
    expect(readable(rig.top())).toContain("🔴 LIVE: what Mina writes in this thread is sent to the person.")
    const live = await writes(mina.slackUser, thread, "I'm here")
    await writes(omar.slackUser, thread, "ask her about the phone")
    await rig.press(omar.slackUser, rig.top(), "hamraaz-stop")
    await writes(mina.slackUser, thread, "she is brave")
    expect(sent()).toEqual(["I'm here"])
    expect(noted()).toEqual(["what shall I say?", "ask her about the phone", "she is brave"])
    expect(marks(before.ts)).toEqual(["memo"])
    expect(marks(live.ts)).toEqual(["hourglass_flowing_sand"])
    expect(readable(rig.top())).toContain("📝 Off")
  })

  test("goes nowhere from who isn't of the staff, from bots, and from outside the thread", async () => {
    const { thread } = await rig.taken(mina, true)
    await writes("USTRANGER", thread, "who is she?")
    await writes(mina.slackUser, thread, "beep", { bot_id: "B1" })
    await writes(mina.slackUser, thread, "joined", { subtype: "channel_join" })
    const loose = rig.stand.writes(mina.slackUser, undefined, "good morning")
    await rig.bring(loose.event)
    await writes(mina.slackUser, loose.ts, "in another thread")
    await rig.store.prisma.staff.update({ where: { id: mina.id }, data: { roles: ["moderator"] } })
    await writes(mina.slackUser, thread, "no longer a counsellor")
    expect([sent(), noted()]).toEqual([[], []])
  })

  test("written before going live is a note, even when Slack tells of it afterwards", async () => {
    const { thread } = await rig.taken(mina)
    const late = rig.stand.writes(mina.slackUser, thread, "between us")
    await rig.press(mina.slackUser, rig.top(), "hamraaz-live")
    await rig.bring(late.event)
    await rig.settle()
    expect([sent(), noted()]).toEqual([[], ["between us"]])
  })

  test("only the owner can go live, and a chat that changes hands begins with a thread that goes nowhere", async () => {
    const omar = await rig.hire("Omar")
    const { id, thread } = await rig.taken(mina)
    await rig.press(omar.slackUser, rig.top(), "hamraaz-live")
    await expect.poll(() => rig.stand.whispers.length).toBe(1)
    expect(readable(rig.stand.whispers[0] as never)).toContain("Only who has taken this chat can do that.")
    await rig.press(mina.slackUser, rig.top(), "hamraaz-live")
    rig.desk.change(id, { owner: "Omar", ownerId: omar.id })
    // Before the loop has seen it, and after.
    await rig.bring(rig.stand.writes(mina.slackUser, thread, "a").event)
    await writes(omar.slackUser, thread, "b")
    rig.desk.change(id, { owner: "Mina", ownerId: mina.id })
    await rig.settle()
    await writes(mina.slackUser, thread, "c")
    expect([sent(), noted()]).toEqual([[], ["a", "b", "c"]])
  })

  test("that calls a colleague is a note, though the thread is live", async () => {
    const omar = await rig.hire("Omar")
    const { thread } = await rig.taken(mina, true)
    await writes(mina.slackUser, thread, `<@${omar.slackUser}> look at this &amp; tell <@UNOBODY>`)
    expect([sent(), noted()]).toEqual([[], ["@Omar look at this & tell @…"]])
    expect(said(thread).at(-1)).toMatch(/^📝 Kept as a note/)
  })

  test("reaches her as plain text", async () => {
    const { thread } = await rig.taken(mina, true)
    await writes(mina.slackUser, thread, "Call <tel:1043|1043> &amp; see <http://example.org|example.org> &lt;3")
    expect(sent()).toEqual(["Call 1043 & see example.org <3"])
  })

  test("with a file: the words go, the file doesn't, and the thread says so", async () => {
    const { thread } = await rig.taken(mina, true)
    await writes(mina.slackUser, thread, "look", { subtype: "file_share", files: [{ id: "F1" }] })
    const bare = await writes(mina.slackUser, thread, "", { subtype: "file_share", files: [{ id: "F2" }] })
    expect([sent(), noted()]).toEqual([["look"], []])
    expect(said(thread).filter((text) => text.startsWith("📎"))).toHaveLength(2)
    expect(marks(bare.ts)).toEqual(["memo"])
  })

  test("is one message however often Slack brings it, also when the first time the desk was out of reach", async () => {
    const { thread } = await rig.taken(mina, true)
    rig.desk.trouble.push(Object.assign(new Error("no database"), { code: "ECONNRESET" }))
    const { ts, event } = rig.stand.writes(mina.slackUser, thread, "once")
    expect((await rig.bring(event)).status).toBe(503)
    const again = await Promise.all([1, 2, 3].map((retry) => rig.bring(event, { retry })))
    expect(again.map(({ status }) => status)).toEqual([200, 200, 200])
    await rig.settle()
    expect(sent()).toEqual(["once"])
    expect(marks(ts)).toEqual(["hourglass_flowing_sand"])
    rig.desk.trouble.push(new Error("no database"))
    await rig.press(mina.slackUser, rig.top(), "hamraaz-stop")
    const note = rig.stand.writes(mina.slackUser, thread, "noted once")
    expect((await rig.bring(note.event)).status).toBe(503)
    await Promise.all([1, 2, 3].map((retry) => rig.bring(note.event, { retry })))
    expect(noted()).toEqual(["noted once"])
  })

  test("stays a note when Slack brings it again after the thread has gone live", async () => {
    const { thread } = await rig.taken(mina)
    const { event } = await writes(mina.slackUser, thread, "between us")
    await rig.press(mina.slackUser, rig.top(), "hamraaz-live")
    await rig.bring(event, { retry: 2 })
    await rig.bring({ ...event, event_id: "Ev-another" }, { retry: 3 })
    expect([sent(), noted()]).toEqual([[], ["between us"]])
  })

  test("stays for her when Slack brings it again after the thread was stopped, and a note of a process that died isn't written twice", async () => {
    const { id, thread } = await rig.taken(mina, true)
    rig.desk.trouble.push(new Error("no database"))
    const { event } = rig.stand.writes(mina.slackUser, thread, "said while live")
    await rig.bring(event)
    await rig.press(mina.slackUser, rig.top(), "hamraaz-stop")
    await rig.bring(event, { retry: 1 })
    const note = rig.stand.writes(mina.slackUser, thread, "half a note")
    await rig.store.prisma.slackSaid.create({ data: { handoffId: id, ts: note.ts, staffId: mina.id, kind: "note", at: new Date(rig.now()) } })
    await rig.bring(note.event, { retry: 1 })
    expect([sent(), noted()]).toEqual([["said while live"], []])
  })

  test("shows what became of it: queued, sent, delivered, or that it failed", async () => {
    const { id, thread } = await rig.taken(mina, true)
    const { ts } = await writes(mina.slackUser, thread, "on its way")
    const seen = [marks(ts)]
    for (const delivery of ["sent", "unknown", "failed", "delivered"] as const) {
      rig.desk.delivers(id, delivery)
      await rig.settle()
      seen.push(marks(ts))
    }
    expect(seen).toEqual([["hourglass_flowing_sand"], ["heavy_check_mark"], ["grey_question"], ["x"], ["white_check_mark"]])
    expect(said(thread).filter((text) => text.startsWith("❌"))).toHaveLength(1)
  })

  test("that the desk refuses wasn't sent, and the thread says why", async () => {
    const { id, thread } = await rig.taken(mina, true)
    rig.desk.trouble.push("left")
    const { ts } = await writes(mina.slackUser, thread, "too late")
    expect(marks(ts)).toEqual(["no_entry_sign"])
    expect(said(thread).at(-1)).toBe("They have left. Nothing was sent.")
    rig.desk.change(id, { left: true })
    await rig.settle()
    expect(readable(rig.top())).toContain("⏹️ This thread is closed")
    await writes(mina.slackUser, thread, "a last note")
    expect([sent(), noted()]).toEqual([[], ["a last note"]])
  })

  test("of which nobody knows whether the desk has it says so, and isn't sent any more", async () => {
    const { thread } = await rig.taken(mina, true)
    rig.desk.trouble.push(new Error("no database"))
    const { ts, event } = rig.stand.writes(mina.slackUser, thread, "perhaps")
    await rig.bring(event)
    rig.advance(61_000)
    await rig.settle()
    expect(marks(ts)).toEqual(["warning"])
    expect(said(thread).at(-1)).toMatch(/^❔ It isn't known/)
    await rig.bring(event, { retry: 3 })
    await rig.settle()
    expect(sent()).toEqual([])
  })

  test("changed or deleted afterwards changes nothing for her, and the thread says so, once each", async () => {
    const { thread } = await rig.taken(mina, true)
    const { ts } = await writes(mina.slackUser, thread, "I call the police")
    const other = await writes(mina.slackUser, thread, "no")
    const edit = rig.stand.edits(ts, "I won't call anybody")
    for (const event of [edit, edit, rig.stand.edits(ts, "I won't"), rig.stand.edits(ts, "I won't"), rig.stand.deletes(other.ts)]) {
      await rig.bring(event)
      await rig.settle()
    }
    expect(sent()).toEqual(["I call the police", "no"])
    expect(said(thread).slice(-2)).toEqual([
      "✏️ Changed in Slack only: she has already received the first version.",
      "🗑️ Deleted in Slack only: she has already received the first version.",
    ])
    const stranger = rig.stand.writes("USTRANGER", thread, "hm")
    await rig.bring(rig.stand.edits(stranger.ts, "hmm"))
    await rig.settle()
    expect(said(thread)).toHaveLength(3)
  })

  test("is in no log and no table of Slack's", async () => {
    const { thread, id } = await rig.taken(mina, true)
    rig.desk.says(id, "planted by her")
    await writes(mina.slackUser, thread, "planted by us")
    rig.stand.misbehave("chat.postMessage", { type: "garbage" })
    rig.desk.says(id, "planted again")
    await rig.settle()
    rig.desk.trouble.push(new Error("planted in an error"))
    await rig.bring(rig.stand.writes(mina.slackUser, thread, "planted and lost").event)
    const rows = await rig.store.prisma.$queryRawUnsafe<unknown[]>(
      "select c::text from slack_card c union all select p::text from slack_post p union all select s::text from slack_said s",
    )
    expect(rows.length).toBeGreaterThan(4)
    expect(JSON.stringify(rows) + rig.lines.join("")).not.toMatch(/planted|somebody's words/)
  })
})
