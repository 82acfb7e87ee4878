import type { Door } from "./bots/http.ts"
import { simulatorChannel, simulatorGet, simulatorPost, type Uploads } from "./bots/simulator.ts"
import { setTelegramWebhook, telegramName, telegramChannel, telegramDoor, telegramPolling } from "./bots/telegram.ts"
import type { Config } from "./config.ts"
import type { Reach } from "./helpline/campaign-invite.ts"
import type { Channel } from "./helpline/channel.ts"
import type { Phone } from "./helpline/phone.ts"
import type { Receive } from "./helpline/receive.ts"
import type { Log } from "./log.ts"
import { notifyOfSent } from "./store/desk-writes.ts"
import { reported, type Report } from "./store/outbox.ts"
import type { Store } from "./store/pool.ts"

type Parts = {
  readonly config: Config
  readonly store: Store
  readonly phone: Phone
  readonly receive: Receive
  readonly log: Log /** What somebody wrote who came by a link, by what the link carries. */
  readonly joins: ReadonlyMap<string, string>
}

/** Opens each channel that is set: what sends, and the doors by which it is heard. Where Telegram can't reach us, it is polled. */
export async function openChannels({ config, store, phone, receive, log, joins }: Parts) {
  const { telegram, twilio, publicUrl } = config
  const doors = new Map<string, Door>()
  const channels: Channel[] = []
  let polling: ReturnType<typeof telegramPolling> | undefined
  if (config.simulator) {
    const uploads: Uploads = new Map()
    channels.push(simulatorChannel(phone, uploads))
    doors.set("POST /simulator/messages", simulatorPost({ receive, uploads }))
    doors.set("GET /simulator/messages", simulatorGet({ phone }))
  }
  if (telegram !== undefined) {
    channels.push(telegramChannel(telegram))
    const parts = { settings: telegram, receive, log, joins }
    if (publicUrl === undefined) polling = telegramPolling(parts)
    else doors.set("POST /telegram", telegramDoor(parts))
  }
  if (twilio !== undefined && publicUrl !== undefined) {
    // Twilio's library is large: a house without it starts a second sooner.
    const { twilioChannels, twilioMessageDoor, twilioStatusDoor } = await import("./bots/twilio.ts")
    const parts = { settings: twilio, publicUrl, log }
    const report = async (id: string, told: Report) => {
      const known = await reported(store.pool, id, told)
      if (known) await notifyOfSent(store.pool, id)
      return known
    }
    channels.push(...twilioChannels(parts))
    doors.set("POST /twilio/message", twilioMessageDoor({ ...parts, receive }))
    doors.set("POST /twilio/status", twilioStatusDoor({ ...parts, receive, report }))
  }
  let name: string | undefined
  return {
    /** Where the house can be written to, as far as it is known by now. */
    reach: (): Reach => ({
      telegram: name,
      // A sender made of letters can't be answered.
      sms: /^\+?\d+$/.test(twilio?.smsFrom ?? "") ? twilio?.smsFrom : undefined,
      whatsapp: twilio?.whatsappFrom?.replace(/^whatsapp:/, ""),
      simulator: config.simulator,
    }),
    /** Asks channels what they are called there, and goes on asking until they have said it once. */
    learnNames: () => {
      if (telegram !== undefined) void telegramName(telegram, (told) => (name = told))
    },
    channels,
    doors,
    polling,
    /** Tells the channels that have to be told by which address they reach us. */
    tellWhereWeAre: () => {
      if (telegram !== undefined && publicUrl !== undefined) void setTelegramWebhook(telegram, publicUrl, log)
    },
  }
}
