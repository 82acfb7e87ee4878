/** One word, number or sign of a normal text. `sentence` counts the sentences before it. */
export type Token = { readonly text: string; readonly sentence: number; readonly isNumber: boolean }

/**
 * Cuts a normal text into words. Digits and letters part (`15yo`), French elisions part (`j'ai`), other apostrophes
 * vanish (`don't`), a star inside a word is skipped (`su*cide`), two dots or more are a pause and not an end.
 */
export function tokens(text: string): readonly Token[] {
  const found: Token[] = []
  let sentence = 0
  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === 32) {
      at++
    } else if (isDigit(code)) {
      const from = at
      while (at < text.length && isDigit(text.charCodeAt(at))) at++
      found.push({ text: text.slice(from, at), sentence, isNumber: true })
    } else if (isLetter(code)) {
      at = readWord(text, at, sentence, found)
    } else if (isEnd(code)) {
      const from = at
      while (at < text.length && isEnd(text.charCodeAt(at))) at++
      const pause = code === DOT && at - from > 1
      if (!pause) sentence++
    } else if (code >= 0xd800 && code <= 0xdbff) {
      found.push({ text: text.slice(at, at + 2), sentence, isNumber: false })
      at += 2
    } else {
      if (code === 36 || code === 0xa3 || code > 0x20a0) found.push({ text: text.charAt(at), sentence, isNumber: false })
      at++
    }
  }
  return found
}

const DOT = 46
const APOSTROPHE = 39
const STAR = 42
const elided = new Set(["j", "m", "t", "s", "l", "d", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quelqu", "aujourd"])

function readWord(text: string, start: number, sentence: number, found: Token[]): number {
  let word = ""
  let at = start
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isLetter(code)) word += text.charAt(at)
    else if (code === STAR && isLetter(text.charCodeAt(at + 1))) continue
    else if (code === APOSTROPHE && isLetter(text.charCodeAt(at + 1))) {
      if (text.startsWith("ll", at + 1)) break
      if (!elided.has(word)) continue
      found.push({ text: word, sentence, isNumber: false })
      word = ""
    } else break
  }
  found.push({ text: word, sentence, isNumber: false })
  if (text.startsWith("'ll", at) && !isLetter(text.charCodeAt(at + 3))) {
    found.push({ text: "will", sentence, isNumber: false })
    return at + 3
  }
  return at
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function isLetter(code: number): boolean {
  if (code < 0xc0) return code >= 97 && code <= 122
  return code < 0x2000 ? code !== 0xd7 && code !== 0xf7 && code !== 0x60c && code !== 0x964 : code >= 0x3040 && code < 0xd800
}

/** The end of a sentence: . ! ? ; a new line, the danda. */
function isEnd(code: number): boolean {
  return code === DOT || code === 33 || code === 63 || code === 59 || code === 10 || code === 13 || code === 0x964
}
