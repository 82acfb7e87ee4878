import type { ChatHead, Desk } from "../../../helpline/desk-view.ts"
import type { ActName } from "./acts.tsx"
import * as api from "./api.ts"
import { useNow, useStation, useVeil } from "./hooks.ts"
import { Sign } from "./icons.tsx"
import { Menu } from "./menu.tsx"
import { Facts, RiskMark } from "./risk.tsx"
import { useWords } from "./words.ts"

type Props = {
  readonly head: ChatHead
  readonly desk: Desk
  readonly mine: boolean
  readonly back: (() => void) | null
  readonly toSide: (() => void) | null
  readonly act: (name: ActName) => void
}

/** Who it is, as far as anyone may know, and what can be done. */
export function ChatHeader({ head, desk, mine, back, toSide, act }: Props) {
  const words = useWords()
  const now = useNow()
  const veil = useVeil()
  const station = useStation()
  const supervisor = desk.me.roles.includes("supervisor")
  const open = head.status !== "ended"
  const canGo = mine && open
  const more: readonly ActName[] = [
    ...(canGo && !head.left ? (["supervisor"] as const) : []),
    // Also of a chat that has ended: whoever was abusive and left may be kept out still.
    ...(mine || (supervisor && !open) ? (["block"] as const) : []),
    ...(supervisor ? (["unmask"] as const) : []),
  ]
  return (
    <header class="chat-header">
      {back !== null && (
        <button type="button" class="icon-button turns" aria-label={words.back} onClick={back}>
          <Sign name="back" />
        </button>
      )}
      <div class="chat-title">
        <h2 id="chat-name" tabIndex={-1}>
          <bdi class="made-up">{head.name}</bdi> <RiskMark risk={head.risk} />
        </h2>
        <Facts channel={head.channel} language={head.language} since={head.since} now={now} waiting={false} />
      </div>
      <div class="chat-acts" role="group" aria-label={words.act.actions}>
        <button
          type="button"
          class="icon-button"
          aria-pressed={veil.down}
          aria-label={veil.down ? words.blurOn : words.blurOff}
          title={veil.down ? words.blurOn : words.blurOff}
          onClick={veil.turn}
        >
          <Sign name={veil.down ? "eyeOff" : "eye"} />
        </button>
        {toSide !== null && (
          <button type="button" class="icon-button note-tint" aria-label={words.act.side} onClick={toSide}>
            <Sign name="note" />
          </button>
        )}
        {!mine && supervisor && open && head.offer?.to !== desk.me.id && (
          <button type="button" class="button small" onClick={() => void station.act(api.takeOver(head.id), head.id)}>
            {words.act.takeOver}
          </button>
        )}
        {canGo && !head.left && (
          <button type="button" class="button small quiet" onClick={() => act("transfer")}>
            {words.act.transfer}
          </button>
        )}
        {canGo && (
          <button type="button" class="button small quiet" onClick={() => act("end")}>
            {words.act.end}
          </button>
        )}
        {more.length > 0 && <Menu label={words.act.more} sign="more" items={more.map((name) => ({ label: words.act[name], act: () => act(name) }))} />}
      </div>
    </header>
  )
}
