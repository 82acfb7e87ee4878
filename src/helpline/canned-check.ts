import { previewReaderOf, shownOf } from "../locales/lint-preview.ts"
import { countSms, foldForSms, segmentLimit } from "../locales/sms.ts"
import { LANGUAGES, type Language, type LocaleFiles } from "../locales/texts.ts"
import type { CannedReplies } from "./canned.ts"

/**
 * Names every prepared reply that tells too much on a locked screen or costs too many SMS segments. Pure. A language that
 * borrows the English ones is measured as English.
 */
export function checkCanned(canned: CannedReplies, files: Readonly<Partial<Record<Language, LocaleFiles>>>): readonly string[] {
  return LANGUAGES.filter((language) => language === "en" || canned[language] !== canned.en).flatMap((language) => {
    const tellsTale = previewReaderOf(files[language] ?? {})
    return canned[language].flatMap(({ id, text }) => {
      const word = tellsTale(shownOf(text), `canned.${id}`)
      const { encoding, segments } = countSms(foldForSms(text, language))
      return [
        ...(word === undefined ? [] : [`shows “${word}” of preview.json on a locked screen`]),
        ...(segments > segmentLimit(language) ? [`takes ${segments} SMS segments, ${segmentLimit(language)} at most`] : []),
        ...(encoding === "UCS-2" && language !== "ur" ? ["has a character outside the GSM alphabet"] : []),
      ].map((problem) => `content/canned/${language}.yaml: ${id}: ${problem}`)
    })
  })
}
