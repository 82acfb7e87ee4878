import { useEffect, useMemo, useState } from "preact/hooks"
import { previewReaderOf, shownOf } from "../../../locales/lint-preview.ts"
import * as api from "./api.ts"

/** Whether a reply begins with a word that a locked screen mustn't show, as far as the chat's language is known; the house then puts a harmless line before it. */
export function useShowsTooMuch(language: string, text: string): boolean {
  const [words, setWords] = useState<readonly string[]>([])
  useEffect(() => {
    let open = true
    void api.previewWords(language).then((answer) => open && answer.ok && setWords(answer.value.words))
    return () => {
      open = false
    }
  }, [language])
  const wordIn = useMemo(() => previewReaderOf({ preview: { words } }), [words])
  return wordIn(shownOf(text.trim()), "") !== undefined
}
