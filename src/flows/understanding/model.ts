import { normal } from "./normal.ts"
import { ENTRIES, PATHS, TOPICS, type Intent, type Path } from "./understood.ts"

/** A phrase with what it means: text, risks, and the intent or null. */
export type Example = readonly [text: string, risks: readonly string[], intent: string | null]

/**
 * A linear model over the pieces of a text. It is small enough to be learned anew whenever the examples change, and it
 * can be explained: each piece adds to or takes from each meaning.
 */
export type Model = { readonly weights: Float32Array }

/** What the model makes of a text: how likely each risk is, and each intent (they sum to one, `none` included). */
export type Scores = {
  readonly risks: Readonly<Record<Path, number>>
  readonly intents: ReadonlyMap<Intent | "none", number>
  /** How many words the text has. */
  readonly words: number
  /** The share of the text's beginnings, middles and endings of words that stand in some example. What it hasn't seen, it guesses. */
  readonly familiar: number
}

const INTENTS: readonly (Intent | "none")[] = [...TOPICS, ...ENTRIES, "none"]
const OUTPUTS = PATHS.length + INTENTS.length
/** Pieces are told apart by hash; with this many places few share one. */
const PLACES = 1 << 16
const ROUNDS = 14
const STEP = 0.6

/** Names this way of learning: a model learned in another way is of no use to it. */
export const LEARNING = `2/${PLACES}/${OUTPUTS}/${ROUNDS}/${STEP}`

/** This place is no piece of any text: it holds what is usual, and is all that counts for a text of pieces never seen. */
const USUAL = PLACES * OUTPUTS
/** Behind it stands for every run of four letters whether an example has it. More places: here two runs must seldom share one. */
const SEEN = USUAL + OUTPUTS
const RUNS = 1 << 18

/** Learns a model. Deterministic: the same examples in the same order give the same model. */
export function learn(examples: readonly Example[]): Model {
  const weights = new Float32Array(SEEN + RUNS)
  const moved = new Float32Array(SEEN).fill(1e-3)
  const nudge = (at: number, slope: number) => {
    moved[at] = (moved[at] ?? 0) + slope * slope
    weights[at] = (weights[at] ?? 0) - (STEP * slope) / Math.sqrt(moved[at] ?? 1)
  }
  for (const [text] of examples) for (const word of wordsOf(text)) for (const run of runsOf(word)) weights[SEEN + run] = 1
  const prepared = examples.map(([text, risks, intent]) => ({ pieces: piecesOf(text), wanted: wantedOf(risks, intent) }))
  const order = prepared.map((_, index) => index)
  let chance = 1
  const gradient = new Float32Array(OUTPUTS)
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = order.length - 1; i > 0; i--) {
      // A fixed sequence in place of chance (Park and Miller's), so that learning can be repeated.
      chance = (chance * 48271) % 2147483647
      const j = chance % (i + 1)
      const swapped = order[i] ?? 0
      order[i] = order[j] ?? 0
      order[j] = swapped
    }
    for (const index of order) {
      const example = prepared[index]
      if (example === undefined) continue
      const { pieces, wanted } = example
      const guessed = outputsOf(weights, pieces)
      for (let output = 0; output < OUTPUTS; output++) gradient[output] = (guessed[output] ?? 0) - (wanted[output] ?? 0)
      const size = 1 / Math.sqrt(pieces.length)
      for (const piece of pieces) {
        const base = piece * OUTPUTS
        for (let output = 0; output < OUTPUTS; output++) {
          const slope = (gradient[output] ?? 0) * size
          if (slope > -1e-4 && slope < 1e-4) continue
          nudge(base + output, slope)
        }
      }
      for (let output = 0; output < OUTPUTS; output++) nudge(USUAL + output, (gradient[output] ?? 0) * 0.1)
    }
  }
  return { weights }
}

/** Reads a text with a model. */
export function score(model: Model, text: string): Scores {
  const read = text.slice(0, 600)
  const outputs = outputsOf(model.weights, piecesOf(read))
  const risks = Object.fromEntries(PATHS.map((path, index) => [path, outputs[index] ?? 0])) as Record<Path, number>
  return { risks, intents: new Map(INTENTS.map((intent, index) => [intent, outputs[PATHS.length + index] ?? 0])), ...familiarity(model.weights, wordsOf(read)) }
}

function familiarity(weights: Float32Array, words: readonly string[]): Pick<Scores, "words" | "familiar"> {
  const runs = words.flatMap(runsOf)
  let seen = 0
  for (const run of runs) seen += weights[SEEN + run] ?? 0
  return { words: words.length, familiar: runs.length === 0 ? 0 : seen / runs.length }
}

function outputsOf(weights: Float32Array, pieces: readonly number[]): Float32Array {
  const sums = new Float32Array(OUTPUTS)
  for (const piece of pieces) {
    const base = piece * OUTPUTS
    for (let output = 0; output < OUTPUTS; output++) sums[output] = (sums[output] ?? 0) + (weights[base + output] ?? 0)
  }
  const size = pieces.length === 0 ? 1 : 1 / Math.sqrt(pieces.length)
  let top = Number.NEGATIVE_INFINITY
  for (let output = 0; output < OUTPUTS; output++) {
    sums[output] = (sums[output] ?? 0) * size + (weights[USUAL + output] ?? 0)
    if (output >= PATHS.length) top = Math.max(top, sums[output] ?? 0)
  }
  let total = 0
  for (let output = 0; output < OUTPUTS; output++) {
    const sum = sums[output] ?? 0
    if (output < PATHS.length) sums[output] = 1 / (1 + Math.exp(-sum))
    else total += sums[output] = Math.exp(sum - top)
  }
  for (let output = PATHS.length; output < OUTPUTS; output++) sums[output] = (sums[output] ?? 0) / total
  return sums
}

function wantedOf(risks: readonly string[], intent: string | null): Float32Array {
  const wanted = new Float32Array(OUTPUTS)
  for (const [index, path] of PATHS.entries()) if (risks.includes(path)) wanted[index] = 1
  wanted[PATHS.length + INTENTS.indexOf((intent ?? "none") as Intent)] = 1
  return wanted
}

/** A text's pieces: its words, pairs of neighbours, and runs of two to five letters within a word and across its edges. */
function piecesOf(text: string): readonly number[] {
  const words = wordsOf(text)
  const pieces = new Set<number>()
  for (const [index, word] of words.entries()) {
    pieces.add(place(`w${word}`))
    const next = words[index + 1]
    if (next !== undefined) pieces.add(place(`p${word} ${next}`))
    const after = words[index + 2]
    if (after !== undefined) pieces.add(place(`s${word} ${after}`))
  }
  const line = ` ${words.join(" ")} `
  for (let length = 2; length <= 5; length++) {
    for (let at = 0; at + length <= line.length; at++) pieces.add(place(line.slice(at, at + length)))
  }
  return [...pieces]
}

function wordsOf(text: string): readonly string[] {
  return normal(text)
    .replace(/[^\p{L}\p{N}\p{Emoji_Presentation}]+/gu, " ")
    .trim()
    .split(" ")
}

/** A word's runs of four letters, its edges counted as letters. A shorter word is one run. */
function runsOf(word: string): readonly number[] {
  const edged = ` ${word} `
  const runs: number[] = []
  for (let at = 0; at === 0 || at + 4 <= edged.length; at++) runs.push(hash(edged.slice(at, at + 4)) & (RUNS - 1))
  return runs
}

function place(piece: string): number {
  const whole = hash(piece)
  return ((whole >>> 16) ^ whole) & (PLACES - 1)
}

// FNV-1a.
function hash(piece: string): number {
  let folded = 0x811c9dc5
  for (let at = 0; at < piece.length; at++) {
    folded ^= piece.charCodeAt(at)
    folded = Math.imul(folded, 0x01000193)
  }
  return folded
}
