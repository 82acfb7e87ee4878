import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { openHouse, type House } from "../support/house.ts"
import { newStaff } from "../support/desk.ts"
import { simulated } from "../support/simulated.ts"

let house: House
let sana: string
let noor: string
beforeAll(async () => {
  house = await openHouse()
  sana = await newStaff(house, "Sana", ["counsellor"])
  noor = await newStaff(house, "Noor", ["counsellor", "supervisor"])
})
afterAll(() => house.close())

type She = ReturnType<typeof simulated>
const texts = (messages: Awaited<ReturnType<She["read"]>>) => messages.map(({ text }) => text)

/** Somebody who has come as far as the line. */
async function inLine(about = "an account"): Promise<{ readonly she: She; readonly id: string }> {
  const she = simulated(house, "sms")
  for (const text of ["hi", "yes", "talk to a person", "yes", "no", about]) await she.text(text)
  expect(await she.place()).toBe("person.queued")
  const { queue } = await house.app.desk.view(noor)
  const id = queue.at(-1)?.id ?? ""
  return { she, id }
}

describe("a person asks for a human, and one comes", () => {
  test("she agrees, waits, writes with somebody and is asked one question at the end", async () => {
    const { she, id } = await inLine("my account was taken")
    expect(texts(await she.text("are you there?"))).toEqual(["Kept for whoever answers."])
    expect(await house.app.desk.claim(sana, id)).toBeUndefined()
    // Nobody has said anything yet, so nothing is promised.
    expect(await she.read()).toEqual([])
    expect(await house.app.desk.write(sana, id, "I am here.", "k1")).toBeUndefined()
    expect(texts(await she.read())).toEqual(["Sana is here now and writes with you.", "Sana: I am here."])
    expect(await she.text("he has my password")).toEqual([])
    const chat = await house.app.desk.chat(sana, id, 0)
    if (typeof chat === "string") throw new Error(chat)
    expect(chat.lines.map(({ n, from, text }) => [n, from, text])).toEqual([
      [1, "contact", "are you there?"],
      [2, "counsellor", "I am here."],
      [3, "contact", "he has my password"],
    ])
    expect(chat.lines[1]?.delivery).toBe("sent")
    expect(chat.asked).toEqual([
      { question: "person.danger", answer: "choice.no" },
      { question: "person.about", answer: "my account was taken" },
    ])
    expect(await house.app.desk.end(sana, id, "helped")).toBeUndefined()
    expect(texts(await she.read())[0]).toContain("Sana has closed the chat.")
    expect(texts(await she.text("1"))[0]).toContain("Thank you.")
    expect(await she.place()).toBe("menu.main")
  })
})
