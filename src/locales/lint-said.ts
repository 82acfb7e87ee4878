import type { Linted, Problem } from "./lint.ts"
import { listOf, previewReaderOf, shownOf, wordsOf } from "./lint-preview.ts"
import { LABEL_LENGTH } from "./lint-texts.ts"
import { countSms, segmentLimit } from "./sms.ts"
import { LANGUAGES, type Language } from "./texts.ts"

/** A message as it would leave: the text with its numbered answers where the channel draws none, and the answers. */
export type Said = {
  readonly language: Language
  readonly shape: "telegram" | "sms" | "whatsapp"
  readonly key: string
  readonly text: string
  readonly choices: readonly { readonly id: string; readonly label: string }[]
  /** The part of the text that she asked for by name, numbers and addresses; it may stand at the beginning whatever it tells. */
  readonly asked?: string | undefined
}

/** What a channel refuses: longer texts; WhatsApp's three buttons or ten rows with longer labels; longer ids. */
const TEXT_LENGTH = { telegram: 4096, whatsapp: 1024, sms: 1600 } as const
const BUTTONS = 3
const ROWS = 10
const ROW_LENGTH = 24
const ID_BYTES = 64

/** The answers that a safety word may stand for as a label. */
const SAME_AS: Readonly<Record<string, readonly string[]>> = { exit: [], menu: ["menu"], forget: ["erase"], emergency: ["urgent"] }

/** Every message that can leave: segments, alphabet, what channels take, labels, and the beginning that a locked screen shows. */
export function lintSaid({ files, said, carrierWord }: Linted): readonly Problem[] {
  const readers = new Map(LANGUAGES.map((language) => [language, previewReaderOf(files[language] ?? {})]))
  const safety = new Map(
    LANGUAGES.flatMap((language) => Object.keys(SAME_AS).flatMap((kind) => listOf(files[language]?.["words"]?.[kind]).map((word) => [wordsOf(word).join(" "), kind] as const))),
  )
  const found = new Map<string, Problem>()
  for (const message of said) {
    const { language, key, text, choices, asked } = message
    const labels = choices.flatMap(({ id, label }) => {
      const kind = safety.get(wordsOf(label).join(" "))
      return [
        ...(carrierWord(label) ? [`the answer “${label}” is a word that carriers answer themselves`] : []),
        ...(kind !== undefined && SAME_AS[kind]?.includes(ownId(id)) !== true ? [`the answer “${label}” (${id}) is read as the safety word ${kind}`] : []),
        ...(Buffer.byteLength(id) > ID_BYTES ? [`the answer ${id} has ${Buffer.byteLength(id)} bytes, ${ID_BYTES} at most`] : []),
        ...(choices.filter((other) => other.label === label).length > 1 ? [`two answers read “${label}”`] : []),
      ]
    })
    const word = readers.get(language)?.(shownOf(asked === undefined ? text : text.replace(asked, " ".repeat(asked.length))), key)
    const problems = [
      ...labels,
      ...(word === undefined ? [] : [`shows “${word}” of preview.json on a locked screen`]),
      ...(text.length > TEXT_LENGTH[message.shape] ? [`is longer than the ${TEXT_LENGTH[message.shape]} characters that ${message.shape} takes`] : []),
      ...(message.shape === "sms" ? wrongInSms(message) : []),
      ...(message.shape === "whatsapp" ? wrongInButtons(choices) : []),
    ]
    for (const problem of problems) {
      const name = JSON.stringify([language, key, problem])
      if (!found.has(name)) found.set(name, { language, key, problem: `${problem}: ${text.replaceAll("\n", " / ")}` })
    }
  }
  return [...found.values()]
}

function wrongInSms({ language, key, text, choices }: Said): readonly string[] {
  const { encoding, segments } = countSms(text)
  const limit = key === "hello.safe" ? 1 : segmentLimit(language)
  // Each language is offered under its own name, in its own letters.
  const severalScripts = choices.some(({ id }) => ownId(id).startsWith("language:"))
  return [
    ...(segments > limit ? [`takes ${segments} SMS segments, ${limit} at most`] : []),
    ...(encoding === "UCS-2" && language !== "ur" && !severalScripts ? ["has a character outside the GSM alphabet"] : []),
  ]
}

/** An answer's id without the question it answers. */
function ownId(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1)
}

function wrongInButtons(choices: Said["choices"]): readonly string[] {
  if (choices.length > ROWS) return []
  const limit = choices.length > BUTTONS ? ROW_LENGTH : LABEL_LENGTH
  return choices.filter(({ label }) => label.length > limit).map(({ label }) => `the answer “${label}” has ${label.length} characters, ${limit} at most`)
}
