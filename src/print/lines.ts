/** A run of letters in one direction and alphabet, and how far from the left edge of its line it stands. */
export type Placed = { readonly text: string; readonly x: number }

type Run = { readonly text: string; readonly kind: "left" | "right" | "number" | "between" }

const ARABIC = /[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]/
/** Marks for direction have no letter; what they say is found anew. */
const MARKS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
const RIGHT = /^[\u0600-\u065f\u066e-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc\u200c\u200d]+/
const LEFT = /^[\p{Script=Latin}\d](?:[\p{Script=Latin}\p{M}\d@_&+/.:\-'’#=?]*[\p{Script=Latin}\d/])?/u
const NUMBER = /^\d+(?:[.,:\u00a0\u202f-]\d+)*(?:[\u00a0\u202f]?%)?/
const MIRRORED: Readonly<Record<string, string>> = { "(": ")", ")": "(", "[": "]", "]": "[", "«": "»", "»": "«", "‹": "›", "›": "‹" }

/** Whether a text runs from right to left: by its first letter that says. */
export function isRtl(text: string): boolean {
  const first = text.match(/\p{L}/u)?.[0]
  return first !== undefined && ARABIC.test(first)
}

/** Whether letters of the Arabic script are needed for it. */
export function isArabic(text: string): boolean {
  return ARABIC.test(text)
}

/**
 * Breaks a text into lines no wider than `width`, and places its runs from left to right: names in Latin letters, numbers,
 * percents and brackets stand where the Unicode Bidirectional Algorithm (UAX #9) puts them, without marks for direction.
 */
export function setLines(text: string, width: number, measured: (text: string) => number, rtl: boolean): readonly (readonly Placed[])[] {
  const space = measured(" ")
  const lines: Run[][] = [[]]
  let used = 0
  for (const word of text.replace(MARKS, "").split(/[ \t\n]+/)) {
    if (word === "") continue
    const runs = runsOf(word)
    const wide = runs.reduce((sum, run) => sum + measured(run.text), 0)
    const line = lines.at(-1) ?? []
    if (line.length > 0 && used + space + wide > width) {
      lines.push([...runs])
      used = wide
    } else {
      line.push(...(line.length > 0 ? [SPACE] : []), ...runs)
      used += (used > 0 ? space : 0) + wide
    }
  }
  return lines.map((runs) => placed(ordered(runs, rtl), width, measured, rtl))
}

const SPACE: Run = { text: " ", kind: "between" }

function runsOf(word: string): readonly Run[] {
  const runs: Run[] = []
  for (let rest = word; rest !== ""; rest = rest.slice(runs.at(-1)?.text.length ?? rest.length)) {
    const right = RIGHT.exec(rest)?.[0]
    const left = LEFT.exec(rest)?.[0] ?? ""
    const number = NUMBER.exec(rest)?.[0]
    if (right !== undefined) runs.push({ text: right, kind: "right" })
    else if (/\p{L}/u.test(left)) runs.push({ text: left, kind: "left" })
    else if (number !== undefined) runs.push({ text: number, kind: "number" })
    else runs.push({ text: rest.slice(0, (rest.codePointAt(0) ?? 0) > 0xffff ? 2 : 1), kind: "between" })
  }
  return runs
}

/** From the order in which runs are read to that in which they stand, left to right (UAX #9, W7, N1, N2, L2, L4). */
function ordered(runs: readonly Run[], rtl: boolean): readonly Run[] {
  const base = rtl ? "right" : "left"
  let strong: "left" | "right" = base
  const sides = runs.map(({ kind }) => {
    if (kind === "left" || kind === "right") strong = kind
    return kind === "number" ? strong : kind
  })
  const resolved = sides.map((side, at) => {
    if (side !== "between") return side
    const before = sides.slice(0, at).findLast((one) => one !== "between") ?? base
    const after = sides.slice(at).find((one) => one !== "between") ?? base
    return before === after ? before : base
  })
  const levels = resolved.map((side, at) => (side === "left" || (runs[at]?.kind === "number" && side === "right") ? (rtl || side === "right" ? 2 : 0) : 1))
  let line = runs.map((run, at) => ({ run: { ...run, text: levels[at] === 1 ? (MIRRORED[run.text] ?? run.text) : run.text }, level: levels[at] ?? 0 }))
  for (const level of [2, 1]) {
    const next: typeof line = []
    for (let from = 0; from < line.length; ) {
      let to = from
      while (to < line.length && (line[to]?.level ?? 0) >= level) to += 1
      if (to === from) next.push(...line.slice(from, (to += 1)))
      else next.push(...line.slice(from, to).reverse())
      from = to
    }
    line = next
  }
  return line.map(({ run }) => run)
}

function placed(runs: readonly Run[], width: number, measured: (text: string) => number, rtl: boolean): readonly Placed[] {
  const whole = runs.reduce((sum, { text }) => sum + measured(text), 0)
  let x = rtl ? width - whole : 0
  return runs.flatMap((run) => {
    const at = x
    x += measured(run.text)
    return run.text === " " ? [] : [{ text: run.text, x: at }]
  })
}
