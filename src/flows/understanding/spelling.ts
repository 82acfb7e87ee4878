/**
 * Every spelling that a list's short form stands for: `hit(|s|ting)` is hit, hits, hitting; `take(n)?` is take, taken.
 * Groups may follow each other and stand in each other.
 */
export function spellings(short: string): readonly string[] {
  const open = short.indexOf("(")
  if (open < 0) return [short]
  const close = closing(short, open)
  const mayMiss = short.charAt(close + 1) === "?"
  const middles = choices(short.slice(open + 1, close)).flatMap(spellings)
  const rests = spellings(short.slice(mayMiss ? close + 2 : close + 1))
  return (mayMiss ? [...middles, ""] : middles).flatMap((middle) => rests.map((rest) => short.slice(0, open) + middle + rest))
}

function closing(short: string, open: number): number {
  let depth = 0
  for (let at = open; at < short.length; at++) {
    if (short.charAt(at) === "(") depth++
    else if (short.charAt(at) === ")" && --depth === 0) return at
  }
  throw new Error(`"${short}": a bracket is not closed`)
}

/** What stands between bars outside brackets: `he|she` and `hit(|s)|beat(|s)` are two each. */
export function choices(word: string): readonly string[] {
  const found: string[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at < word.length; at++) {
    const letter = word.charAt(at)
    if (letter === "(") depth++
    else if (letter === ")") depth--
    else if (letter === "|" && depth === 0) {
      found.push(word.slice(from, at))
      from = at + 1
    }
  }
  return [...found, word.slice(from)]
}

/** The words of a line. Brackets hold together what stands in them; the spaces there become `_`. */
export function wordsOf(line: string): readonly string[] {
  let depth = 0
  let held = ""
  for (const letter of line) {
    if (letter === "(") depth++
    else if (letter === ")") depth--
    held += letter === " " && depth > 0 ? "_" : letter
  }
  return held.split(" ").filter((word) => word !== "")
}

/** The entries of a comma list. */
export function entries(list: string): readonly string[] {
  return list
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "")
}
