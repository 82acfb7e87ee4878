import { choices, lines, spellings } from "./spelling.ts"

/** Words in a row. An element is the symbols of which any will do; a gap is how many words may stand before it. */
export type Sequence = {
  readonly elements: readonly (readonly number[])[]
  readonly gaps: readonly number[]
  readonly atStart: boolean
  readonly atEnd: boolean
}

/** Sequences that stand near each other in any order. Most patterns are one sequence. */
export type Pattern = readonly Sequence[]

/** Reads a line of a list. What may be missing doubles the pattern. `symbolOf` gives the symbol of a word or of a `<concept>`. */
export function patterns(line: string, symbolOf: (word: string) => number): readonly Pattern[] {
  return lines(line).flatMap((plain) => {
    const parts = plain.split(" + ").map((part) => sequences(part, line, symbolOf))
    return parts.reduce<Sequence[][]>((made, some) => made.flatMap((before) => some.map((one) => [...before, one])), [[]])
  })
}

const NEAR = 3
const FAR = 7

function sequences(part: string, line: string, symbolOf: (word: string) => number): readonly Sequence[] {
  let drafts: { elements: number[][]; gaps: number[]; gap: number }[] = [{ elements: [], gaps: [], gap: 0 }]
  let atStart = false
  let atEnd = false
  for (const word of part.split(" ")) {
    if (word === "") continue
    if (word === "..") drafts = drafts.map((draft) => ({ ...draft, gap: Math.max(draft.gap, NEAR) }))
    else if (word === "...") drafts = drafts.map((draft) => ({ ...draft, gap: FAR }))
    else if (word === "^") atStart = true
    else if (word === "$") atEnd = true
    else {
      const optional = word.endsWith("?") && !word.endsWith(")?")
      const said = choices(optional ? word.slice(0, -1) : word).flatMap(spellings)
      const symbols = [...new Set(said.filter((one) => one !== "").map(symbolOf))]
      const longer = drafts.map(({ elements, gaps, gap }) => ({ elements: [...elements, symbols], gaps: [...gaps, gap], gap: 0 }))
      drafts = optional || said.includes("") ? [...longer, ...drafts] : longer
    }
  }
  const made = drafts.filter(({ elements }) => elements.length > 0)
  if (made.length === 0) throw new Error(`"${line}" says nothing`)
  return made.map(({ elements, gaps }) => ({ elements, gaps, atStart, atEnd }))
}
