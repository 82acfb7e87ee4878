import type { Language, Option, TextKey } from "./effect.ts"
import { covered, isPhrase, phraseAt, phrasesOf, without, wordsOf, type Phrases } from "./typed.ts"

/** How answers are typed in one language, from its `words.json`. */
export type AnswerWords = {
  readonly language: Language
  /** Other ways to type an answer, by the option's id. */
  readonly answers: Readonly<Record<string, readonly string[]>>
  /** Words that say nothing beside an answer. */
  readonly fillers: readonly string[]
  /** Words that may follow a yes or a no and leave it one. */
  readonly afterYes: readonly string[]
  readonly afterNo: readonly string[]
  /** Words of `answers.no` that also begin a sentence which is no answer. */
  readonly negating: readonly string[]
  /** Number words, from one on, those of one number separated by spaces. */
  readonly numbers: readonly string[]
  /** Words that stand before a number. */
  readonly option: readonly string[]
}

export type Answers = {
  /**
   * The option that a typed answer means: the nth by number, in digits or in words, one by its label, or a yes or a no, all
   * of them with fillers. Nothing when the text says more; free text is never bent into an option.
   */
  readonly chosen: (text: string, offered: readonly Option[], language: Language) => string | undefined
  /** The option whose yes, no or not sure a longer text begins with. */
  readonly begun: (text: string, offered: readonly Option[], language: Language) => string | undefined
  /** The option that a plain yes, no or not sure stands for. */
  readonly meaning: (offered: readonly Option[], kind: Polar) => string | undefined
}

type Polar = "yes" | "no" | "not-sure"
const POLAR: readonly Polar[] = ["not-sure", "no", "yes"]
const SIGNS: Readonly<Record<Polar, readonly string[]>> = { yes: ["👍", "👌", "✅"], no: ["👎", "❌"], "not-sure": [] }
const MOST_WORDS = 12

/** @param texts the label of an option in a language */
export function createAnswers(lists: readonly AnswerWords[], texts: (label: TextKey, language: Language) => string): Answers {
  const all = (pick: (list: AnswerWords) => readonly string[] | undefined) => phrasesOf(lists.flatMap((list) => pick(list) ?? []))
  const polar = Object.fromEntries(POLAR.map((kind) => [kind, phrasesOf([...lists.flatMap(({ answers }) => answers[kind] ?? []), ...SIGNS[kind]])])) as Record<Polar, Phrases>
  const fillers = all((list) => list.fillers)
  const after = { yes: all((list) => list.afterYes), no: all((list) => list.afterNo) }
  const marks = all((list) => [...list.option, ...list.fillers])
  const negating = new Map(lists.map(({ language, negating }) => [language, phrasesOf(negating)]))
  const numbers = new Map(
    lists.flatMap((list) => list.numbers.flatMap((names, index) => names.split(" ").map((name) => [`${list.language} ${wordsOf(name).join(" ")}`, index + 1] as const))),
  )

  const forms = new Map<string, { readonly all: Phrases; readonly labels: readonly string[] }>()
  function formsOf({ id, label }: Option, language: Language) {
    const name = `${language}/${label}/${id}`
    const known = forms.get(name)
    if (known !== undefined) return known
    const labels = [texts(label, language), texts(label, "en")]
    const made = { all: phrasesOf([...labels, ...lists.flatMap(({ answers }) => answers[unplaced(id)] ?? [])]), labels: labels.map((one) => wordsOf(one).join(" ")) }
    // Labels and places come from fixed sets, so this stays small.
    forms.set(name, made)
    return made
  }

  const meaning = (offered: readonly Option[], kind: Polar) => offered.find(({ id, means }) => means === kind || unplaced(id) === kind)?.id

  function chosen(text: string, offered: readonly Option[], language: Language): string | undefined {
    const digits = digitsOf(text)
    if (digits !== undefined) return offered[Number(digits) - 1]?.id
    const words = wordsOf(text)
    if (words.length === 0 || words.length > MOST_WORDS) return undefined
    const exactly = offered.find((option) => isPhrase(words, formsOf(option, language).all))
    if (exactly !== undefined) return exactly.id
    return numbered(words, offered, language) ?? labelled(without(words, fillers), offered, language) ?? answered(words, offered)
  }

  /** “option 1”, “1 please”, “the second one”, “(2) Find help near me”. */
  function numbered(words: readonly string[], offered: readonly Option[], language: Language): string | undefined {
    // In another language “do” and “teen” are no numbers.
    const numberOf = (word: string | undefined) =>
      word === undefined ? undefined : /^[1-9]\d?$/.test(word) ? Number(word) : (numbers.get(`${language} ${word}`) ?? numbers.get(`en ${word}`))
    let at = 0
    while (at < words.length && numberOf(words[at]) === undefined && phraseAt(words, at, marks) > 0) at += phraseAt(words, at, marks)
    const option = offered[(numberOf(words[at]) ?? 0) - 1]
    if (option === undefined) return undefined
    const rest = words.slice(at + 1).filter((word) => numberOf(word) !== numberOf(words[at]))
    return covered(rest, [marks]) || labelled(without(rest, fillers), [option], language) !== undefined ? option.id : undefined
  }

  /** A label, or its beginning where only one begins so. */
  function labelled(words: readonly string[], offered: readonly Option[], language: Language): string | undefined {
    if (words.length === 0) return undefined
    const exactly = offered.find((option) => isPhrase(words, formsOf(option, language).all))
    if (exactly !== undefined) return exactly.id
    if (words.length === 1) return undefined
    const typed = words.join(" ")
    const beginning = offered.filter((option) => formsOf(option, language).labels.some((label) => label.startsWith(`${typed} `)))
    return beginning.length === 1 ? beginning[0]?.id : undefined
  }

  /** A yes, a no or a not sure of which nothing but fillers and its own tail is left. */
  function answered(words: readonly string[], offered: readonly Option[]): string | undefined {
    const said = new Set<Polar>()
    const weak = new Set<Polar>()
    const tail: string[] = []
    for (let at = 0; at < words.length; ) {
      const [kind, count] = polarAt(words, at)
      const filler = phraseAt(words, at, fillers)
      if (kind !== undefined && count >= filler) (count === filler ? weak : said).add(kind)
      else if (filler === 0) tail.push(words[at] ?? "")
      at += Math.max(1, count, filler)
    }
    const [kind, other] = said.size > 0 ? said : weak
    if (kind === undefined || other !== undefined) return undefined
    const tails = kind === "not-sure" ? [after.yes, after.no] : [after[kind]]
    return covered(tail, tails) ? meaning(offered, kind) : undefined
  }

  function polarAt(words: readonly string[], at: number): readonly [Polar | undefined, number] {
    let best: readonly [Polar | undefined, number] = [undefined, 0]
    for (const kind of POLAR) {
      const count = phraseAt(words, at, polar[kind])
      if (count > best[1]) best = [kind, count]
    }
    return best
  }

  function begun(text: string, offered: readonly Option[], language: Language): string | undefined {
    const words = wordsOf(text)
    let at = 0
    // An “ok” before something else is no yes.
    while (phraseAt(words, at, fillers) > 0 && polarAt(words, at)[1] <= phraseAt(words, at, fillers)) at += phraseAt(words, at, fillers)
    const [kind, count] = polarAt(words, at)
    if (kind === undefined) return undefined
    const pause = /^[^\p{L}]*\p{L}+\s*[,.!;:،۔]/u.test(text)
    const list = negating.get(language)
    if (kind === "no" && !pause && list !== undefined && isPhrase(words.slice(at, at + count), list)) return undefined
    return meaning(offered, kind)
  }

  return { chosen, begun, meaning }
}

/** An option's id with the question it answers: what a button carries, so that an old one is known as old. */
export function placed(question: string, id: string): string {
  return `${question}/${id}`
}

/** The option's own id. */
export function unplaced(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1)
}

/** The number when a text is nothing but a number (“2”, “2.”, “(۲)”), as ASCII digits. */
export function digitsOf(text: string): string | undefined {
  const trimmed = text.normalize("NFKC").replace(/[\s\p{P}\u200b-\u200f\ufe0f\u20e3]/gu, "")
  if (trimmed === "" || trimmed.length > 3 || !/^\p{Nd}+$/u.test(trimmed)) return undefined
  return [...trimmed].map(digitValue).join("")
}

/** A digit of any script as that of every day. Unicode keeps the ten digits of a script in one run that begins with its zero. */
export function digitValue(character: string): string {
  const code = character.codePointAt(0) ?? 0
  for (let zero = code; zero > code - 10; zero--) {
    if (!/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) return String(code - zero)
  }
  return String((code - 0x30) % 10)
}
