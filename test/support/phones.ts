import type { Conversation } from "../../src/flows/conversation.ts"
import type { Language, Shape } from "../../src/flows/effect.ts"
import type { House } from "./house.ts"
import { openTelegram } from "./telegram.ts"
import { deliver } from "./telegram-door.ts"
import { openTwilio } from "./twilio.ts"

/** A phone on a real channel: what is written on it comes through the house's webhook, what is read on it came over the provider. */
export type Phone = {
  readonly channel: Shape
  /** Types something; done once the house has answered the provider. */
  readonly writes: (house: House, text: string) => Promise<void>
  /** Chooses one of what is offered: a tap where there are buttons or rows, else its number. */
  readonly chooses: (house: House, id: string) => Promise<void>
  /** What has come since it was last looked at; where the channel reports that, the house is told that it arrived. */
  readonly reads: (house: House) => Promise<readonly string[]>
  /** Where its conversation stands. */
  readonly stands: (house: House) => Promise<Conversation>
}

/** Both providers of the three channels, each behind a stand-in that speaks its HTTP. */
export async function openProviders() {
  const telegram = await openTelegram()
  const twilio = await openTwilio()
  let numbers = 0

  function onTelegram(language: Language): Phone {
    // An app has no Roman Urdu.
    const chat = telegram.chat("private", language === "ur-Latn" ? "en" : language)
    let read = 0
    const brings = async (house: House, update: unknown) => answered(await deliver(house, update))
    return {
      channel: "telegram",
      writes: (house, text) => brings(house, telegram.text(chat, text)),
      chooses: (house, id) => brings(house, telegram.tap(chat, id)),
      async reads() {
        const news = chat.arrived.slice(read)
        read = chat.arrived.length
        return news.map(({ text }) => text)
      },
      stands: (house) => standing(house, "telegram", String(chat.id)),
    }
  }

  function onTwilio(channel: "sms" | "whatsapp"): Phone {
    const address = `${channel === "whatsapp" ? "whatsapp:" : ""}+92301${String((numbers += 1)).padStart(7, "0")}`
    let read = 0
    const brings = async (house: House, params: Readonly<Record<string, string>>) => answered(await twilio.inbound(house, address, params))
    const stands = (house: House) => standing(house, channel, address)
    return {
      channel,
      writes: (house, text) => brings(house, { Body: text }),
      async chooses(house, id) {
        const { choices, drawn } = twilio.sentTo(address).at(-1) ?? { choices: [], drawn: "text" }
        const choice = choices.find((one) => one.id.endsWith(`/${id}`))
        const offered = (await stands(house)).offered.findIndex((one) => one.id.endsWith(`/${id}`))
        if (choice === undefined && (drawn !== "text" || offered < 0)) throw new Error(`nothing is offered that is called ${id}`)
        if (choice === undefined) return brings(house, { Body: String(offered + 1) })
        return brings(
          house,
          drawn === "quick-reply" ? { Body: choice.label, ButtonText: choice.label, ButtonPayload: choice.id } : { Body: choice.label, ListTitle: choice.label, ListId: choice.id },
        )
      },
      async reads(house) {
        const news = twilio.sentTo(address).slice(read)
        read += news.length
        await Promise.all(news.map(async (message) => answered(await twilio.status(house, message, channel === "sms" ? "delivered" : "read"))))
        return news.map(({ text }) => text)
      },
      stands,
    }
  }

  return {
    /** The settings of a house whose providers these are. */
    environment: { ...telegram.environment, ...twilio.environment },
    /** A phone nobody has written with yet, with its app in this language where the channel tells. */
    phone: (channel: Shape, language: Language): Phone => (channel === "telegram" ? onTelegram(language) : onTwilio(channel)),
    async close() {
      await telegram.close()
      await twilio.close()
    },
  }
}

function answered(status: number): void {
  if (status !== 200) throw new Error(`the house answered ${status}`)
}

async function standing({ app }: House, channel: string, address: string): Promise<Conversation> {
  const { rows } = await app.store.pool.query<{ state: Buffer }>("select state from conversation where id = $1", [app.cover.lookup(channel, address)])
  if (rows[0] === undefined) throw new Error("nobody has written from there")
  return JSON.parse(app.cover.open("state", rows[0].state)) as Conversation
}
