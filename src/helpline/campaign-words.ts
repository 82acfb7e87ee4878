import { plain } from "../flows/directory.ts"
import { digitsOf } from "../flows/options.ts"
import { CARRIER_WORDS, createSafetyReader } from "../flows/safety-words.ts"
import { LANGUAGES, type Language, type LocaleFiles } from "../locales/texts.ts"
import { readWords } from "../locales/words.ts"

/** The words of a campaign, as far as they are looked at here. */
type Named = { readonly id: string; readonly words: Readonly<Partial<Record<Language, readonly string[] | undefined>>> }

/**
 * Words to join that mean something else already: a safety word, a carrier's, an answer, a greeting, a label that is
 * offered, or another campaign's. Each is named with what it means. Those of every language are read at once.
 * @param textsIn the files of a language
 */
export function wrongWords(campaigns: readonly Named[], textsIn: (language: Language) => LocaleFiles): readonly { readonly campaign: string; readonly problem: string }[] {
  if (campaigns.length === 0) return []
  const meaning = meanings(textsIn)
  const joins = new Map<string, string>()
  return campaigns.flatMap(({ id, words }) =>
    LANGUAGES.flatMap((language) =>
      (words[language] ?? []).flatMap((word) => {
        const form = plain(word)
        const other = joins.get(form)
        joins.set(form, other ?? id)
        const means = meaning(word) ?? (other === undefined || other === id ? undefined : `joins ${other}`)
        return means === undefined ? [] : [{ campaign: id, problem: `words.${language}: “${word}” ${means}` }]
      }),
    ),
  )
}

/** What a word means without any campaign; nothing when it is free. */
function meanings(textsIn: (language: Language) => LocaleFiles): (word: string) => string | undefined {
  const all = readWords()
  const safety = createSafetyReader(LANGUAGES.map((language) => ({ language, ...all[language] })))
  const carriers = new Set(Object.values(CARRIER_WORDS).flatMap((list) => list.map(plain)))
  const taken = new Map<string, string>()
  const take = (words: readonly string[], means: string) => {
    for (const word of words) taken.set(plain(word), means)
  }
  for (const language of LANGUAGES) {
    const { answers, greetings, thanks, fillers, campaignOff, name, alsoCalled } = all[language]
    take(labelsIn(textsIn(language)), "is the label of an answer")
    take(Object.values(answers).flat(), "is an answer")
    take(fillers, "is a word that says nothing by itself")
    take(greetings, "is a greeting")
    take(thanks, "is a word of thanks")
    take(campaignOff, "ends a campaign")
    take([name, ...alsoCalled], "is a language")
  }
  return (word) => {
    if (carriers.has(plain(word))) return "is a word that carriers answer themselves"
    const read = safety(word)
    if (read !== undefined) return `is read as the safety word ${read.word}`
    if (digitsOf(word) !== undefined) return "is read as a number"
    return taken.get(plain(word))
  }
}

function labelsIn(files: LocaleFiles): readonly string[] {
  return ["choice", "need"].flatMap((file) => Object.entries(files[file] ?? {}).flatMap(([key, text]) => (typeof text === "string" && !key.startsWith("$") ? [text] : [])))
}
