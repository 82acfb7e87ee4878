import { entriesFor, type Directory, type Need } from "./directory.ts"
import type { Lines, TextKey, Value } from "./effect.ts"
import type { Memory } from "./memory.ts"

type Values = (memory: Memory) => Readonly<Record<string, Value>>
type Sentence = Extract<TextKey, `emergency.lines.${string}`>

/**
 * The numbers within the urgent texts. No need ever stands in for another without saying so: where there is no line for
 * it, that is said, and the emergency number is told as what it is.
 */
export function createNumbers(directory: Directory) {
  const some = (memory: Memory, need: Need, by: Lines["by"], now: Sentence, otherwise: Sentence, instead?: Lines["instead"]): Lines => {
    const entries = entriesFor(directory, memory.country, memory.province, need, memory.now)
    // A number that nobody could verify stands behind one that somebody has.
    const best = [...entries].sort((a, b) => Number(a.unverified) - Number(b.unverified))
    return { entries: best.slice(0, CONSIDERED).map(({ id }) => id), by, now, otherwise, instead }
  }
  const urgent = (memory: Memory, now: Sentence, otherwise: Sentence, instead?: Lines["instead"]): Value => ({
    lines: [some(memory, "emergency", "call", now, otherwise, instead), some(memory, "emergency", "text", "emergency.lines.by-text", "emergency.lines.by-text")],
  })
  const asIs = (memory: Memory, sentence: Sentence, without: Sentence) => some(memory, "emergency", "call", sentence, sentence, { key: without })
  const noLine = (memory: Memory) => asIs(memory, "emergency.lines.no-line-but", "emergency.lines.no-line")
  const talk = (memory: Memory, instead?: Lines["instead"]): Value => ({
    lines: [some(memory, "suicide", "any", "emergency.lines.talk-now", "emergency.lines.talk", instead)],
  })
  const medical = (memory: Memory) => some(memory, "medical", "call", "emergency.lines.medical", "emergency.lines.medical", { key: "emergency.lines.medical-none" })

  return {
    which: (memory) => ({ emergency: urgent(memory, "emergency.lines.call-now", "emergency.lines.call") }),
    danger: (memory) => ({ emergency: urgent(memory, "emergency.lines.danger", "emergency.lines.danger", { key: "emergency.lines.danger-none" }) }),
    suicide: (memory) => ({ suicide: talk(memory, noLine(memory)) }),
    suicideYes: (memory) => ({
      medical: { lines: [medical(memory)] },
      // The number that was told a sentence before isn't told twice.
      suicide: talk(memory, medical(memory).entries.length > 0 ? { key: "emergency.lines.no-line" } : noLine(memory)),
    }),
    suicideNo: (memory) => ({ suicide: talk(memory) }),
    suicideOther: (memory) => ({
      emergency: { lines: [some(memory, "emergency", "call", "emergency.lines.other", "emergency.lines.other", { key: "emergency.lines.other-none" })] },
      suicide: { lines: [some(memory, "suicide", "any", "emergency.lines.other-talk-now", "emergency.lines.other-talk")] },
    }),
    child: (memory) => ({
      child: {
        lines: [some(memory, "child", "any", "emergency.lines.child-now", "emergency.lines.child", asIs(memory, "emergency.lines.child-none-but", "emergency.lines.child-none"))],
      },
    }),
  } satisfies Record<string, Values>
}

/** No more are told than two; the others are there for when the first are closed. */
const CONSIDERED = 4
