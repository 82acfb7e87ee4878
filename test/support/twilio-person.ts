import type { House } from "./house.ts"
import type { Twilio, TwilioMessage } from "./twilio.ts"

let people = 0

/** A person with a phone of her own, on SMS or on WhatsApp. */
export function twilioPerson(provider: Twilio, house: House, channel: "sms" | "whatsapp", prefix = "+92300") {
  people += 1
  const address = `${channel === "whatsapp" ? "whatsapp:" : ""}${prefix}${String(1_000_000 + people)}`
  const id = house.app.cover.lookup(channel, address)
  const heard = async (params: Readonly<Record<string, string>>) => {
    const before = provider.sentTo(address).length
    const status = await provider.inbound(house, address, params)
    if (status !== 200) throw new Error(`the house answered ${status}`)
    await house.settle()
    return provider.sentTo(address).slice(before)
  }
  return {
    address,
    id,
    /** Says something and answers with what came back. */
    says: (text: string) => heard({ Body: text }),
    hears: heard,
    /** Taps a button or a row of a message, as WhatsApp reports it. */
    taps({ choices, drawn }: TwilioMessage, which: string) {
      const choice = choices.find(({ id }) => id === which || id.endsWith(`/${which}`))
      if (choice === undefined) throw new Error(`no such choice: ${which}`)
      return heard(
        drawn === "quick-reply" ? { Body: choice.label, ButtonText: choice.label, ButtonPayload: choice.id } : { Body: choice.label, ListTitle: choice.label, ListId: choice.id },
      )
    },
    received: () => provider.sentTo(address),
    rows: () => rowsOf(house, id),
    async place() {
      const { rows } = await house.app.store.pool.query<{ state: Buffer }>("select state from conversation where id = $1", [id])
      return rows[0] === undefined ? "" : (JSON.parse(house.app.cover.open("state", rows[0].state)) as { place: string }).place
    },
  }
}

export type Row = {
  readonly id: string
  readonly status: string
  readonly code: string | null
  readonly attempts: number
  readonly provider_id: string | null
  readonly kept: boolean
  readonly held: boolean /** Seconds from the database's now. */
  readonly due_in: number
}

/** What the outbox holds of one contact, in order. */
export async function rowsOf(house: House, conversationId: string): Promise<readonly Row[]> {
  const { rows } = await house.app.store.pool.query<Row>(
    `select id, status, code, attempts, provider_id, content is not null as kept, process is not null as held, extract(epoch from due_at - now())::float8 as due_in
     from outbox where conversation_id = $1 order by turn, position`,
    [conversationId],
  )
  return rows
}

/** Lets all that waits come due, as if its time had passed, and sends it. */
export async function comeDue(house: House): Promise<void> {
  await house.app.delivery.idle()
  await house.app.store.pool.query("update outbox set due_at = now() - interval '1 second' where status in ('waiting', 'unknown')")
  await house.settle()
}

/** How many rows there are of all that a message may leave. */
export async function stored(house: House): Promise<Readonly<Record<string, number>>> {
  const { rows } = await house.app.store.pool.query<Record<string, number>>(
    "select (select count(*)::int from conversation) as conversation, (select count(*)::int from delivery) as delivery, (select count(*)::int from outbox) as outbox, (select count(*)::int from timer) as timer",
  )
  return rows[0] ?? {}
}
