import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks"
import { CannedReplies } from "./canned.tsx"
import { keepDraft } from "./drafts.ts"
import { useStation } from "./hooks.ts"
import { useShowsTooMuch } from "./preview.ts"
import { Sign } from "./icons.tsx"
import type { Chat } from "../../../helpline/desk-view.ts"
import { RELAY_SEGMENTS, relaySegments } from "../../../locales/sms.ts"
import { scriptOf, useWords } from "./words.ts"

const LONGEST = 1500
/** Fewer parts cost little, and arrive. */
const FEW = 3

/** The box whose words go to her phone. Enter sends; Ctrl+Enter, which keeps notes elsewhere, does nothing here. */
export function Composer({ chat, alias, text, setText }: { readonly chat: Chat; readonly alias: string; readonly text: string; readonly setText: (text: string) => void }) {
  const words = useWords()
  const station = useStation()
  const box = useRef<HTMLTextAreaElement>(null)
  const [prepared, setPrepared] = useState(false)
  const [slip, setSlip] = useState(false)
  const id = chat.head.id
  const tooMuch = useShowsTooMuch(chat.head.language, text)
  const parts = chat.head.channel === "sms" ? relaySegments(alias, text.trim(), chat.head.language) : 0
  const tooLong = parts > RELAY_SEGMENTS

  const chosen = useRef(false)
  // After the sheet has given the focus back.
  useEffect(() => {
    if (prepared || !chosen.current) return
    chosen.current = false
    box.current?.focus()
  }, [prepared])
  useLayoutEffect(() => grow(box.current), [text])

  const send = () => {
    const said = text.trim()
    if (said === "" || tooLong) return
    station.say(id, said)
    keepDraft(id, "reply", "")
    setText("")
    setSlip(false)
    box.current?.focus()
  }
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <div class="composer-head">
        <label for="reply">
          {words.chat.reply(chat.head.name)} <span class="aside">{words.chat.replyHint}</span>
        </label>
        <button type="button" class="link" onClick={() => setPrepared(true)}>
          <Sign name="book" /> {words.chat.canned}
        </button>
      </div>
      <div class="composer-box">
        <textarea
          id="reply"
          ref={box}
          rows={1}
          dir="auto"
          lang={scriptOf(text)}
          value={text}
          maxLength={LONGEST}
          autocomplete="off"
          enterkeyhint="send"
          aria-describedby="reply-hint"
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.isComposing || event.shiftKey) return
            event.preventDefault()
            if (event.ctrlKey || event.metaKey || event.altKey) setSlip(true)
            else if (!event.repeat) send()
          }}
        />
        <button type="submit" class="button send" disabled={text.trim() === "" || tooLong}>
          <Sign name="send" /> {words.chat.send}
        </button>
      </div>
      <p class="composer-preview" role="status">
        {tooMuch && (
          <>
            <Sign name="lock" /> {words.chat.preview}
          </>
        )}
      </p>
      {chat.head.rests && (
        <p class="composer-preview" role="status">
          <Sign name="clock" /> {words.chat.held}
        </p>
      )}
      <p class={slip ? "composer-hint slip" : "composer-hint"} id="reply-hint" role={slip ? "alert" : undefined}>
        {slip ? words.chat.notHere : words.chat.enterHint}
        {text.length > LONGEST * 0.8 && <span> · {words.chat.characters(text.length, LONGEST)}</span>}
        {parts > FEW && (
          <span role={tooLong ? "alert" : undefined}>
            {" "}
            · {words.chat.segments(parts, RELAY_SEGMENTS)} {tooLong && words.why["too-long"]}
          </span>
        )}
      </p>
      {prepared && (
        <CannedReplies
          language={chat.head.language}
          close={() => setPrepared(false)}
          choose={(reply) => {
            setPrepared(false)
            setText(text.trim() === "" ? reply : `${text.trimEnd()}\n${reply}`)
            chosen.current = true
          }}
        />
      )}
    </form>
  )
}

/** As tall as what is in it, up to a third of the page. */
function grow(box: HTMLTextAreaElement | null): void {
  if (box === null) return
  box.rows = 1
  const line = Number.parseFloat(getComputedStyle(box).lineHeight) || 24
  box.rows = Math.min(8, Math.max(1, Math.round((box.scrollHeight - 16) / line)))
}
