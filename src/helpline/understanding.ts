import { createHash } from "node:crypto"
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { combine } from "../flows/understanding/combine.ts"
import { learn, LEARNING, type Model } from "../flows/understanding/model.ts"
import { createUnderstanding } from "../flows/understanding/understanding.ts"
import type { Understood } from "../flows/understanding/understood.ts"
import { readExamples } from "../locales/examples.ts"
import { LANGUAGES, localeFiles } from "../locales/texts.ts"

/**
 * The understanding of free text: rules and a model learned from examples, both of the locales. The model is kept in a
 * folder of built things and learned anew (some seconds) when an example or the way of learning has changed. What this
 * process has opened before is given again.
 */
export function openUnderstanding(built: string): Understanding {
  const known = opened.get(built)
  if (known !== undefined) return known
  const lists = Object.fromEntries(LANGUAGES.map((language) => [language, localeFiles(language)["phrases"]])) as never
  const understandByRules = createUnderstanding(lists)
  const understanding = { understand: combine(understandByRules, modelIn(built)), understandByRules }
  opened.set(built, understanding)
  return understanding
}

type Understanding = { readonly understand: Reading; readonly understandByRules: Reading }
const opened = new Map<string, Understanding>()

type Reading = (text: string) => Understood

function modelIn(built: string): Model {
  const { examples, source } = readExamples()
  const name = createHash("sha256").update(LEARNING).update(source).digest("hex").slice(0, 24)
  const path = join(built, `understanding-${name}.bin`)
  try {
    const bytes = readFileSync(path)
    return { weights: new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)) }
  } catch {
    const model = learn(examples)
    mkdirSync(built, { recursive: true })
    // Written aside and moved into place: another process may be reading, or doing the same.
    const aside = `${path}.${process.pid}`
    writeFileSync(aside, new Uint8Array(model.weights.buffer))
    renameSync(aside, path)
    return model
  }
}
