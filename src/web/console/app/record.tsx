import { useEffect, useState } from "preact/hooks"
import type { CaseRecord, Taxonomy } from "../../../helpline/desk-view.ts"
import * as api from "./api.ts"
import { draft, keepDraft } from "./drafts.ts"
import { useStation } from "./hooks.ts"
import { scriptOf, useLanguage, useWords } from "./words.ts"

/** What happened, without who: categories and a summary. */
export function Record({ chat, record }: { readonly chat: string; readonly record: CaseRecord | null }) {
  const words = useWords()
  const station = useStation()
  const language = useLanguage()
  const [taxonomy, setTaxonomy] = useState<Taxonomy | "failed" | null>(null)
  const [categories, setCategories] = useState<CaseRecord["categories"]>(() => JSON.parse(draft(chat, "categories") || "null") ?? record?.categories ?? {})
  const [summary, setSummary] = useState(() => draft(chat, "summary") || (record?.summary ?? ""))
  const [kept, setKept] = useState(false)

  useEffect(() => {
    let open = true
    void api.taxonomy(language).then((answer) => open && setTaxonomy(answer.ok ? answer.value : "failed"))
    return () => {
      open = false
    }
  }, [language])

  const turn = (group: string, option: string) => {
    const chosen = categories[group] ?? []
    const next = { ...categories, [group]: chosen.includes(option) ? chosen.filter((one) => one !== option) : [...chosen, option] }
    setCategories(next)
    keepDraft(chat, "categories", JSON.stringify(next))
    setKept(false)
  }
  return (
    <form
      class="record"
      onSubmit={(event) => {
        event.preventDefault()
        void station.act(api.keepRecord(chat, { categories, summary: summary.trim() }), chat).then(({ ok }) => {
          setKept(ok)
          if (!ok) return
          keepDraft(chat, "summary", "")
          keepDraft(chat, "categories", "")
        })
      }}
    >
      <p class="hint">{words.record.hint}</p>
      {taxonomy === null && <p class="none">{words.loading}</p>}
      {taxonomy === "failed" && <p class="none">{words.record.failed}</p>}
      {taxonomy !== null &&
        taxonomy !== "failed" &&
        taxonomy.groups.map((group) => (
          <fieldset key={group.id}>
            <legend>{group.label}</legend>
            <div class="ticks">
              {group.options.map((option) => (
                <label key={option.id} class="tick">
                  <input type="checkbox" checked={categories[group.id]?.includes(option.id) ?? false} onChange={() => turn(group.id, option.id)} />
                  <span dir="auto">{option.label}</span>
                </label>
              ))}
            </div>
          </fieldset>
        ))}
      <label for="summary">{words.record.summary}</label>
      <p class="reminder" id="summary-reminder">
        {words.record.reminder}
      </p>
      <textarea
        id="summary"
        rows={4}
        dir="auto"
        lang={scriptOf(summary)}
        value={summary}
        maxLength={2000}
        autocomplete="off"
        aria-describedby="summary-reminder"
        onInput={(event) => {
          setSummary(event.currentTarget.value)
          keepDraft(chat, "summary", event.currentTarget.value)
          setKept(false)
        }}
      />
      <div class="note-end">
        <span role="status">{kept && words.record.kept}</span>
        <button type="submit" class="button">
          {words.record.keep}
        </button>
      </div>
    </form>
  )
}
