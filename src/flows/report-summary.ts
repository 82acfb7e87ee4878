import type { Effect, TextKey, Value } from "./effect.ts"
import type { Memory } from "./memory.ts"
import { begun, isYoung, reportOf, type Around } from "./report-draft.ts"
import { labelOf } from "./report-options.ts"
import { NOT_SAID, type Report } from "./report-shapes.ts"

const UNSAID: TextKey = "report.not-said"

/**
 * What she has said once more, in messages that fit a text message each. Of her own words only how many they are: they
 * stand above, and once is enough on a phone that others may see.
 */
export function summary(around: (memory: Memory) => Around): readonly ((memory: Memory) => Effect)[] {
  const told = (memory: Memory) => {
    const draft = memory.draft ?? begun(memory.now)
    return { draft, report: reportOf(draft, around(memory), "") }
  }
  return [
    (memory) => {
      const { report } = told(memory)
      return {
        type: "say",
        key: "report.summary-who",
        values: {
          age: one("age", report.age),
          about: one("about", report.about),
          gender: one("gender", report.gender),
          when: when(report.when),
          place: place(report, memory, around),
        },
      }
    },
    (memory) => {
      const { report } = told(memory)
      return {
        type: "say",
        key: "report.summary-what",
        values: { act: many("act-of", report.acts), platform: many("platform", report.platforms), relation: one("relation", report.relation) },
      }
    },
    (memory) => {
      const { draft, report } = told(memory)
      return {
        type: "say",
        key: "report.summary-then",
        values: {
          harm: many("harm", report.harms),
          tried: many(
            "tried",
            report.actions.map(({ action }) => action),
          ),
          outcome: many("outcome", [...new Set(report.actions.map(({ outcome }) => outcome))]),
          words: String(isYoung(draft) ? 0 : draft.words.length),
        },
      }
    },
  ]
}

function one(ask: string, id: string): Value {
  return { key: id === NOT_SAID ? UNSAID : labelOf(ask, id) }
}

function many(ask: string, ids: readonly string[]): Value {
  const said = ids.filter((id) => id !== NOT_SAID)
  return said.length === 0 ? { key: UNSAID } : { labels: said.map((id) => labelOf(ask, id)) }
}

function when(value: string): Value {
  if (value === NOT_SAID) return { key: UNSAID }
  if (value === "ongoing") return { key: "report.when.ongoing" }
  const [year = "", season = ""] = value.split("-")
  return /^\p{L}+$/u.test(season) ? { key: `report.in-season.${season}` as TextKey, values: { year } } : value
}

function place({ country, province, district }: Report, memory: Memory, around: (memory: Memory) => Around): Value {
  if (country === NOT_SAID) return { key: UNSAID }
  const { provinces, isNamed } = around(memory)
  const known = provinces(country).find(({ code }) => code === province)
  const within = known?.districts.find(({ code }) => code === district)
  if (known !== undefined) return { key: `place.${country}-${known.code}${within === undefined ? "" : `-${within.code}`}` }
  return { key: isNamed(country) ? `place.${country}` : "choice.other-country" }
}
