import { foldForSms } from "./sms.ts"
import type { Language, Texts } from "./texts.ts"

/** What a message says, before it has a language and a shape. It is what the outbox keeps. */
export type Message = {
  readonly key: string
  readonly values?: Readonly<Record<string, Value>>
  readonly options?: readonly { readonly id: string; readonly label: string }[]
}

/** A text, or the key of another with what fills it. */
export type Value = string | { readonly key: string; readonly values?: Readonly<Record<string, string>> | undefined }

/** A message as it leaves: its text and, where the channel draws them, its choices. */
export type Rendered = {
  readonly text: string
  readonly choices: readonly { readonly id: string; readonly label: string }[]
  /** Whether the choices also stand in the text, as numbered lines. */
  readonly numbered: boolean
}

/** How each channel draws choices: Telegram all of them as buttons, WhatsApp up to ten as buttons or a list, SMS none. */
const DRAWN: Readonly<Record<"telegram" | "sms" | "whatsapp", number>> = { telegram: 100, whatsapp: 10, sms: 0 }

/** Gives a message its language and its shape. Pure. */
export function render(message: Message, language: Language, shape: keyof typeof DRAWN, texts: Texts): Rendered {
  const values = message.values && Object.fromEntries(Object.entries(message.values).map(([name, value]) => [name, filled(value, language, texts)]))
  const choices = (message.options ?? []).map(({ id, label }) => ({ id, label: texts(label, language) }))
  const numbered = choices.length > DRAWN[shape]
  const lines = numbered ? choices.map(({ label }, index) => `${index + 1} ${label}`) : []
  const text = [texts(message.key, language, values).replace(/ {2,}/g, " ").trim(), ...lines].join("\n")
  return { text: shape === "sms" && !isForeign(text) ? foldForSms(text, language) : text, choices, numbered }
}

/** Letters of another script: the whole text is UCS-2 then, and folding would only spoil its marks. */
function isForeign(text: string): boolean {
  return /[^\p{Script=Latin}\P{L}]/u.test(text)
}

function filled(value: Value, language: Language, texts: Texts): string {
  return typeof value === "string" ? value : texts(value.key, language, value.values)
}
