import type { Linted, Problem } from "./lint.ts"
import { listOf, wordsOf } from "./lint-preview.ts"
import { LANGUAGES } from "./texts.ts"

/** What a typed word can mean besides a language's name. Those of every language are read at once, so none may mean two things. */
const KINDS = ["exit", "menu", "forget", "emergency", "yes", "no", "not-sure", "more", "back"] as const

/** The lists of `words.json`: all there, no word in two of them, none that belongs to the carriers. */
export function lintWords({ files, carrierWord }: Pick<Linted, "files" | "carrierWord">): readonly Problem[] {
  const meant = new Map<string, { readonly kind: string; readonly where: string }>()
  return LANGUAGES.flatMap((language) => {
    const own = files[language]
    if (own === undefined) return []
    const words = own["words"] ?? {}
    const lists = [
      ...KINDS.map((kind) => ({ list: kind as string, kind: kind as string, words: listOf(words[kind]) })),
      ...["stopping", "farewells"].map((list) => ({ list, kind: "exit", words: listOf(words[list]) })),
      { list: "also-called", kind: `the language ${language}`, words: [...listOf(words["also-called"]), ...listOf([words["name"]])] },
    ]
    return lists.flatMap(({ list, kind, words }) => {
      const tell = (problem: string): Problem => ({ language, key: `words.${list}`, problem })
      const empty = words.length === 0 ? [tell("has no words")] : []
      return [
        ...empty,
        ...words.flatMap((word) => {
          const form = wordsOf(word).join(" ")
          const other = meant.get(form)
          meant.set(form, other ?? { kind, where: `${language}/words.json, ${list}` })
          return [
            ...(carrierWord(word) ? [tell(`“${word}” is a word that carriers answer themselves`)] : []),
            ...(other !== undefined && other.kind !== kind ? [tell(`“${word}” also stands in ${other.where}`)] : []),
          ]
        }),
      ]
    })
  })
}
