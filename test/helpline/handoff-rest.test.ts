import { describe, expect, test, vi } from "vitest"
import { air } from "../support/air.ts"
import { openChats, textsOf } from "../support/chats.ts"

// Messages to phones of the simulator go through the air, where some get lost.
vi.mock(import("../../src/bots/simulator.ts"), async (original) => {
  const real = await original()
  const { onAir } = await import("../support/air.ts")
  return { ...real, simulatorChannel: (...parts) => onAir(real.simulatorChannel(...parts)) }
})

const chats = await openChats()
const { house } = chats

const desk = () => house.app.desk

/** Somebody who writes with Sana and was told to go to a safe place. */
async function inDanger() {
  const { she, id } = await chats.live()
  await she.text("0")
  const told = textsOf(await she.text("1")).join("\n")
  return { she, id, told }
}

describe("who was told to keep the chat closed", () => {
  test("is promised that nobody writes before she does, also in the middle of a chat", async () => {
    const { told } = await inDanger()
    expect(told).toContain("We will not text first")
  })

  test("gets no word of a counsellor until she writes, and then all of them in order", async () => {
    const { she, id } = await inDanger()
    expect(await desk().write(chats.sana, id, "Are you safe?", "k1")).toBeUndefined()
    expect(await desk().write(chats.sana, id, "I am here.", "k2")).toBeUndefined()
    expect(await she.read()).toEqual([])
    expect(await chats.head(id)).toMatchObject({ status: "live", rests: true })
    expect((await chats.lines(id)).slice(-2)).toEqual(["counsellor: Are you safe? (held)", "counsellor: I am here. (held)"])
    expect(textsOf(await she.text("I am out of the house"))).toEqual(["Sana: Are you safe?", "Sana: I am here."])
    expect((await chats.lines(id)).slice(-3)).toEqual(["counsellor: Are you safe?", "counsellor: I am here.", "contact: I am out of the house"])
    expect(await chats.head(id)).toMatchObject({ rests: false })
    await desk().write(chats.sana, id, "Good.", "k3")
    expect(textsOf(await she.read())).toEqual(["Sana: Good."])
  })

  test("while she waits: whoever comes is held, too, and introduced when she is back", async () => {
    const { she, id } = await chats.inLine()
    await she.text("0")
    await she.text("1")
    await desk().claim(chats.sana, id)
    await desk().write(chats.sana, id, "I am here.", "k1")
    expect(await she.read()).toEqual([])
    const told = textsOf(await she.text("1"))
    expect(told.slice(0, 2)).toEqual([expect.stringContaining("from Sana"), "Sana: I am here."])
    expect(await she.place()).toBe("person.live")
  })

  test("is back with the first word that is meant for whoever will come", async () => {
    const { she, id } = await chats.inLine()
    await she.text("0")
    await she.text("1")
    await she.text("a kite on the roof")
    expect(await chats.lines(id)).toContain("contact: a kite on the roof")
    // A calm word after a grave one makes the chat no less grave.
    expect(await chats.head(id)).toMatchObject({ rests: false, risk: 2 })
    await desk().claim(chats.sana, id)
    await desk().write(chats.sana, id, "I am here.", "k1")
    expect(textsOf(await she.read()).at(-1)).toBe("Sana: I am here.")
  })

  test("isn't back by looking for more numbers, or by asking for the urgent ones again", async () => {
    const { she, id } = await inDanger()
    await desk().write(chats.sana, id, "Are you safe?", "k1")
    const seen = [...(await she.text("2")), ...(await she.text("0")), ...(await she.text("1"))]
    expect(textsOf(seen).join("\n")).not.toContain("Sana")
    expect(await chats.head(id)).toMatchObject({ rests: true })
  })

  test("isn't reached by words either that were on their way before, and have to be tried again", async () => {
    const { she, id } = await chats.live()
    air.mishaps.push({ status: "retry", code: "mishap", afterMs: 600_000 }, { status: "retry", code: "mishap", afterMs: 600_000 })
    await desk().write(chats.sana, id, "Are you all right?", "k1")
    await house.settle()
    await she.text("0")
    expect(air.mishaps).toEqual([])
    const told = textsOf(await she.text("1"))
    expect(told.join("\n")).toContain("We will not text first")
    expect(told.join("\n")).not.toContain("Sana")
    expect(await chats.lines(id)).toContain("counsellor: Are you all right? (held)")
    expect(textsOf(await she.text("I am out"))).toEqual(["Sana: Are you all right?"])
  })

  test("nor by who introduced them: that somebody has come is as telling as what they say", async () => {
    const { she, id } = await chats.inLine()
    air.mishaps.push({ status: "retry", code: "mishap", afterMs: 600_000 }, { status: "retry", code: "mishap", afterMs: 600_000 })
    await desk().claim(chats.sana, id)
    await desk().write(chats.sana, id, "I am here.", "k1")
    await house.settle()
    await she.text("0")
    expect(air.mishaps).toEqual([])
    expect(textsOf(await she.text("1")).join("\n")).not.toContain("Sana")
    expect(textsOf(await she.text("I am out"))).toEqual([expect.stringContaining("from Sana"), "Sana: I am here."])
  })

  test("nor is who begins anew, before she has said that this is a good moment; nothing of it is lost", async () => {
    const { she, id } = await chats.live()
    air.mishaps.push({ status: "retry", code: "mishap", afterMs: 600_000 })
    await desk().write(chats.sana, id, "One.", "k1")
    await house.settle()
    expect(air.mishaps).toEqual([])
    expect(await chats.heard(she, { type: "begin" })).toEqual([expect.stringMatching(/^Hello\. Is this a good moment/)])
    await desk().write(chats.sana, id, "Two.", "k2")
    expect(await she.read()).toEqual([])
    const told = [...textsOf(await she.text("yes"))]
    // What has waited is taken up one after the other.
    await house.settle()
    told.push(...textsOf(await she.read()))
    expect(told.slice(0, 2)).toEqual(["Sana: One.", "Sana: Two."])
    expect(told.at(-1)).toContain("You are writing with Sana.")
  })

  test("who leaves instead never gets them", async () => {
    const { she, id } = await inDanger()
    await desk().write(chats.sana, id, "Are you safe?", "k1")
    expect(textsOf(await she.text("EXIT"))).toEqual(["Thanks, bye for now."])
    await chats.pass(1)
    expect(await she.read()).toEqual([])
    expect(await chats.lines(id)).toContain("counsellor: Are you safe? (failed)")
    const { rows } = await house.app.store.pool.query("select distinct status, code, content from outbox where conversation_id = $1 and status <> 'sent'", [
      house.app.cover.lookup("simulator", `sms:${she.from}`),
    ])
    expect(rows).toEqual([{ status: "refused", code: "left", content: null }])
  })

  test("gets what was said hours ago, as long as somebody kept the chat open", async () => {
    const { she, id } = await inDanger()
    for (let n = 1; n <= 5; n++) {
      await desk().write(chats.sana, id, `Word ${n}.`, `k${n}`)
      await chats.pass(15)
    }
    expect(await she.read()).toEqual([])
    expect(textsOf(await she.text("I am back"))).toEqual([1, 2, 3, 4, 5].map((n) => `Sana: Word ${n}.`))
  })

  test("a word that meets her own is either held or sent, and never lost", async () => {
    const { she, id } = await inDanger()
    await desk().write(chats.sana, id, "One.", "k1")
    await Promise.all([she.text("two, from me"), desk().write(chats.sana, id, "Three.", "k3")])
    await house.settle()
    await she.read()
    expect((await chats.lines(id)).filter((line) => line.startsWith("counsellor")).slice(1)).toEqual(["counsellor: One.", "counsellor: Three."])
  })
})
