import { randomUUID } from "node:crypto"
import { z } from "zod"
import type { Channel } from "../helpline/channel.ts"
import type { Phone } from "../helpline/phone.ts"
import type { Receive } from "../helpline/receive.ts"
import { countSms } from "../locales/sms.ts"
import type { Door } from "./http.ts"

/** The simulator's way out: onto a phone that exists in the database only. */
export function simulatorChannel(phone: Phone): Channel {
  return {
    name: "simulator",
    perSecond: 1_000_000,
    cost: () => 1,
    reportsLater: false,
    async send({ id, conversationId, rendered }) {
      await phone.put(id, conversationId, rendered)
      return { status: "sent" }
    },
    lookUp: async () => ({ found: false }),
    erase: async () => true,
  }
}

const shape = z.enum(["telegram", "sms", "whatsapp"])
const said = z.strictObject({ as: shape, from: z.string().min(1).max(64), text: z.string().max(4096).optional(), choice: z.string().min(1).max(64).optional() })
const asked = z.object({ as: shape, from: z.string().min(1).max(64), after: z.coerce.bigint().min(0n).default(0n) })

/** A phone of the simulator is no contact of a real channel, whatever number is typed for it. */
const addressOf = (as: string, from: string) => `${as}:${from}`

/** `POST /simulator/messages`: something is typed or tapped on a phone. 202 once its turn is committed. */
export function simulatorPost({ receive }: { readonly receive: Receive }): Door {
  return {
    admits: () => true,
    answer: async ({ body }) => {
      let value: unknown
      try {
        value = JSON.parse(body.toString("utf8"))
      } catch {
        return problem("the body is no JSON")
      }
      const parsed = said.safeParse(value)
      if (!parsed.success) return problem(parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; "))
      const { as, from, text, choice } = parsed.data
      if ((text === undefined) === (choice === undefined)) return problem("one of text and choice is needed")
      await receive({
        channel: "simulator",
        address: addressOf(as, from),
        shape: as,
        deliveryId: randomUUID(),
        heard: choice !== undefined ? { type: "choice", id: choice } : { type: "text", text: text ?? "" },
      })
      return { status: 202, type: "application/json", body: "{}" }
    },
  }
}

/** `GET /simulator/messages`: what a phone has received after an id, what has still to come, and where the conversation is. */
export function simulatorGet({ phone }: { readonly phone: Phone }): Door {
  return {
    admits: () => true,
    answer: async ({ url }) => {
      const parsed = asked.safeParse(Object.fromEntries(new URL(url, "http://localhost").searchParams))
      if (!parsed.success) return problem(parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; "))
      const { as, from, after } = parsed.data
      const { messages, pending, place, language } = await phone.look(addressOf(as, from), after)
      return {
        status: 200,
        type: "application/json",
        body: JSON.stringify({
          messages: messages.map(({ id, text, choices, at }) => ({ id, text, choices, ...(as === "sms" && { segments: countSms(text).segments }), at })),
          pending,
          place,
          language,
        }),
      }
    },
  }
}

function problem(message: string) {
  return { status: 400, type: "application/json", body: JSON.stringify({ error: message }) }
}
