import type { Canned } from "../../../helpline/desk-view.ts"
import { useEffect, useState } from "preact/hooks"
import * as api from "./api.ts"
import { Dialog } from "./dialog.tsx"
import { languageName, scriptOf, useLanguage, useWords } from "./words.ts"

const LANGUAGES = ["en", "ur", "ur-Latn", "es", "fr"]

/** Prepared replies to choose from. What is chosen goes into the box; nothing is sent from here. */
export function CannedReplies({ language, choose, close }: { readonly language: string; readonly choose: (text: string) => void; readonly close: () => void }) {
  const words = useWords()
  const own = useLanguage()
  const [from, setFrom] = useState(language)
  const [wanted, setWanted] = useState("")
  const [all, setAll] = useState<readonly Canned[] | "failed" | null>(null)

  useEffect(() => {
    let open = true
    setAll(null)
    void api.canned(from).then((answer) => open && setAll(answer.ok ? answer.value : "failed"))
    return () => {
      open = false
    }
  }, [from])

  const found = Array.isArray(all) ? (all as readonly Canned[]).filter((one) => matches(one, wanted)) : []
  return (
    <Dialog title={words.canned.title} hint={words.canned.hint} close={close} tone="tall">
      <div class="canned-search">
        <label>
          <span>{words.canned.search}</span>
          <input data-first type="search" dir="auto" autocomplete="off" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
        </label>
        <label>
          <span>{words.canned.language}</span>
          <select value={from} onChange={(event) => setFrom(event.currentTarget.value)}>
            {[...new Set([language, ...LANGUAGES])].map((code) => (
              <option key={code} value={code}>
                {languageName(code, own)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {all === null && <p class="none">{words.loading}</p>}
      {all === "failed" && <p class="none">{words.canned.failed}</p>}
      {Array.isArray(all) && found.length === 0 && <p class="none">{words.canned.none}</p>}
      <ul class="canned">
        {found.map((one) => (
          <li key={one.id}>
            <button type="button" onClick={() => choose(one.text)}>
              <strong dir="auto" lang={scriptOf(one.title)}>
                {one.title}
              </strong>
              <span dir="auto" lang={scriptOf(one.text)}>
                {one.text}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}

function matches({ title, text }: Canned, wanted: string): boolean {
  const inside = `${title} ${text}`.toLocaleLowerCase()
  return wanted
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((part) => inside.includes(part))
}
