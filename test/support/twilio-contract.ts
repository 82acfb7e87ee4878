import { createHash } from "node:crypto"
import { channelContract, type Failure, type Harness } from "../bots/contract.ts"
import { openHouse } from "./house.ts"
import { photoOf } from "./photo.ts"
import { openTwilio, type Trick } from "./twilio.ts"
import { twilioPerson } from "./twilio-person.ts"

const FAILURES: Readonly<Record<Failure, Trick>> = {
  "too-fast": { status: 429, code: 20429 },
  refused: { status: 400, code: 30007 },
  "unknown-lost": "drop-before",
  "unknown-arrived": "drop-after",
}

/** Holds one of Twilio's channels to what every channel promises. */
export function twilioContract(channel: "sms" | "whatsapp"): void {
  channelContract(`Twilio's ${channel}`, async (): Promise<Harness> => {
    const provider = await openTwilio()
    const house = await openHouse(provider.environment)
    provider.keepTime(house.now)
    return {
      house,
      lookedUp: true,
      person() {
        const { address, received } = twilioPerson(provider, house, channel)
        const sidOf = (deliveryId: string) =>
          `SM${createHash("md5")
            .update(address + deliveryId)
            .digest("hex")}`
        return {
          text: (text, { deliveryId } = {}) => provider.inbound(house, address, { Body: text }, deliveryId === undefined ? {} : { sid: sidOf(deliveryId) }),
          media: () => {
            const { sid, params } = provider.media.store(photoOf())
            return provider.inbound(house, address, params, { sid })
          },
          received: () => received().map(({ text }) => text),
        }
      },
      fail: (next) => provider.misbehave("send", FAILURES[next]),
      forge: () => provider.inbound(house, twilioPerson(provider, house, channel).address, { Body: "hi" }, { token: "another-token" }),
      async close() {
        await house.close()
        await provider.close()
      },
    }
  })
}
