import { expect, test } from "vitest"
import { openUnderstanding } from "../../src/helpline/understanding.ts"
import { LANGUAGES } from "../../src/locales/texts.ts"
import { DIST } from "../../src/web/build.ts"
import { blindPhrases, measure, table } from "./figures.ts"

const { understand } = openUnderstanding(DIST)
const phrases = blindPhrases()
const all = measure(understand, phrases)

test("the blind set has four hundred phrases or more, in all five languages", () => {
  expect(phrases.length).toBeGreaterThanOrEqual(400)
  expect(new Set(phrases.map(({ language }) => language))).toEqual(new Set(LANGUAGES))
})

test("free text is understood as well as it was when this was last measured", () => {
  const rows = {
    ...Object.fromEntries(
      LANGUAGES.map((language) => [
        language,
        measure(
          understand,
          phrases.filter((phrase) => phrase.language === language),
        ),
      ]),
    ),
    all,
  }
  process.stdout.write(`\nUnderstanding, on phrases written apart from the lists (recall / precision)\n\n${table(rows)}\n\n`)
  expect(all.danger.recall).toBeGreaterThanOrEqual(0.95)
  // 0.85 is aimed at. A question too many is the price of the recall above.
  expect(all.danger.precision).toBeGreaterThanOrEqual(0.85)
  expect(all.suicide.recall).toBeGreaterThanOrEqual(0.95)
  expect(all.suicide.precision).toBeGreaterThanOrEqual(0.9)
  expect(all.intents).toBeGreaterThanOrEqual(0.85)
})
