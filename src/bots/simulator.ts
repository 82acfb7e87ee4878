import { randomUUID } from "node:crypto"
import { z } from "zod"
import type { Heard } from "../flows/effect.ts"
import type { Channel } from "../helpline/channel.ts"
import type { Phone } from "../helpline/phone.ts"
import type { Receive } from "../helpline/receive.ts"
import { countSms } from "../locales/sms.ts"
import type { Door } from "./http.ts"

/** Pictures that were sent on phones of the simulator, as a provider would hold them: the last few, as long as the process lives. */
export type Uploads = Map<string, Uint8Array>
const MOST_UPLOADS = 16

/** The simulator's way out: onto a phone that exists in the database only. */
export function simulatorChannel(phone: Phone, uploads: Uploads): Channel {
  return {
    name: "simulator",
    perSecond: 1_000_000,
    cost: () => 1,
    reportsLater: false,
    async send({ id, conversationId, rendered }) {
      await phone.put(id, conversationId, rendered)
      return { status: "sent" }
    },
    lookUp: async ({ id }) => ({ found: await phone.has(id) }),
    erase: async () => true,
    async fetchFile(file) {
      const bytes = uploads.get(file)
      return bytes === undefined ? { status: "lost", code: "gone" } : { status: "fetched", bytes }
    },
    dropFile: async (file) => ({ status: uploads.delete(file) ? "gone" : "missing" }),
  }
}

const shape = z.enum(["telegram", "sms", "whatsapp"])
const said = z.strictObject({
  as: shape,
  from: z.string().min(1).max(64),
  text: z.string().max(4096).optional(),
  choice: z.string().min(1).max(64).optional(),
  picture: z.base64().min(4).optional(),
})
const asked = z.object({ as: shape, from: z.string().min(1).max(64), after: z.coerce.bigint().min(0n).default(0n) })

/** A phone of the simulator is no contact of a real channel, whatever number is typed for it. */
const addressOf = (as: string, from: string) => `${as}:${from}`

/** `POST /simulator/messages`: something is typed or tapped on a phone. 202 once its turn is committed. */
export function simulatorPost({ receive, uploads }: { readonly receive: Receive; readonly uploads: Uploads }): Door {
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
      const { as, from, text, choice, picture } = parsed.data
      if ([text, choice, picture].filter((one) => one !== undefined).length !== 1) return problem("one of text, choice and picture is needed")
      await receive({
        channel: "simulator",
        address: addressOf(as, from),
        shape: as,
        deliveryId: randomUUID(),
        heard: choice !== undefined ? { type: "choice", id: choice } : picture !== undefined ? sent(taken(uploads, picture)) : { type: "text", text: text ?? "" },
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

const sent = (file: string): Heard => ({ type: "media", file, files: [file] })

function taken(uploads: Uploads, picture: string): string {
  const file = `simulator:${randomUUID()}`
  uploads.set(file, Buffer.from(picture, "base64"))
  const [oldest] = uploads.keys()
  if (uploads.size > MOST_UPLOADS && oldest !== undefined) uploads.delete(oldest)
  return file
}

function problem(message: string) {
  return { status: 400, type: "application/json", body: JSON.stringify({ error: message }) }
}
