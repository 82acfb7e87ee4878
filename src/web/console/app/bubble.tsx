import type { Delivery, Line, SystemLine } from "../../../helpline/desk-view.ts"
import * as api from "./api.ts"
import { useStation } from "./hooks.ts"
import { Sign, type IconName } from "./icons.tsx"
import type { Saying } from "./room.ts"
import { Veiled } from "./veil.tsx"
import { clock, useWords } from "./words.ts"

const SIGNS: Readonly<Record<Delivery, IconName>> = { queued: "clock", held: "clock", sent: "tick", delivered: "ticks", failed: "alert", unknown: "question" }

type Props = { readonly line: Line; readonly name: string; readonly chat: string; readonly again: boolean; readonly alias: string; readonly hard: boolean }

/** One line of a chat: hers at the start of the line and light, ours at its end and dark, the helpline's own across the middle. */
export function Bubble({ line, name, chat, again, alias, hard }: Props) {
  const words = useWords()
  if (line.from === "system") return <Noted line={line} />
  const ours = line.from === "counsellor"
  const who = ours ? (line.alias === alias ? words.chat.you : (line.alias ?? words.chat.you)) : name
  return (
    <li class={`line ${ours ? "out" : "in"}${line.delivery === "failed" ? " undelivered" : ""}`} data-n={line.n}>
      <span class="who">
        <bdi>{who}</bdi>
      </span>
      <div class="bubble">
        <Veiled text={line.text} hard={hard} />
      </div>
      <div class="under">
        <time dateTime={line.at}>{clock(line.at)}</time>
        {line.delivery !== null && <Fate delivery={line.delivery} code={line.code} />}
        {line.delivery === "failed" && again && <Retry chat={chat} line={line.id} />}
      </div>
      {line.delivery === "unknown" && <p class="under-hint">{words.chat.unknownHint}</p>}
    </li>
  )
}

const EVENTS: Readonly<Record<SystemLine, IconName>> = {
  left: "out",
  media: "picture",
  silent: "clock",
  reopened: "bell",
  moved: "hand",
  back: "people",
  blocked: "barred",
  urgent: "alert",
}

/** What the house notes, in the language of the page: nothing that anybody wrote. */
function Noted({ line }: { readonly line: Line }) {
  const words = useWords()
  const code = line.text as SystemLine
  return (
    <li class={`line system system-${code in EVENTS ? code : "other"}`} data-n={line.n}>
      <Sign name={EVENTS[code] ?? "alert"} />
      <p>{words.system[code] ?? words.systemOther}</p>
      <time dateTime={line.at}>{clock(line.at)}</time>
    </li>
  )
}

function Fate({ delivery, code }: { readonly delivery: Delivery; readonly code: string | null }) {
  const words = useWords()
  return (
    <span class={`fate ${delivery}`}>
      <Sign name={SIGNS[delivery]} />
      {words.chat.delivery[delivery]}
      {code !== null && delivery === "failed" && <code>{code}</code>}
    </span>
  )
}

function Retry({ chat, line }: { readonly chat: string; readonly line: string }) {
  const words = useWords()
  const station = useStation()
  return (
    <button type="button" class="link" onClick={() => void station.act(api.retry(chat, line), chat)}>
      {words.chat.retry}
    </button>
  )
}

/** What was just said and is not among the lines yet. */
export function SayingBubble({ saying, offline, takeBack }: { readonly saying: Saying; readonly offline: boolean; readonly takeBack: () => void }) {
  const words = useWords()
  const refused = saying.state === "refused"
  return (
    <li class={`line out saying${refused ? " undelivered" : ""}`}>
      <span class="who">{words.chat.you}</span>
      <div class="bubble">
        <Veiled text={saying.text} />
      </div>
      <div class="under">
        <span class={`fate ${refused ? "failed" : "queued"}`}>
          <Sign name={refused ? "alert" : "clock"} />
          {refused ? `${words.chat.notSent}. ${words.why[saying.why ?? "refused"] ?? ""}` : offline ? words.chat.waitingOffline : words.chat.waiting}
        </span>
        {refused && (
          <button type="button" class="link" onClick={takeBack}>
            {words.chat.takeBack}
          </button>
        )}
      </div>
    </li>
  )
}
