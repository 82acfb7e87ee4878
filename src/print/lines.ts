/** A word and how far from the left edge of its line it stands. */
export type Placed = { readonly word: string; readonly x: number }

/** Whether a text runs from right to left: by its first letter that says. */
export function isRtl(text: string): boolean {
  const first = text.match(/\p{L}/u)?.[0]
  return first !== undefined && /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(first)
}

/**
 * Breaks a text into lines no wider than `width`, and places each word. In a line from right to left the words stand in
 * that order, and those that run the other way (names in Latin letters, numbers) keep their own among themselves: what
 * the Unicode Bidirectional Algorithm asks for at the level of words.
 */
export function setLines(text: string, width: number, measured: (word: string) => number, rtl: boolean): readonly (readonly Placed[])[] {
  const space = measured(" ")
  const lines: string[][] = [[]]
  let used = 0
  for (const word of text.split(/\s+/).filter((one) => one !== "")) {
    const wide = measured(word)
    const line = lines.at(-1) ?? []
    if (line.length > 0 && used + space + wide > width) {
      lines.push([word])
      used = wide
    } else {
      used += (line.length > 0 ? space : 0) + wide
      line.push(word)
    }
  }
  return lines.map((words) => place(rtl ? reordered(words) : words, width, measured, space, rtl))
}

function place(words: readonly string[], width: number, measured: (word: string) => number, space: number, rtl: boolean): readonly Placed[] {
  const whole = words.reduce((sum, word) => sum + measured(word), 0) + Math.max(0, words.length - 1) * space
  let x = rtl ? width - whole : 0
  return words.map((word) => {
    const placed = { word, x }
    x += measured(word) + space
    return placed
  })
}

/** From the order in which they are read to that in which they stand, left to right, in a line from right to left. */
function reordered(words: readonly string[]): readonly string[] {
  const runs: string[][] = []
  let before: boolean | undefined
  for (const word of words) {
    const own = !isRtl(word) && /[\p{Script=Latin}\d]/u.test(word)
    if (own && before === true) runs.at(-1)?.push(word)
    else runs.push([word])
    before = own
  }
  return runs.reverse().flat()
}
