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
