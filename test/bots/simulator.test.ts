import { randomUUID } from "node:crypto"
import { expect, test } from "vitest"
import { simulatorChannel } from "../../src/bots/simulator.ts"
import { createPhone } from "../../src/helpline/phone.ts"
import { channelContract, type Harness, type Person } from "./contract.ts"
import { openHouse } from "../support/house.ts"

for (const as of ["telegram", "sms", "whatsapp"] as const) {
  channelContract(`the simulator, playing ${as},`, async (): Promise<Harness> => {
    const house = await openHouse()
    const phones: { readonly from: string; texts: readonly string[] }[] = []

    async function look(): Promise<void> {
      for (const phone of phones) {
        const response = await fetch(`${house.url}/simulator/messages?as=${as}&from=${encodeURIComponent(phone.from)}`)
        phone.texts = ((await response.json()) as { messages: { text: string }[] }).messages.map(({ text }) => text)
      }
    }

    return {
      house: {
        ...house,
        async settle() {
          await house.settle()
          await look()
        },
      },
      lookedUp: true,
      // Its provider is our own database: it can't refuse, and nothing of it comes twice.
      lacks: ["too-fast", "refused", "unknown-lost", "unknown-arrived", "deliveries", "media", "signature"],
      person(): Person {
        const phone = { from: `+9230000000${phones.length}`, texts: [] as readonly string[] }
        phones.push(phone)
        return {
          text: async (text) => (await fetch(`${house.url}/simulator/messages`, { method: "POST", body: JSON.stringify({ as, from: phone.from, text }) })).status,
          media: async () => 404,
          received: () => phone.texts,
        }
      },
      fail() {},
      forge: async () => 404,
      close: () => house.close(),
    }
  })
}

test("what may have reached a phone of the simulator is looked for there", async () => {
  const house = await openHouse()
  try {
    const channel = simulatorChannel(createPhone(house.app.store, house.app.cover), new Map())
    const message = {
      id: randomUUID(),
      conversationId: randomUUID(),
      address: "sms:+923000000001",
      language: "en",
      rendered: { text: "Hello", choices: [] },
    } as unknown as Parameters<typeof channel.send>[0]
    const found = async () => (await channel.lookUp?.(message, new Date(0), new Set()))?.found
    expect(await found()).toBe(false)
    await channel.send(message)
    expect(await found()).toBe(true)
  } finally {
    await house.close()
  }
})
