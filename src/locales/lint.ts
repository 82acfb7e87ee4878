import { lintSaid, type Said } from "./lint-said.ts"
import { lintTexts } from "./lint-texts.ts"
import { lintWords } from "./lint-words.ts"
import type { Language, LocaleFiles } from "./texts.ts"

/** Something that a text must not be, or must be and isn't. */
export type Problem = { readonly language: Language; readonly key: string; readonly problem: string }

/** What the lint is given: the files, every message that can leave, and the words that belong to the carriers. */
export type Linted = {
  readonly files: Readonly<Partial<Record<Language, LocaleFiles>>>
  readonly said: readonly Said[]
  readonly carrierWord: (text: string) => boolean
}

/** Names everything in the texts that breaks a rule of `docs/translating.md`. Pure. */
export function lintLocales(given: Linted): readonly Problem[] {
  return [...lintTexts(given), ...lintWords(given), ...lintSaid(given)]
}
