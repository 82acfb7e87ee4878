/** Every spelling that a list's short form stands for: `hit(|s|ting)` is hit, hits, hitting. Groups may follow each other. */
export function spellings(short: string): readonly string[] {
  const open = short.indexOf("(")
  if (open < 0) return [short]
  const close = short.indexOf(")", open)
  if (close < 0) throw new Error(`"${short}": a bracket is not closed`)
  const rests = spellings(short.slice(close + 1))
  return short
    .slice(open + 1, close)
    .split("|")
    .flatMap((middle) => rests.map((rest) => short.slice(0, open) + middle + rest))
}

/** The entries of a comma list. */
export function entries(list: string): readonly string[] {
  return list
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "")
}
