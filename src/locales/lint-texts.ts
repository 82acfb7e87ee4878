import type { Linted, Problem } from "./lint.ts"
import { previewReaderOf, shownOf, type PreviewReader } from "./lint-preview.ts"
import { LANGUAGES, LIST_FILES, PAGE_FILES, type LocaleFiles } from "./texts.ts"

/** WhatsApp's buttons take 20 characters, the rows of its lists 24; a label may come to stand in either. */
export const LABEL_LENGTH = 20

/** Up to here a text may be the same in two languages by chance. */
const SAME_LENGTH = 12
const PLACEHOLDER = /\{\{[^}]*\}\}/g
const NAMES = /WhatsApp|Telegram|Facebook|Instagram|Google|TikTok|iPhone|Android/g

/** Every text as it stands in its file: keys, placeholders, translation, labels, and what a locked screen would show of it. */
export function lintTexts({ files, carrierWord }: Linted): readonly Problem[] {
  const english = textsOf(files.en ?? {})
  return LANGUAGES.flatMap((language) => {
    const own = files[language]
    if (own === undefined) return []
    const texts = textsOf(own)
    const tellsTale = previewReaderOf(own)
    const missing = [...english.keys()]
      .filter((key) => !texts.has(key))
      .map((key) => ({ language, key, problem: `is missing: what en/${key.split(".")[0]}.json says is sent instead` }))
    const marks = Object.entries(own)
      .filter(([, file]) => !Array.isArray(file) && file["$review"] !== "draft" && file["$review"] !== "reviewed")
      .map(([name]) => ({ language, key: `${name}.$review`, problem: 'should be "draft" or "reviewed"' }))
    const wrong = [...texts].flatMap(([key, text]) => {
      const source = english.get(key)
      return [
        ...(source === undefined ? ["has no English text"] : wrongInTranslation(text, source, language === "en")),
        ...(isLabel(key) || isAnswer(key) ? wrongInLabel(text, carrierWord) : []),
        ...(isAnswer(key) || isOnPage(key) ? [] : wrongInPreview(key, text, tellsTale)),
      ].map((problem) => ({ language, key, problem }))
    })
    return [...missing, ...marks, ...wrong]
  })
}

function wrongInTranslation(text: string, source: string, isSource: boolean): readonly string[] {
  if (text.trim() === "") return ["is empty"]
  const [has, wants] = [placeholdersOf(text), placeholdersOf(source)]
  return [
    ...(has === wants ? [] : [`has ${has || "no placeholder"} where English has ${wants || "none"}`]),
    ...(!isSource && text === source && lettersIn(text) > SAME_LENGTH ? ["is still in English"] : []),
  ]
}

function lettersIn(text: string): number {
  return text.replace(PLACEHOLDER, "").replace(NAMES, "").match(/\p{L}/gu)?.length ?? 0
}

function wrongInLabel(text: string, carrierWord: Linted["carrierWord"]): readonly string[] {
  return [
    ...(text.length > LABEL_LENGTH ? [`has ${text.length} characters, a label ${LABEL_LENGTH} at most: ${text}`] : []),
    ...(carrierWord(text) ? [`is a word that carriers answer themselves: ${text}`] : []),
  ]
}

function wrongInPreview(key: string, text: string, tellsTale: PreviewReader): readonly string[] {
  const bare = text.replace(PLACEHOLDER, " ")
  // What fits into another text, or stands for it among the answers, may come to stand anywhere.
  const anywhere = isLabel(key) || key.endsWith(".about")
  const word = tellsTale(anywhere ? bare : shownOf(bare), key)
  return word === undefined ? [] : [anywhere ? `has “${word}” of preview.json` : `shows “${word}” of preview.json on a locked screen`]
}

/** Every text of a language by its key, as in `tips.hacked.where`. */
function textsOf(files: LocaleFiles): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  const collect = (path: string, value: unknown) => {
    if (typeof value === "string") texts.set(path, value)
    else if (typeof value === "object" && value !== null) for (const [key, inner] of Object.entries(value)) if (!key.startsWith("$")) collect(`${path}.${key}`, inner)
  }
  for (const [name, file] of Object.entries(files)) if (!LIST_FILES.has(name)) collect(name, file)
  return texts
}

function placeholdersOf(text: string): string {
  return (text.match(PLACEHOLDER) ?? []).sort().join(" ")
}

/** Whether a text is offered as an answer: choices, needs, the names of topics and the ways of a fork. */
function isLabel(key: string): boolean {
  return /^(choice|need)\./.test(key) || /^tips\.[^.]+\.(label$|[^._]+_)/.test(key)
}

/** Whether a text is an answer about what happened. It has to say what it means, and stands behind its question: how messages begin is looked at as they leave. */
function isAnswer(key: string): boolean {
  return /^report\.(?!ask\.|in-season\.)[a-z-]+\./.test(key)
}

/** Whether a text stands on a page that somebody opens, and not on a locked screen. */
function isOnPage(key: string): boolean {
  return PAGE_FILES.has(key.split(".")[0] ?? "")
}
