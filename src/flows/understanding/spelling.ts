/**
 * Every spelling that a list's short form stands for: `hit(|s|ting)` is hit, hits, hitting; `take(n)?` is take, taken.
 * Groups may follow each other.
 */
export function spellings(short: string): readonly string[] {
  return expand(short, () => true)
}

/** The lines that a line with groups of several words stands for: `i (left|ran away)` is two lines. */
export function lines(short: string): readonly string[] {
  return expand(short, (group) => group.includes(" ")).map((line) => line.replace(/ {2,}/g, " ").trim())
}

function expand(short: string, wanted: (group: string) => boolean): readonly string[] {
  const open = short.indexOf("(")
  if (open < 0) return [short]
  const close = short.indexOf(")", open)
  if (close < 0) throw new Error(`"${short}": a bracket is not closed`)
  const mayMiss = short.charAt(close + 1) === "?"
  const end = mayMiss ? close + 2 : close + 1
  const group = short.slice(open + 1, close)
  const middles = wanted(group) ? [...group.split("|"), ...(mayMiss ? [""] : [])] : [short.slice(open, end)]
  const rests = expand(short.slice(end), wanted)
  return middles.flatMap((middle) => rests.map((rest) => short.slice(0, open) + middle + rest))
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

/** The entries of a comma list. */
export function entries(list: string): readonly string[] {
  return list
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "")
}
