import { useEffect, useState } from "preact/hooks"
import type { Desk } from "../../../helpline/desk-view.ts"
import { Act, type ActName } from "./acts.tsx"
import { useAlarm } from "./alarm.ts"
import { Board, Colleagues } from "./board.tsx"
import { ChatView } from "./chat.tsx"
import { Care, ClosedBanner, CloseLine } from "./closing.tsx"
import { useMedia, useStation, useVeil } from "./hooks.ts"
import { KeySheet } from "./key-sheet.tsx"
import { stepInLists, useKeys } from "./keys.ts"
import { Lists, useClaim } from "./lists.tsx"
import { EMPTY_ROOM } from "./room.ts"
import { Side, type SideTab } from "./side.tsx"
import type { State } from "./station.ts"
import { MyPresence, Tools, Views, type View } from "./top.tsx"
import { useWords } from "./words.ts"

type Pane = "lists" | "chat" | "side"
type Sheet = ActName | "keys" | "closing"

/** The desk: lists, the chat, and what is beside it; on a phone one of them at a time. */
export function DeskPage({ state, desk, signOut }: { readonly state: State; readonly desk: Desk; readonly signOut: () => void }) {
  const words = useWords()
  const station = useStation()
  const veil = useVeil()
  const narrow = useMedia("(max-width: 899px)")
  const [view, setView] = useState<View>("desk")
  const [pane, setPane] = useState<Pane>("lists")
  const [tab, setTab] = useState<SideTab>("notes")
  const [sheet, setSheet] = useState<Sheet | null>(null)
  const alarm = useAlarm(desk, words.someoneWaiting)
  const claim = useClaim((id) => show(id))
  const room = state.open === null ? undefined : (state.rooms[state.open] ?? EMPTY_ROOM)
  const chat = room?.chat ?? null
  const mine = chat !== null && chat.head.status !== "ended" && desk.mine.some(({ id }) => id === chat.head.id)

  function show(id: string): void {
    station.open(id)
    setView("desk")
    setPane("chat")
    setSheet(null)
  }
  const focus = (id: string, where: Pane) => {
    setPane(where)
    setView("desk")
    if (where === "side") setTab("notes")
    setTimeout(() => document.getElementById(id)?.focus())
  }
  useKeys({
    j: () => stepInLists(1),
    k: () => stepInLists(-1),
    c: () => {
      const marked = document.activeElement?.getAttribute("data-chat") ?? desk.queue[0]?.id
      if (marked !== undefined) claim(marked)
    },
    b: veil.turn,
    "?": () => setSheet("keys"),
    ...(chat !== null && { r: () => focus("reply", "chat"), n: () => focus("note", "side") }),
    ...(mine && chat !== null && !chat.head.left && { t: () => setSheet("transfer"), s: () => setSheet("supervisor") }),
    Escape: () => {
      if (narrow && pane === "side") setPane("chat")
      else if (narrow && pane === "chat") setPane("lists")
      else document.querySelector<HTMLElement>("[data-item][aria-current], [data-item]")?.focus()
    },
  })
  useUnsent(Object.values(state.rooms).some(({ saying }) => saying.length > 0))

  const inChat = view === "desk" && chat !== null && room !== undefined
  return (
    <div class={`desk view-${view} ${narrow ? `narrow at-${pane}` : "wide"}`}>
      <header class="top">
        <Views
          desk={desk}
          view={view}
          setView={(next) => {
            setView(next)
            setPane("lists")
          }}
        />
        <MyPresence desk={desk} />
        <Tools desk={desk} alarm={alarm} closeLine={() => setSheet("closing")} keys={() => setSheet("keys")} signOut={signOut} />
      </header>
      <ClosedBanner desk={desk} />
      {state.link === "lost" && (
        <p class="banner lost" role="status">
          {words.lost}
        </p>
      )}
      {state.refusal !== null && <Refusal key={state.refusal.count} text={words.why[state.refusal.why] ?? ""} hush={station.hush} />}
      <main class="panes">
        <aside class="pane lists" aria-label={words.nav.desk} hidden={narrow && (pane !== "lists" || view !== "desk")}>
          <Care desk={desk} />
          <Lists desk={desk} open={state.open} show={show} />
        </aside>
        <div class="pane middle" hidden={narrow && view === "desk" && pane !== "chat"}>
          {view === "board" && <Board desk={desk} show={show} />}
          {view === "colleagues" && <Colleagues desk={desk} />}
          {inChat && (
            <ChatView
              key={chat.head.id}
              chat={chat}
              room={room}
              desk={desk}
              offline={state.link === "lost"}
              back={narrow ? () => setPane("lists") : null}
              toSide={narrow ? () => setPane("side") : null}
              act={setSheet}
            />
          )}
          {view === "desk" && chat === null && <Nothing trouble={room === undefined ? null : room.trouble === null ? words.loading : (words.why[room.trouble] ?? "")} />}
        </div>
        {inChat && (
          <aside class="pane beside" aria-label={words.side.label} hidden={narrow && pane !== "side"}>
            {narrow && (
              <button type="button" class="link side-back" onClick={() => setPane("chat")}>
                {words.back}
              </button>
            )}
            <Side chat={chat} tab={tab} setTab={setTab} />
          </aside>
        )}
      </main>
      {sheet === "keys" && <KeySheet close={() => setSheet(null)} />}
      {sheet === "closing" && <CloseLine close={() => setSheet(null)} />}
      {sheet !== null && sheet !== "keys" && sheet !== "closing" && chat !== null && <Act key={sheet} name={sheet} head={chat.head} desk={desk} close={() => setSheet(null)} />}
    </div>
  )
}

function Nothing({ trouble }: { readonly trouble: string | null }) {
  const words = useWords()
  return (
    <div class="nothing">
      <p>{trouble ?? words.chat.none}</p>
      {trouble === null && <p class="aside keys-hint">{words.chat.noneHint}</p>}
    </div>
  )
}

/** What was not done, told once; it goes by itself. */
function Refusal({ text, hush }: { readonly text: string; readonly hush: () => void }) {
  const words = useWords()
  useEffect(() => {
    const timer = setTimeout(hush, 12_000)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div class="refusal" role="alert">
      <p>{text}</p>
      <button type="button" class="link" onClick={hush}>
        {words.ok}
      </button>
    </div>
  )
}

/** The browser asks before a page is left from which something has still to go out. */
function useUnsent(unsent: boolean): void {
  useEffect(() => {
    if (!unsent) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener("beforeunload", ask)
    return () => removeEventListener("beforeunload", ask)
  }, [unsent])
}
