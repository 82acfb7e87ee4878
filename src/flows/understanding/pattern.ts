import { choices, spellings, wordsOf } from "./spelling.ts"

/** Words in a row. An element is a choice of symbols, by its number; a gap is how many words may stand before it. */
export type Sequence = {
  readonly elements: readonly number[]
  readonly gaps: readonly number[]
  readonly atStart: boolean
  readonly atEnd: boolean
}

/** Sequences that stand near each other in any order. Most patterns are one sequence. */
export type Pattern = readonly Sequence[]

const NEAR = 3
const FAR = 7

/**
 * Reads a line of a list. What may be missing doubles the pattern. `elementOf` gives the number of a choice between words
 * and `<concepts>`.
 */
export function patterns(line: string, elementOf: (words: readonly string[]) => number): readonly Pattern[] {
  const parts = line.split(" + ").map((part) => sequences(part, line, elementOf))
  return parts.reduce<Sequence[][]>((made, some) => made.flatMap((before) => some.map((one) => [...before, one])), [[]])
}

type Draft = { readonly elements: readonly number[]; readonly gaps: readonly number[]; readonly gap: number }

function sequences(part: string, line: string, elementOf: (words: readonly string[]) => number): readonly Sequence[] {
  let drafts: readonly Draft[] = [{ elements: [], gaps: [], gap: 0 }]
  let atStart = false
  let atEnd = false
  const words = wordsOf(part)
  for (const [index, word] of words.entries()) {
    if (word === "..") drafts = drafts.map((draft) => ({ ...draft, gap: Math.max(draft.gap, NEAR) }))
    else if (word === "...") drafts = drafts.map((draft) => ({ ...draft, gap: FAR }))
    else if (word === "^" && index === 0) atStart = true
    else if (word === "$" && index === words.length - 1) atEnd = true
    else {
      const optional = word.endsWith("?") && !word.endsWith(")?")
      const said = choices(optional ? word.slice(0, -1) : word).flatMap(spellings)
      const element = elementOf(said.filter((one) => one !== ""))
      const longer = drafts.map(({ elements, gaps, gap }) => ({ elements: [...elements, element], gaps: [...gaps, gap], gap: 0 }))
      drafts = optional || said.includes("") ? [...longer, ...drafts] : longer
    }
  }
  const made = drafts.filter(({ elements }) => elements.length > 0)
  if (made.length === 0) throw new Error(`"${line}" says nothing`)
  return made.map(({ elements, gaps }) => ({ elements, gaps, atStart, atEnd }))
}
