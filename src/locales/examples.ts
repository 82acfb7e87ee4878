import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { LANGUAGES } from "./texts.ts"

/** A phrase as somebody might type it, the risks it speaks of, and what it is about. */
export type Example = readonly [text: string, risks: readonly string[], intent: string | null]

const FILES = ["examples.json", "examples-of-risk.json"]

/** The example phrases of every language, and the text they were read from (to tell whether they have changed). */
export function readExamples(): { readonly examples: readonly Example[]; readonly source: string } {
  const paths = LANGUAGES.flatMap((language) => FILES.map((file) => join(import.meta.dirname, language, file))).filter((path) => existsSync(path))
  const texts = paths.map((path) => readFileSync(path, "utf8"))
  return { examples: texts.flatMap((text) => JSON.parse(text) as Example[]), source: texts.join("\n") }
}
