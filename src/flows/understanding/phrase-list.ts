import { LANGUAGES, PATHS, TOPICS, ENTRIES, type Intent, type Language, type Path, type Tier } from "./understood.ts"

/**
 * The phrases of one language, as its counsellors keep them. Keys that start with `$` are comments.
 *
 * Words stand in lists with commas between: `photo(|s), pic(|s|z), without clothes, threat*`.
 * `(|s)` gives both spellings, `*` any ending. A pattern is a line of words and `<concepts>`; `a|b` means either,
 * `?` that the word may be missing, `..` up to three words between, `...` up to seven, ` + ` in any order and near,
 * `^` and `$` the start and the end of the text.
 */
export type PhraseList = {
  /** "draft" until a native counsellor has read it. */
  readonly $review: string
  /** Everyday words by which the language is known. */
  readonly marks: string
  /** Words that may stand anywhere without changing the sense. */
  readonly fillers: string
  /** Ordinary words that must not be taken for a misspelling of another. */
  readonly plain: string
  /** Short spellings and what they stand for: `"im": "i am"`. */
  readonly rewrites: Readonly<Record<string, string>>
  /** Endings that people write apart from their word or joined to it: `ga, gi, ge`. */
  readonly glue?: string | undefined
  /** Short words that people write joined to the word after: `l, d, qu`. */
  readonly heads?: string | undefined
  /** Words that people write joined to the word before: `diya, raha`. */
  readonly tails?: string | undefined
  /** Words every language's patterns may use: a concept of this name holds the spellings of all lists together. */
  readonly concepts: Readonly<Record<string, string>>
  /** Words for this list's patterns only, because elsewhere they mean something else. */
  readonly own: Readonly<Record<string, string>>
  readonly guards: readonly Guard[]
  readonly risks: readonly RiskRule[]
  readonly intents: readonly IntentRule[]
}

type Rule = {
  readonly say: readonly string[]
  /** Where one of these is in the text too, the rule is silent. */
  readonly unless?: readonly string[] | undefined
  /** Texts in which this rule must speak, and texts in which it must not. The tests read them. */
  readonly fires: readonly string[]
  readonly quiet: readonly string[]
}

/**
 * Keeps a risk rule from speaking. `cover` takes the words it matches out of every risk rule's sight, `cancel` silences
 * its paths in the same sentence, `lower` makes them soft there.
 */
export type Guard = Rule & { readonly does: string; readonly paths?: readonly string[] | undefined }
export type RiskRule = Rule & { readonly path: string; readonly tier: string }
/** `sure` outweighs two `likely`, `likely` two `hint`; the heaviest intent is the answer. */
export type IntentRule = Rule & { readonly intent: string; readonly weight: string }

export type Does = "cover" | "cancel" | "lower"
export type Weight = "sure" | "likely" | "hint"

const words = { path: PATHS, tier: ["hard", "soft"], does: ["cover", "cancel", "lower"], weight: ["sure", "likely", "hint"], intent: [...TOPICS, ...ENTRIES] } as const
type Known = { path: Path; tier: Tier; does: Does; weight: Weight; intent: Intent }

/** Reads one of the fixed words of a list, or throws naming it: a list comes as JSON, where any word may stand. */
export function known<K extends keyof Known>(kind: K, word: string, where: string): Known[K] {
  if ((words[kind] as readonly string[]).includes(word)) return word as Known[K]
  throw new Error(`${where}: "${word}" is no ${kind}`)
}

/** Walks the lists in a fixed order. */
export function eachList(lists: Readonly<Record<Language, PhraseList>>, visit: (list: PhraseList, language: Language) => void): void {
  for (const language of LANGUAGES) visit(lists[language], language)
}
