import { useState } from "preact/hooks"
import type { Chat, Desk } from "../../../helpline/desk-view.ts"
import * as api from "./api.ts"
import { aliasOf } from "./board.tsx"
import { Composer } from "./composer.tsx"
import { draft, keepDraft } from "./drafts.ts"
import { ChatHeader } from "./chat-header.tsx"
import { useStation } from "./hooks.ts"
import type { ActName } from "./acts.tsx"
import { Lines } from "./lines.tsx"
import type { Room } from "./room.ts"
import { useWords } from "./words.ts"

type Props = {
  readonly chat: Chat
  readonly room: Room
  readonly desk: Desk
  readonly offline: boolean
  readonly back: (() => void) | null
  readonly toSide: (() => void) | null
  readonly act: (name: ActName) => void
}

/** One chat: who it is, what was said, and the box, or why there is none. */
export function ChatView({ chat, room, desk, offline, back, toSide, act }: Props) {
  const station = useStation()
  const { id } = chat.head
  const mine = chat.head.owner === desk.me.id || desk.mine.some((one) => one.id === id)
  const [text, setText] = useState(() => draft(id, "reply"))
  const change = (next: string) => {
    setText(next)
    keepDraft(id, "reply", next)
  }
  return (
    <article class="chat" aria-labelledby="chat-name">
      <ChatHeader head={chat.head} desk={desk} mine={mine} back={back} toSide={toSide} act={act} />
      <Lines
        chat={chat}
        room={room}
        again={mine && !chat.head.left && chat.head.status !== "ended"}
        alias={desk.me.alias}
        offline={offline}
        takeBack={(key, said) => {
          station.drop(id, key)
          change(text.trim() === "" ? said : `${text.trimEnd()}\n${said}`)
          document.getElementById("reply")?.focus()
        }}
      />
      <Foot chat={chat} desk={desk} mine={mine} text={text} change={change} />
    </article>
  )
}

type FootProps = { readonly chat: Chat; readonly desk: Desk; readonly mine: boolean; readonly text: string; readonly change: (text: string) => void }

/** A chat that has ended without its owner stays in the list until its owner has seen that. */
function PutAway({ id, desk }: { readonly id: string; readonly desk: Desk }) {
  const words = useWords()
  const station = useStation()
  if (!desk.mine.some((head) => head.id === id && head.status === "ended")) return null
  return (
    <div class="buttons">
      <button type="button" class="button quiet" onClick={() => void station.act(api.end(id, "other"), id)}>
        {words.act.putAway}
      </button>
    </div>
  )
}

function Foot({ chat, desk, mine, text, change }: FootProps) {
  const words = useWords()
  const station = useStation()
  const { id, status, left, offer, owner } = chat.head
  if (left)
    return (
      <div class="foot gone" role="status">
        <strong>{words.chat.left}</strong>
        <p>{words.chat.leftHint}</p>
        <PutAway id={id} desk={desk} />
      </div>
    )
  if (status === "ended")
    return (
      <div class="foot gone" role="status">
        <strong>{words.chat.ended}</strong>
        <PutAway id={id} desk={desk} />
      </div>
    )
  if (!mine && offer?.to === desk.me.id)
    return (
      <div class="foot offered">
        <strong>{words.chat.offeredYou(aliasOf(desk, offer.from) ?? "")}</strong>
        <div class="buttons">
          <button type="button" class="button quiet" onClick={() => void station.act(api.refuse(id), id)}>
            {words.lists.refuse}
          </button>
          <button type="button" class="button" onClick={() => void station.act(api.accept(id), id)}>
            {words.lists.accept}
          </button>
        </div>
      </div>
    )
  if (!mine) {
    const who = aliasOf(desk, owner)
    return <p class="foot read-only">{who === undefined ? words.chat.readOnlyNobody : words.chat.readOnly(who)}</p>
  }
  return (
    <>
      {offer !== null && (
        <p class="foot-note">
          {offer.to === "queue"
            ? words.chat.offeredQueue
            : offer.to === "supervisor"
              ? words.chat.offeredTo(words.transfer.anySupervisor)
              : words.chat.offeredTo(aliasOf(desk, offer.to) ?? "")}
        </p>
      )}
      <Composer chat={chat} alias={desk.me.alias} text={text} setText={change} />
    </>
  )
}
