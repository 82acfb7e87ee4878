import { useState } from "preact/hooks"
import type { Note } from "../../../helpline/desk-view.ts"
import * as api from "./api.ts"
import { draft, keepDraft } from "./drafts.ts"
import { useStation } from "./hooks.ts"
import { Sign } from "./icons.tsx"
import { Veiled } from "./veil.tsx"
import { clock, scriptOf, useWords } from "./words.ts"

/** Notes for the team: another place, another colour and another key than the reply. */
export function Notes({ chat, notes }: { readonly chat: string; readonly notes: readonly Note[] }) {
  const words = useWords()
  const station = useStation()
  const [text, setText] = useState(() => draft(chat, "note"))
  const [keeping, setKeeping] = useState(false)

  const change = (next: string) => {
    setText(next)
    keepDraft(chat, "note", next)
  }
  const keep = async () => {
    const said = text.trim()
    if (said === "" || keeping) return
    setKeeping(true)
    const { ok } = await station.act(api.note(chat, said), chat)
    setKeeping(false)
    if (ok) change("")
  }
  return (
    <div class="notes">
      <p class="notes-reminder">
        <Sign name="lock" /> {words.notes.hint}
      </p>
      {notes.length === 0 && <p class="none">{words.notes.none}</p>}
      <ol>
        {notes.map((note) => (
          <li key={note.id} class="note">
            <span class="who">
              <bdi>{note.alias}</bdi> <time dateTime={note.at}>{clock(note.at)}</time>
            </span>
            <Veiled text={note.text} />
          </li>
        ))}
      </ol>
      <form
        class="note-form"
        onSubmit={(event) => {
          event.preventDefault()
          void keep()
        }}
      >
        <label for="note">{words.notes.label}</label>
        <textarea
          id="note"
          rows={3}
          dir="auto"
          lang={scriptOf(text)}
          value={text}
          autocomplete="off"
          maxLength={4000}
          aria-describedby="note-hint"
          onInput={(event) => change(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return
            event.preventDefault()
            if (!event.repeat) void keep()
          }}
        />
        <div class="note-end">
          <span class="composer-hint" id="note-hint">
            {words.notes.keyHint}
          </span>
          <button type="submit" class="button note-button" disabled={text.trim() === "" || keeping}>
            {words.notes.add}
          </button>
        </div>
      </form>
    </div>
  )
}
