import type { Effect, Language } from "../flows/effect.ts"
import { previewReaderOf, shownOf, type PreviewReader } from "../locales/lint-preview.ts"
import type { Message } from "../locales/render.ts"
import { LANGUAGES, localeFiles } from "../locales/texts.ts"

/**
 * A counsellor's words as they leave: under the alias, and behind a harmless line where a locked screen would show a word
 * that mustn't be seen there. Words are looked for in her language and in English, whatever the counsellor writes in.
 */
export type Relayed = (what: Extract<Effect, { type: "relay" }>, language: Language) => Message

export function createRelayed(): Relayed {
  const readers = new Map<Language, PreviewReader>(LANGUAGES.map((language) => [language, previewReaderOf(localeFiles(language))]))
  return ({ alias, text }, language) => {
    const shown = shownOf(`${alias}: ${text}`)
    const tells = [language, "en" as const].some((one) => readers.get(one)?.(shown, "person.relay") !== undefined)
    return { key: tells ? "person.relay-covered" : "person.relay", values: { alias, text } }
  }
}
