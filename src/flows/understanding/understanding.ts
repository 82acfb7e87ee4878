import { languageOf } from "./language.ts"
import { lexicon, type Asked, type AskedRisk, type Lexicon, type Rules } from "./lexicon.ts"
import { normal } from "./normal.ts"
import type { Page, Span } from "./page.ts"
import type { PhraseList, Weight } from "./phrase-list.ts"
import { Reader } from "./reader.ts"
import { LANGUAGES, PATHS, type Intent, type Language, type Path, type Risk, type Tier, type Understood } from "./understood.ts"
import { bit } from "./vocabulary.ts"

/** What was understood, and by which rules (`en risks 4`): the answer to "why did it ask that?". */
export type Explained = Understood & { readonly rules: readonly string[] }

/** Makes the understanding from the phrase lists of every language. Pure: the same text always gives the same answer. */
export function createUnderstanding(lists: Readonly<Record<Language, PhraseList>>): (text: string) => Understood {
  const understand = judge(lists, false)
  return (text) => {
    const { rules: _, ...understood } = understand(text)
    return understood
  }
}

/** The same understanding, naming every rule that spoke. Slower, because it asks the rules whose answer is already known. */
export function createExplanation(lists: Readonly<Record<Language, PhraseList>>): (text: string) => Explained {
  return judge(lists, true)
}

/** A Telegram message has at most 4,096 characters. */
const LONGEST = 4096

function judge(lists: Readonly<Record<Language, PhraseList>>, thorough: boolean): (text: string) => Explained {
  const compiled = lexicon(lists)
  const reader = new Reader(compiled)
  return (text) => {
    const plain = normal(text.length > LONGEST ? text.slice(0, LONGEST) : text)
    reader.read(plain)
    const rules: string[] = []
    const risks = risksOn(reader, compiled, rules, thorough)
    const intent = intentOn(reader, compiled, rules) ?? (risks.some((risk) => risk.path === "danger" && risk.tier === "hard") ? "emergency" : undefined)
    const language = languageOf(plain, reader.everyday, reader.everydayVotes)
    return { risks, ...(intent && { intent }), ...(language && { language }), rules }
  }
}

type Silence = { readonly does: "cancel" | "lower"; readonly path: Path; readonly sentence: number }

function risksOn(reader: Reader, compiled: Lexicon, rules: string[], thorough: boolean): readonly Risk[] {
  const { page } = reader
  const silences: Silence[] = []
  each(
    page,
    compiled.guards,
    () => true,
    (guard, spans) => {
      rules.push(guard.name)
      for (const span of spans) {
        if (guard.does === "cover")
          page.cover(
            span,
            guard.paths.reduce((bits, path) => bits | pathBit(path), 0),
          )
        else for (const path of guard.paths) silences.push({ does: guard.does, path, sentence: page.sentenceAt(span.start) })
      }
    },
  )
  const tiers = new Map<Path, Tier>()
  const open = (rule: AskedRisk): boolean => {
    page.mindCover(pathBit(rule.path))
    // What is said softly is said in its own language; what is said plainly is heard in any.
    if (rule.tier === "soft" && (reader.active & bit(rule.language)) === 0) return false
    return thorough || !(tiers.get(rule.path) === "hard" || (rule.tier === "soft" && tiers.has(rule.path)))
  }
  each(page, compiled.risks, open, (rule, spans) => {
    const tier = tierAt(rule, spans, page, silences)
    if (!tier) return
    rules.push(rule.name)
    if (tiers.get(rule.path) !== "hard") tiers.set(rule.path, tier)
  })
  page.mindCover(0)
  return PATHS.flatMap((path) => {
    const tier = tiers.get(path)
    return tier ? [{ path, tier }] : []
  })
}

function pathBit(path: Path): number {
  return 1 << PATHS.indexOf(path)
}

/** The tier at which a rule speaks after the guards, if it does. */
function tierAt(rule: AskedRisk, spans: readonly Span[], page: Page, silences: readonly Silence[]): Tier | undefined {
  let tier: Tier | undefined
  for (const span of spans) {
    const first = page.sentenceAt(span.start)
    const last = page.sentenceAt(span.end)
    const here = silences.filter(({ path, sentence }) => path === rule.path && sentence >= first && sentence <= last)
    if (here.some(({ does }) => does === "cancel")) continue
    if (here.length === 0 && rule.tier === "hard") return "hard"
    tier = "soft"
  }
  return tier
}

/** Asks every rule that is open and has a pattern on the page; tells those that speak, and where. A rule may be told more than once. */
function each<T extends Asked>(page: Page, { rules, index }: Rules<T>, open: (rule: T) => boolean, tell: (rule: T, spans: readonly Span[]) => void): void {
  for (const symbol of page.present) {
    const candidates = index.of(symbol)
    if (!candidates) continue
    for (const { pattern, owner } of candidates) {
      if (!page.mayHave(pattern)) continue
      const rule = rules[owner]
      if (!rule || !open(rule)) continue
      const spans = page.find(pattern)
      if (spans.length === 0 || rule.unless.some((other) => page.find(other).length > 0)) continue
      tell(rule, spans)
    }
  }
}

const WEIGHTS: Readonly<Record<Weight, number>> = { sure: 12, likely: 4, hint: 1.5 }
/** A language's list counts whole, what the other lists add counts a little: they often say the same thing twice. */
const SECOND = 0.1
/** What a list counts when the text seems to be in other languages: it knows the words, not what excuses them. */
const FOREIGN = 0.5
/** From so many everyday words on the language of a text is plain, and lists of other languages count nothing. */
const PLAIN = 2
/** When two weigh the same, the narrower one. */
const ORDER: readonly Intent[] = [
  "blackmail",
  "deepfakes",
  "impersonation",
  "doxxing",
  "location",
  "browsing",
  "forget",
  "activists",
  "telling",
  "evidence",
  "hacked",
  "phone",
  "language",
  "report",
  "privacy",
  "find-help",
  "person",
  "images",
  "harassment",
  "accounts",
  "calm",
  "menu",
  "tips",
  "emergency",
]

function intentOn(reader: Reader, compiled: Lexicon, rules: string[]): Intent | undefined {
  const scores = new Map<Intent, number[]>()
  const spoken = new Set<string>()
  const plain = Math.max(...reader.votes) >= PLAIN
  each(
    reader.page,
    compiled.intents,
    (rule) => !spoken.has(rule.name) && !(plain && (reader.active & bit(rule.language)) === 0),
    (rule) => {
      spoken.add(rule.name)
      rules.push(rule.name)
      const byLanguage = scores.get(rule.intent) ?? LANGUAGES.map(() => 0)
      const language = LANGUAGES.indexOf(rule.language)
      const share = (reader.active & bit(rule.language)) === 0 ? FOREIGN : 1
      byLanguage[language] = (byLanguage[language] ?? 0) + WEIGHTS[rule.weight] * share
      scores.set(rule.intent, byLanguage)
    },
  )
  let best: Intent | undefined
  let most = 0
  for (const intent of ORDER) {
    const byLanguage = scores.get(intent)
    if (!byLanguage) continue
    const first = Math.max(...byLanguage)
    const score = first + SECOND * (byLanguage.reduce((sum, part) => sum + part, 0) - first)
    if (score > most) {
      most = score
      best = intent
    }
  }
  return best
}
