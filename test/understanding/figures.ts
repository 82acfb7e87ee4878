import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Understood } from "../../src/flows/understanding/understood.ts"

export type Phrase = {
  readonly text: string
  readonly language: string
  readonly risks: readonly string[]
  readonly intent: string | null
  readonly kind: string
}

/** What was measured for one language, or for all of them. */
export type Figures = {
  readonly phrases: number
  readonly danger: Rates
  readonly suicide: Rates
  readonly child: Rates
  readonly images: Rates
  /** The share of phrases with an intent whose intent was found. */
  readonly intents: number
  /** The share of phrases about nothing of ours that were left alone. */
  readonly quiet: number
}
type Rates = { readonly recall: number; readonly precision: number }

/** Phrases written apart from the lists they measure, by somebody who had not seen them. */
export function blindPhrases(): readonly Phrase[] {
  return JSON.parse(readFileSync(join(import.meta.dirname, "phrases.json"), "utf8")) as Phrase[]
}

/** Measures an understanding on phrases. A risk counts as raised in either tier: both put the question to her. */
export function measure(understand: (text: string) => Understood, phrases: readonly Phrase[]): Figures {
  const seen = phrases.map((phrase) => ({ phrase, understood: understand(phrase.text) }))
  const rates = (path: string): Rates => {
    const wanted = seen.filter(({ phrase }) => phrase.risks.includes(path))
    const raised = seen.filter(({ understood }) => understood.risks.some((risk) => risk.path === path))
    const right = raised.filter(({ phrase }) => phrase.risks.includes(path)).length
    return { recall: share(right, wanted.length), precision: share(right, raised.length) }
  }
  const asking = seen.filter(({ phrase }) => phrase.intent !== null)
  const idle = seen.filter(({ phrase }) => phrase.intent === null && phrase.risks.length === 0)
  return {
    phrases: phrases.length,
    danger: rates("danger"),
    suicide: rates("suicide"),
    child: rates("child"),
    images: rates("images"),
    intents: share(asking.filter(({ phrase, understood }) => understood.intent === phrase.intent).length, asking.length),
    quiet: share(idle.filter(({ understood }) => understood.risks.length === 0 && understood.intent === undefined).length, idle.length),
  }
}

/** The figures as a Markdown table. */
export function table(rows: Readonly<Record<string, Figures>>): string {
  const percent = (value: number) => value.toFixed(2)
  const both = ({ recall, precision }: Rates) => `${percent(recall)} / ${percent(precision)}`
  return [
    "| | phrases | danger | suicide | child | images | intent, first guess | left alone |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...Object.entries(rows).map(
      ([name, f]) => `| ${name} | ${f.phrases} | ${both(f.danger)} | ${both(f.suicide)} | ${both(f.child)} | ${both(f.images)} | ${percent(f.intents)} | ${percent(f.quiet)} |`,
    ),
  ].join("\n")
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole
}
