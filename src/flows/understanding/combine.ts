import { score, type Model } from "./model.ts"
import { PATHS, type Intent, type Path, type Risk, type Tier, type Understood } from "./understood.ts"

/**
 * From which likelihood on the model alone raises a risk. Low on purpose: what it raises is a question, and a question
 * too many costs a person one number, a question too few may cost her more.
 */
export const RAISED: Readonly<Record<Path, number>> = { danger: 0.35, suicide: 0.3, child: 0.2, images: 0.3 }
/** From here on the model is as sure as a rule that leaves no doubt. */
const CERTAIN = 0.9
/** From here on the model's intent stands before the rules'. */
const OUTWEIGHS = 0.6
/** Below this the model's first guess is no better than asking again. */
const GUESS = 0.3

/** Fewer letters than this say "hi" or "ok" and nothing that could be understood; safety words are read before. */
const LONG_ENOUGH = /\p{L}(?:.*?\p{L}){2}/su

/**
 * Reads by rules and by model together. Rules are what a counsellor can read and change, and they know the idioms; the
 * model knows what nobody has written a rule for. Either may raise a risk, neither can take one back.
 */
export function combine(byRules: (text: string) => Understood, model: Model): (text: string) => Understood {
  return (text) => {
    if (!LONG_ENOUGH.test(text)) return { risks: [] }
    const ruled = byRules(text)
    const { risks: likely, intents } = score(model, text)
    const risks = PATHS.flatMap((path): Risk[] => {
      const rule = ruled.risks.find((risk) => risk.path === path)
      const p = likely[path]
      const tier: Tier | undefined = rule?.tier === "hard" || p >= CERTAIN ? "hard" : rule !== undefined || p >= RAISED[path] ? "soft" : undefined
      return tier === undefined ? [] : [{ path, tier }]
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
