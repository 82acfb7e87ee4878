import { createHash } from "node:crypto"
import type { Rendered } from "../locales/render.ts"
import { readableCode } from "./told.ts"
import type { Client } from "./twilio.ts"

/** WhatsApp draws at most three buttons without an approved template, and lists of at most ten rows. */
const BUTTONS = 3

/** The buttons or the list could not be made at the provider; the message itself has not been tried. */
export class ContentFailed extends Error {
  override name = "ContentFailed"
  readonly code: string
  constructor(cause: unknown) {
    super("a content resource could not be made", { cause })
    const { code, status, name } = cause as { code?: unknown; status?: unknown; name?: unknown }
    this.code = readableCode(code ?? status ?? name)
  }
}

/**
 * WhatsApp's buttons and lists live at Twilio as content resources. One is made for each set of labels, not for each
 * message: the text itself is a variable and is never part of it.
 */
export type Contents = {
  /** The name of the resource with these choices, made where there is none. Throws `ContentFailed`. */
  readonly of: (choices: Rendered["choices"]) => Promise<string>
  /** Twilio says that a resource isn't there any more; it isn't named again. */
  readonly gone: (sid: string) => void
}

export function createContents(client: Client): Contents {
  const made = new Map<string, Promise<string>>()
  const removed = new Set<string>()
  let known: Promise<Map<string, string>> | undefined

  async function make(name: string, types: object): Promise<string> {
    known ??= list()
    try {
      const there = (await known).get(name)
      if (there !== undefined && !removed.has(there)) return there
    } catch (cause) {
      known = undefined
      throw cause
    }
    const content = (await client.content.v1.contents.create({ friendly_name: name, language: "en", variables: { 1: "Hello" }, types } as never)) as { sid?: unknown } | null
    if (!isContent(content?.sid)) throw Object.assign(new Error("the answer names no content resource"), { code: "unreadable" })
    return content.sid
  }

  async function list(): Promise<Map<string, string>> {
    const all = await client.content.v1.contents.list({ limit: 1000, pageSize: 50 })
    return new Map(all.flatMap(({ friendlyName, sid }) => (isContent(sid) ? [[friendlyName, sid] as const] : [])))
  }

  return {
    async of(choices) {
      const types = typesOf(choices)
      const name = `hamraaz-${createHash("sha256").update(JSON.stringify(types)).digest("hex").slice(0, 24)}`
      // Whoever finds that it was removed makes it again; who comes at the same moment waits for that one.
      for (let attempt = 0; attempt < 2; attempt++) {
        const making = made.get(name) ?? make(name, types)
        made.set(name, making)
        const drop = () => made.get(name) === making && made.delete(name)
        const sid = await making.catch((cause: unknown) => {
          drop()
          throw new ContentFailed(cause)
        })
        if (!removed.has(sid)) return sid
        drop()
      }
      throw new ContentFailed({ code: "removed" })
    },
    gone(sid) {
      removed.add(sid)
      known = undefined
    },
  }
}

function isContent(sid: unknown): sid is string {
  return typeof sid === "string" && /^HX[0-9a-f]{32}$/.test(sid)
}

function typesOf(choices: Rendered["choices"]): object {
  if (choices.length <= BUTTONS) return { "twilio/quick-reply": { body: "{{1}}", actions: choices.map(({ id, label }) => ({ type: "QUICK_REPLY", title: label, id })) } }
  return { "twilio/list-picker": { body: "{{1}}", button: "...", items: choices.map(({ id, label }) => ({ item: label, id })) } }
}
