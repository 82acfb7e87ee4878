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
  return withoutMarks(line).map((plain) => plain.split(" + ").map((part) => sequence(part, line, symbolOf)))
}

function withoutMarks(line: string): readonly string[] {
  const optional = /(\S+)\?(?= |$)/.exec(line)
  if (!optional) return [line]
  const after = line.slice(optional.index + optional[0].length)
  const before = line.slice(0, optional.index)
  return [...withoutMarks(`${before}${optional[1]}${after}`), ...withoutMarks(`${before}${after}`.replace(/ {2,}/g, " ").trim())]
}

const NEAR = 3
const FAR = 7

function sequence(part: string, line: string, symbolOf: (word: string) => number): Sequence {
  const elements: number[][] = []
  const gaps: number[] = []
  let gap = 0
  let atStart = false
  let atEnd = false
  for (const word of part.split(" ")) {
    if (word === "") continue
    if (word === "..") gap = NEAR
    else if (word === "...") gap = FAR
    else if (word === "^") atStart = true
    else if (word === "$") atEnd = true
    else {
      elements.push(word.split("|").map(symbolOf))
      gaps.push(gap)
      gap = 0
    }
  }
  if (elements.length === 0) throw new Error(`"${line}" says nothing`)
  return { elements, gaps, atStart, atEnd }
}
