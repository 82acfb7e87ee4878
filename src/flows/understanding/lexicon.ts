import { normal } from "./normal.ts"
import { patterns, type Pattern } from "./pattern.ts"
import { eachList, known, type Does, type PhraseList, type Weight } from "./phrase-list.ts"
import { entries, spellings } from "./spelling.ts"
import { LANGUAGES, type Intent, type Language, type Path, type Tier } from "./understood.ts"
import { bit, Vocabulary } from "./vocabulary.ts"

/** A rule ready to be asked. `name` tells a person which one it is: `en risks 4`. */
export type Asked<T> = T & { readonly name: string; readonly language: Language; readonly say: readonly Pattern[]; readonly unless: readonly Pattern[] }
export type AskedGuard = Asked<{ readonly does: Does; readonly paths: readonly Path[] }>
export type AskedRisk = Asked<{ readonly path: Path; readonly tier: Tier }>
export type AskedIntent = Asked<{ readonly intent: Intent; readonly weight: Weight }>

/** The lists of every language, compiled once. */
export type Lexicon = {
  readonly vocabulary: Vocabulary
  readonly symbols: number
  /** Concepts said in several words, each after the concepts it is made of. */
  readonly phrases: readonly { readonly symbol: number; readonly say: readonly Pattern[] }[]
  readonly guards: readonly AskedGuard[]
  readonly risks: readonly AskedRisk[]
  readonly intents: readonly AskedIntent[]
  readonly numbers: readonly NumberSymbol[]
  readonly glue: ReadonlySet<string>
  readonly tails: readonly string[]
  readonly heads: readonly string[]
}

/** What a number may mean, by its size. Lists use these as concepts too and add the numbers written as words. */
export type NumberSymbol = { readonly symbol: number; readonly from: number; readonly to: number }

const NUMBERS: Readonly<Record<string, readonly [number, number]>> = {
  number: [0, Infinity], baby: [0, 6], young: [7, 17], grown: [18, 99], year: [1950, 2035], grade: [5, 12], "lone-age": [9, 17],
}

/** Compiles the lists, or throws naming the line that cannot be read. */
export function lexicon(lists: Readonly<Record<Language, PhraseList>>): Lexicon {
  const vocabulary = new Vocabulary()
  const symbols = new Symbols()
  const concepts = new Set(Object.keys(NUMBERS))
  eachList(lists, (list, language) => {
    for (const name of named(list.concepts)) concepts.add(name)
    for (const name of named(list.own)) concepts.add(`${language}/${name}`)
  })

  const phrases = new Map<number, Pattern[]>()
  const symbolIn = (language: Language) => (word: string): number => {
    if (word.includes("_")) {
      const symbol = symbols.of(`${language}:${word}`)
      if (!phrases.has(symbol)) phrases.set(symbol, [...patterns(word.replaceAll("_", " "), symbolIn(language))])
      return symbol
    }
    if (!word.startsWith("<")) {
      const text = normal(word.replace(/'/g, ""))
      const symbol = symbols.of(`${language}:${text}`)
      vocabulary.say(text, symbol, language)
      return symbol
    }
    const name = word.slice(1, -1)
    const own = `${language}/${name}`
    if (!concepts.has(own) && !concepts.has(name)) throw new Error(`${language}: there is no concept ${word}`)
    return symbols.of(concepts.has(own) ? own : name)
  }

  eachList(lists, (list, language) => {
    const read = symbolIn(language)
    for (const [said, from] of [[list.concepts, ""], [list.own, `${language}/`]] as const) {
      for (const name of named(said)) {
        const symbol = symbols.of(from + name)
        for (const entry of entries(said[name] ?? "")) {
          if (/[\s<]/.test(entry)) phrases.set(symbol, [...(phrases.get(symbol) ?? []), ...patterns(entry, read)])
          else for (const word of spellings(entry)) vocabulary.say(normal(word.replace(/'/g, "")), symbol, language)
        }
      }
    }
  })
  eachList(lists, (list, language) => familiarise(vocabulary, list, language))

  const guards: AskedGuard[] = []
  const risks: AskedRisk[] = []
  const intents: AskedIntent[] = []
  eachList(lists, (list, language) => {
    const read = (lines: readonly string[] | undefined) => (lines ?? []).flatMap((line) => patterns(line, symbolIn(language)))
    const asked = (kind: string, index: number, rule: { say: readonly string[]; unless?: readonly string[] | undefined }) =>
      ({ name: `${language} ${kind} ${index + 1}`, language, say: read(rule.say), unless: read(rule.unless) })
    list.guards.forEach((rule, index) => {
      const base = asked("guards", index, rule)
      const paths = (rule.paths ?? ["danger", "suicide", "child", "images"]).map((path) => known("path", path, base.name))
      guards.push({ ...base, does: known("does", rule.does, base.name), paths })
    })
    list.risks.forEach((rule, index) => {
      const base = asked("risks", index, rule)
      risks.push({ ...base, path: known("path", rule.path, base.name), tier: known("tier", rule.tier, base.name) })
    })
    list.intents.forEach((rule, index) => {
      const base = asked("intents", index, rule)
      intents.push({ ...base, intent: known("intent", rule.intent, base.name), weight: known("weight", rule.weight, base.name) })
    })
  })
  const numbers = Object.entries(NUMBERS).map(([name, [from, to]]) => ({ symbol: symbols.of(name), from, to }))
  vocabulary.close()
  return {
    vocabulary,
    symbols: symbols.count,
    phrases: inOrder(phrases),
    guards,
    // Hard rules first, so that a soft one need not be asked once its path is hard.
    risks: risks.sort((a, b) => Number(a.tier === "soft") - Number(b.tier === "soft")),
    intents,
    numbers,
    glue: new Set(LANGUAGES.flatMap((language) => entries(lists[language].glue ?? "").map(normal))),
    tails: LANGUAGES.flatMap((language) => entries(lists[language].tails ?? "").map(normal)),
    heads: LANGUAGES.flatMap((language) => entries(lists[language].heads ?? "").map(normal)),
  }
}

class Symbols {
  readonly #ids = new Map<string, number>()
  of(name: string): number {
    const id = this.#ids.get(name) ?? this.#ids.size
    this.#ids.set(name, id)
    return id
  }
  get count(): number {
    return this.#ids.size
  }
}

function named(concepts: Readonly<Record<string, string>>): readonly string[] {
  return Object.keys(concepts).filter((name) => !name.startsWith("$"))
}

/** Tells the vocabulary the words that no pattern uses, and what short spellings stand for. */
function familiarise(vocabulary: Vocabulary, list: PhraseList, language: Language): void {
  const flag = bit(language)
  for (const text of list.marks.split(/[\s,]+/).map(normal)) {
    const word = vocabulary.word(text)
    word.marks |= flag
    word.knownIn |= flag
  }
  for (const text of list.plain.split(/[\s,]+/).map(normal)) vocabulary.word(text).knownIn |= flag
  for (const text of list.fillers.split(/[\s,]+/).map(normal)) {
    const word = vocabulary.word(text)
    word.filler = true
    word.knownIn |= flag
  }
  for (const [short, long] of Object.entries(list.rewrites)) {
    if (short.startsWith("$")) continue
    const word = vocabulary.word(normal(short))
    word.knownIn |= flag
    word.rewrites.push(normal(long).split(" ").map((text) => vocabulary.word(text)))
  }
}

/** Concepts made of other concepts come after them. A circle of concepts throws. */
function inOrder(phrases: ReadonlyMap<number, readonly Pattern[]>): { symbol: number; say: readonly Pattern[] }[] {
  const ordered: { symbol: number; say: readonly Pattern[] }[] = []
  const state = new Map<number, "open" | "done">()
  const visit = (symbol: number): void => {
    const say = phrases.get(symbol)
    if (!say || state.get(symbol) === "done") return
    if (state.get(symbol) === "open") throw new Error("a concept is made of itself")
    state.set(symbol, "open")
    for (const part of say.flat()) for (const needed of part.elements.flat()) if (needed !== symbol) visit(needed)
    state.set(symbol, "done")
    ordered.push({ symbol, say })
  }
  for (const symbol of phrases.keys()) visit(symbol)
  return ordered
}
