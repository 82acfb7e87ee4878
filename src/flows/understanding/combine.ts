import { score, type Model } from "./model.ts"
import { PATHS, type Intent, type Path, type Risk, type Understood } from "./understood.ts"

/**
 * From which likelihood on the model alone raises a risk, and then softly: a question. Below one half on purpose, because a
 * question too many costs a person one number and a question too few may cost her more. Danger is a little higher,
 * because much of what people write here sounds like it; child is lowest, because few examples speak of it. They were set
 * by looking at the totals of the phrases that were written apart.
 */
const RAISED: Readonly<Record<Path, number>> = { danger: 0.35, suicide: 0.3, child: 0.2, images: 0.3 }
/**
 * A text of so few words or fewer gives the model nothing to weigh: it knows "goodbye" and "no more" from letters of
 * farewell only, and nobody writes examples of "mañana". What matters in three words ("he hits me") is written as a rule.
 */
const FEW = 3
/** In a text of so many words or fewer one word weighs much ("let me think about it"), and the model must be surer. */
const SHORT = 5
const SURE = 0.6
/**
 * Below this share of known runs of letters the model guesses. Of a hundred phrases it hasn't learned from, ninety-nine
 * have .7 or more; letters at random and most languages it doesn't know have less.
 */
const FAMILIAR = 0.6
/** From here on the model's intent stands before the rules'. */
const OUTWEIGHS = 0.6
/** Below this the model's first guess among two dozen intents is no better than asking again. */
const GUESS = 0.3

/** Fewer letters than this say "hi" or "ok" and nothing that could be understood; safety words are read before. */
const LONG_ENOUGH = /\p{L}(?:.*?\p{L}){2}/su

/**
 * Reads by rules and by model together. Rules are what a counsellor can read and change, and they know the idioms; the
 * model knows what nobody has written a rule for. Either may raise a risk, neither can take one back. Only a rule raises
 * it hard, which passes over the question whether this is a good moment: somebody must have meant those words to do that.
 */
export function combine(byRules: (text: string) => Understood, model: Model): (text: string) => Understood {
  return (text) => {
    if (!LONG_ENOUGH.test(text)) return { risks: [] }
    const ruled = byRules(text)
    const { risks: likely, intents, words, familiar } = score(model, text)
    if (words <= FEW || familiar < FAMILIAR) return ruled
    const risks = PATHS.flatMap((path): readonly Risk[] => {
      const rule = ruled.risks.filter((risk) => risk.path === path)
      const enough = words <= SHORT ? SURE : RAISED[path]
      return rule.length === 0 && likely[path] >= enough ? [{ path, tier: "soft" }] : rule
    })
    const intent = intentOf(ruled.intent, intents)
    return { risks, ...(intent !== undefined && { intent }), ...(ruled.language !== undefined && { language: ruled.language }) }
  }
}

function intentOf(ruled: Intent | undefined, intents: ReadonlyMap<Intent | "none", number>): Intent | undefined {
  let best: Intent | "none" = "none"
  let most = 0
  for (const [intent, p] of intents) if (p > most) [best, most] = [intent, p]
  if (best === "none") return ruled
  if (ruled === undefined) return most >= GUESS ? best : undefined
  return most >= OUTWEIGHS ? best : ruled
}
