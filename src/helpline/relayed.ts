import type { Effect } from "../flows/effect.ts"
import { previewReaderOf, shownOf } from "../locales/lint-preview.ts"
import type { Message } from "../locales/render.ts"
import { LANGUAGES, localeFiles } from "../locales/texts.ts"

/**
 * A counsellor's words as they leave: under the alias, and behind a harmless line where a locked screen would show a word
 * that mustn't be seen there. Words of every language are looked for: a counsellor may write in another one than the flows spoke.
 */
export type Relayed = (what: Extract<Effect, { type: "relay" }>) => Message

export function createRelayed(): Relayed {
  const readers = LANGUAGES.map((language) => previewReaderOf(localeFiles(language)))
  return ({ alias, text }) => {
    const shown = shownOf(`${alias}: ${text}`)
    const tells = readers.some((read) => read(shown, "person.relay") !== undefined)
    return { key: tells ? "person.relay-covered" : "person.relay", values: { alias, text } }
  }
}
