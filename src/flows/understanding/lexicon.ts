import { normal } from "./normal.ts"
import { PatternIndex } from "./pattern-index.ts"
import { patterns, type Pattern } from "./pattern.ts"
import { eachList, known, type Does, type PhraseList, type Weight } from "./phrase-list.ts"
import { entries, spellings } from "./spelling.ts"
import { Symbols } from "./symbols.ts"
import { LANGUAGES, type Intent, type Language, type Path, type Tier } from "./understood.ts"
import { bit, Vocabulary } from "./vocabulary.ts"

/** A rule ready to be asked. `name` tells a person which one it is: `en risks 4`. */
export type Asked = { readonly name: string; readonly language: Language; readonly unless: readonly Pattern[] }
export type AskedGuard = Asked & { readonly does: Does; readonly paths: readonly Path[] }
export type AskedRisk = Asked & { readonly path: Path; readonly tier: Tier }
export type AskedIntent = Asked & { readonly intent: Intent; readonly weight: Weight }

/** Rules of one kind, and the patterns by which they speak. */
export type Rules<T extends Asked> = { readonly rules: readonly T[]; readonly index: PatternIndex }

/** The lists of every language, compiled once. */
export type Lexicon = {
  readonly vocabulary: Vocabulary
  readonly symbols: Symbols
  /** Concepts said in several words, by rank: those of a rank are made of words and of concepts of lower ranks. */
  readonly phrases: readonly PatternIndex[]
  readonly guards: Rules<AskedGuard>
  readonly risks: Rules<AskedRisk>
  readonly intents: Rules<AskedIntent>
  readonly numbers: readonly NumberSymbol[]
  readonly glue: ReadonlySet<string>
  readonly tails: readonly string[]
  readonly heads: readonly string[]
}

/** What a number may mean, by its size. Lists use these as concepts too and add the numbers written as words. */
export type NumberSymbol = { readonly symbol: number; readonly from: number; readonly to: number }

const NUMBERS: Readonly<Record<string, readonly [number, number]>> = {
  number: [0, Infinity],
  baby: [0, 6],
  young: [7, 17],
  grown: [18, 99],
  year: [1950, 2035],
  grade: [5, 12],
  "lone-age": [9, 17],
}

type Lists = Readonly<Record<Language, PhraseList>>
type Read = (line: string) => readonly Pattern[]

/** Compiles the lists, or throws naming the line that cannot be read. */
export function lexicon(lists: Lists): Lexicon {
  const vocabulary = new Vocabulary()
  const symbols = new Symbols()
  const phrases = new Map<number, readonly Pattern[]>()
  const read = reading(lists, vocabulary, symbols, phrases)
  eachList(lists, (list, language) => {
    defineConcepts(list.concepts, "", language)
    defineConcepts(list.own, `${language}/`, language)
    familiarise(vocabulary, list, language)
  })

  function defineConcepts(concepts: Readonly<Record<string, string>>, prefix: string, language: Language): void {
    for (const name of named(concepts)) {
      const symbol = symbols.symbol(prefix + name)
      for (const entry of entries(concepts[name] ?? "")) {
        if (/[\s<]/.test(entry)) phrases.set(symbol, [...(phrases.get(symbol) ?? []), ...read[language](entry)])
        else for (const word of spellings(entry)) vocabulary.say(plainWord(word), symbol, language)
      }
    }
  }

  const where = (kind: string, index: number, language: Language): string => `${language} ${kind} ${index + 1}`
  const guards = rulesOf<AskedGuard>(lists, "guards", read, (language, index) => {
    const rule = lists[language].guards[index]!
    const name = where("guards", index, language)
    return { does: known("does", rule.does, name), paths: (rule.paths ?? ["danger", "suicide", "child", "images"]).map((path) => known("path", path, name)) }
  })
  const risks = rulesOf<AskedRisk>(lists, "risks", read, (language, index) => {
    const rule = lists[language].risks[index]!
    const name = where("risks", index, language)
    return { path: known("path", rule.path, name), tier: known("tier", rule.tier, name) }
  })
  const intents = rulesOf<AskedIntent>(lists, "intents", read, (language, index) => {
    const rule = lists[language].intents[index]!
    const name = where("intents", index, language)
    return { intent: known("intent", rule.intent, name), weight: known("weight", rule.weight, name) }
  })
  const numbers = Object.entries(NUMBERS).map(([name, [from, to]]) => ({ symbol: symbols.symbol(name), from, to }))
  vocabulary.close()
  const commonness = commonnessOf(vocabulary, symbols, phrases)
  const indexed = <T extends Asked>(rules: readonly (T & { readonly say: readonly Pattern[] })[]): Rules<T> => {
    const index = new PatternIndex()
    rules.forEach((rule, owner) => {
      for (const pattern of rule.say) index.add(pattern, owner, symbols.members, commonness)
    })
    return { rules, index }
  }
  const wordsOf = (pick: (list: PhraseList) => string | undefined): string[] => LANGUAGES.flatMap((language) => entries(pick(lists[language]) ?? "").map(normal))
  return {
    vocabulary,
    symbols,
    phrases: byRank(phrases, symbols, commonness),
    guards: indexed(guards),
    risks: indexed(risks),
    intents: indexed(intents),
    numbers,
    glue: new Set(wordsOf((list) => list.glue)),
    tails: wordsOf((list) => list.tails),
    heads: wordsOf((list) => list.heads),
  }
}

function plainWord(word: string): string {
  return normal(word.replace(/'/g, ""))
}

function named(concepts: Readonly<Record<string, string>>): readonly string[] {
  return Object.keys(concepts).filter((name) => !name.startsWith("$"))
}

/** How a line of each language's list is read: words become symbols that the vocabulary can say. */
function reading(lists: Lists, vocabulary: Vocabulary, symbols: Symbols, phrases: Map<number, readonly Pattern[]>): Readonly<Record<Language, Read>> {
  const concepts = new Set(Object.keys(NUMBERS))
  eachList(lists, (list, language) => {
    for (const name of named(list.concepts)) concepts.add(name)
    for (const name of named(list.own)) concepts.add(`${language}/${name}`)
  })
  const symbolOf = (word: string, language: Language): number => {
    if (word.includes("_")) {
      const symbol = symbols.symbol(`${language}:${word}`)
      if (!phrases.has(symbol)) phrases.set(symbol, read[language](word.replaceAll("_", " ")))
      return symbol
    }
    if (word.startsWith("<")) {
      const own = `${language}/${word.slice(1, -1)}`
      const shared = word.slice(1, -1)
      if (!concepts.has(own) && !concepts.has(shared)) throw new Error(`${language}: there is no concept ${word}`)
      return symbols.symbol(concepts.has(own) ? own : shared)
    }
    const symbol = symbols.symbol(`${language}:${word}`)
    vocabulary.say(plainWord(word), symbol, language)
    return symbol
  }
  const reader =
    (language: Language): Read =>
    (line) =>
      patterns(line, (words) => symbols.element(words.map((word) => symbolOf(word, language))))
  const read = Object.fromEntries(LANGUAGES.map((language) => [language, reader(language)])) as Record<Language, Read>
  return read
}

/** The rules of one kind in every list, with what `rest` knows of each. */
function rulesOf<T extends Asked>(
  lists: Lists,
  kind: "guards" | "risks" | "intents",
  read: Readonly<Record<Language, Read>>,
  rest: (language: Language, index: number) => Omit<T, keyof Asked>,
): readonly (T & { readonly say: readonly Pattern[] })[] {
  const made: (T & { readonly say: readonly Pattern[] })[] = []
  eachList(lists, (list, language) => {
    list[kind].forEach((rule, index) => {
      const base = { name: `${language} ${kind} ${index + 1}`, language, say: rule.say.flatMap(read[language]), unless: (rule.unless ?? []).flatMap(read[language]) }
      made.push({ ...base, ...rest(language, index) } as unknown as T & { readonly say: readonly Pattern[] })
    })
  })
  return made
}

/** Tells the vocabulary the words that no pattern uses, and what short spellings stand for. */
function familiarise(vocabulary: Vocabulary, list: PhraseList, language: Language): void {
  const flag = bit(language)
  for (const text of list.marks.split(/[\s,]+/).map(plainWord)) {
    const word = vocabulary.word(text)
    word.marks |= flag
    word.knownIn |= flag
  }
  for (const text of list.plain.split(/[\s,]+/).map(normal)) vocabulary.word(text).knownIn |= flag
  for (const text of list.fillers.split(/[\s,]+/).map(plainWord)) {
    const word = vocabulary.word(text)
    word.filler = true
    word.knownIn |= flag
  }
  for (const [short, long] of Object.entries(list.rewrites)) {
    if (short.startsWith("$")) continue
    const word = vocabulary.word(plainWord(short))
    word.knownIn |= flag
    word.rewrites.push(
      normal(long)
        .split(" ")
        .map((text) => vocabulary.word(text)),
    )
  }
}

const EVERYDAY = 60

/** A guess at how often each symbol stands in a text: everyday words often, other words seldom, concepts as their words. */
function commonnessOf(vocabulary: Vocabulary, symbols: Symbols, phrases: ReadonlyMap<number, readonly Pattern[]>): readonly number[] {
  const common = Array.from({ length: symbols.count }, () => 0)
  for (const word of vocabulary.all()) {
    const weight = word.marks !== 0 || word.filler ? EVERYDAY : 1
    for (const symbol of word.symbols) common[symbol] = (common[symbol] ?? 0) + weight
  }
  for (const [symbol, said] of phrases) common[symbol] = (common[symbol] ?? 0) + said.length
  return common
}

/** Concepts made of other concepts have a higher rank than those. A circle of concepts throws. */
function byRank(phrases: ReadonlyMap<number, readonly Pattern[]>, symbols: Symbols, commonness: readonly number[]): readonly PatternIndex[] {
  const ranks = new Map<number, number>()
  const rankOf = (symbol: number): number => {
    const said = phrases.get(symbol)
    if (!said) return -1
    const known = ranks.get(symbol)
    if (known === Infinity) throw new Error("a concept is made of itself")
    if (known !== undefined) return known
    ranks.set(symbol, Infinity)
    let rank = 0
    for (const element of said.flat().flatMap((part) => part.elements)) {
      for (const needed of symbols.members[element] ?? []) rank = Math.max(rank, rankOf(needed) + 1)
    }
    ranks.set(symbol, rank)
    return rank
  }
  const indexes: PatternIndex[] = []
  for (const [symbol, said] of phrases) {
    const rank = rankOf(symbol)
    while (indexes.length <= rank) indexes.push(new PatternIndex())
    for (const pattern of said) indexes[rank]?.add(pattern, symbol, symbols.members, commonness)
  }
  return indexes
}
