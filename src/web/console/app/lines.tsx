import { useLayoutEffect, useRef, useState } from "preact/hooks"
import { Bubble, SayingBubble } from "./bubble.tsx"
import { hardLines } from "./hard.ts"
import { useVeil } from "./hooks.ts"
import { Sign } from "./icons.tsx"
import { unseen, type Room } from "./room.ts"
import type { Chat } from "../../../helpline/desk-view.ts"
import { useWords } from "./words.ts"

type Props = {
  readonly chat: Chat
  readonly room: Room
  readonly again: boolean
  readonly alias: string
  readonly offline: boolean
  readonly takeBack: (key: string, text: string) => void
}

const NONE: ReadonlySet<number> = new Set()

/** The lines of a chat. It stays at the end while the end is looked at, and says so when something new came below. */
export function Lines({ chat, room, again, alias, offline, takeBack }: Props) {
  const words = useWords()
  const box = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const [below, setBelow] = useState(false)
  const sayings = unseen(room)
  const veil = useVeil()
  const hard = veil.askedFor.has(chat.head.id) ? NONE : hardLines(chat)
  const last = chat.lines.at(-1)?.n ?? 0

  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    if (atEnd.current) element.scrollTop = element.scrollHeight
    else setBelow(true)
  }, [last, sayings.length])
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return undefined
    const watcher = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight
    })
    watcher.observe(element)
    if (element.firstElementChild !== null) watcher.observe(element.firstElementChild)
    return () => watcher.disconnect()
  }, [])

  const toEnd = () => {
    const element = box.current
    if (element !== null) element.scrollTop = element.scrollHeight
  }
  return (
    <div class="lines-frame">
      {hard.size > 0 && !veil.down && (
        <div class="hard-bar">
          <Sign name="eyeOff" />
          <p>{words.hard.hint}</p>
          <button type="button" class="button small" onClick={() => veil.ask(chat.head.id)}>
            {words.hard.show}
          </button>
        </div>
      )}
      <div
        class="lines-box"
        role="log"
        aria-label={words.chat.lines(chat.head.name)}
        tabIndex={0}
        ref={box}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          atEnd.current = scrollHeight - scrollTop - clientHeight < 48
          if (atEnd.current) setBelow(false)
        }}
      >
        <ol class="lines">
          {chat.lines.map((line) => (
            <Bubble key={line.n} line={line} name={chat.head.name} chat={chat.head.id} again={again} alias={alias} hard={hard.has(line.n)} />
          ))}
          {sayings.map((saying) => (
            <SayingBubble key={saying.key} saying={saying} offline={offline} takeBack={() => takeBack(saying.key, saying.text)} />
          ))}
        </ol>
      </div>
      {below && (
        <button type="button" class="button small new-lines" onClick={toEnd}>
          {words.chat.newLines}
        </button>
      )}
    </div>
  )
}
