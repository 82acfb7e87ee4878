import { createFlows, type Conversation, type FlowContent } from "../flows/conversation.ts"
import type { Effect, Facts, Heard, Shape } from "../flows/effect.ts"
import { ENTRIES, PATHS, TOPICS, type Understood } from "../flows/understanding/understood.ts"
import type { Said } from "../locales/lint.ts"
import { render, type Message } from "../locales/render.ts"
import { LANGUAGES, type Texts } from "../locales/texts.ts"
import type { DirectoryFile } from "./content.ts"
import { standing } from "./hours.ts"
import { createListing } from "./listing.ts"

/**
 * Everything that can be said: each place of the flows that can be reached, in each country, with the real directory,
 * and each entry of it at the hours and ages that change its words; in every language, in every channel's shape.
 */
export function rehearse(content: FlowContent, files: readonly DirectoryFile[], texts: Texts): readonly Said[] {
  const listing = createListing(files, texts)
  const now = Math.max(...files.flatMap(({ entries }) => entries.map(({ verifiedOn }) => Date.parse(verifiedOn))))
  const seen = new Map<string, Said>()
  for (const shape of SHAPES) {
    for (const effect of walk(content, shape, now)) {
      for (const language of LANGUAGES) {
        for (const message of messagesOf(effect, (moment) => listing(effect as never, language, moment, shape), files, now)) {
          const { text, choices } = render(message, language, shape, texts)
          const options = "options" in effect ? (effect.options ?? []) : []
          const said = { language, shape, key: message.key, text, choices: choices.map(({ id, label }, index) => ({ id, label, key: options[index]?.label ?? label })) }
          seen.set(JSON.stringify(said), said)
        }
      }
    }
  }
  return [...seen.values()]
}
