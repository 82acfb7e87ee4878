import { useEffect, useRef, useState } from "preact/hooks"
import type { Desk } from "../../../helpline/desk-view.ts"
import { Account } from "./account.tsx"
import { Act, type ActName } from "./acts.tsx"
import { countOf, useAlarm } from "./alarm.ts"
import { BlocksPage } from "./blocks-page.tsx"
import { Board, Colleagues } from "./board.tsx"
import { ChatView } from "./chat.tsx"
import { Care, ClosedBanner, CloseLine } from "./closing.tsx"
import { useMedia } from "../../shared/use-media.ts"
import { useStation, useVeil } from "./hooks.ts"
import { CampaignsPage } from "./campaigns/campaigns-page.tsx"
import { ModerationPage } from "./campaigns/moderation-page.tsx"
import { Frame } from "./frame.tsx"
import { Sign } from "./icons.tsx"
import { KeySheet } from "./key-sheet.tsx"
import { placeKeys, stepInLists, useKeys } from "./keys.ts"
import { Lists, useClaim } from "./lists.tsx"
import { NumbersPage } from "./numbers-page.tsx"
import { placesFor, usePlace, type Place } from "./place.ts"
import { ReportsPage } from "./reports/reports-page.tsx"
import { ReleasesPage } from "./releases/releases-page.tsx"
import { EMPTY_ROOM, type Room } from "./room.ts"
import { Side, type SideTab } from "./side.tsx"
import { StaffPage } from "./staff-page.tsx"
import type { State } from "./state.ts"
import { Bell, MyPresence } from "./top.tsx"
import { Veiled } from "./veil.tsx"
import { useWords } from "./words.ts"

type Pane = "lists" | "chat" | "side"
type Sheet = ActName | "keys" | "closing" | "account"

/** The desk: lists, the chat, and what is beside it; on a phone one of them at a time. */
export function DeskPage({ state, desk, signOut }: { readonly state: State; readonly desk: Desk; readonly signOut: () => void }) {
  const words = useWords()
  const station = useStation()
  const veil = useVeil()
  const narrow = useMedia("(max-width: 899px)")
  const supervisor = desk.me.roles.includes("supervisor")
  const places = placesFor(desk.me.roles)
  const [place, go] = usePlace(places)
  const [pane, setPane] = useState<Pane>("lists")
  const [tab, setTab] = useState<SideTab>("notes")
  const [sheet, setSheet] = useState<Sheet | null>(null)
  const wanted = useRef<string | null>(null)
  const [asked, setAsked] = useState({})
  const alarm = useAlarm(desk, words.someoneWaiting)
  const claim = useClaim((id) => show(id))
  const room = state.open === null ? undefined : (state.rooms[state.open] ?? EMPTY_ROOM)
  const chat = room?.chat ?? null
  const mine = chat !== null && chat.head.status !== "ended" && desk.mine.some(({ id }) => id === chat.head.id)

  function show(id: string): void {
    station.open(id)
    go("desk")
    setPane("chat")
    setSheet(null)
    wanted.current = "chat-name"
    setAsked({})
  }
  const focus = (id: string, where: Pane) => {
    setPane(where)
    go("desk")
    if (where === "side") setTab("notes")
    wanted.current = id
    setAsked({})
  }
  const to = (next: Place) => {
    go(next)
    setPane("lists")
  }
  // Once what was asked for is drawn.
  useEffect(() => {
    const element = wanted.current === null ? null : document.getElementById(wanted.current)
    element?.focus()
    if (element !== null || wanted.current !== "chat-name") wanted.current = null
  }, [asked, chat?.head.id])
  useKeys({
    j: () => stepInLists(1),
    k: () => stepInLists(-1),
    c: () => {
      const marked = document.activeElement?.getAttribute("data-chat") ?? desk.queue[0]?.id
      if (marked !== undefined) claim(marked)
    },
    b: veil.turn,
    ...placeKeys(places, to),
    "?": () => setSheet("keys"),
    ...(chat !== null && { h: () => veil.ask(chat.head.id), r: () => focus("reply", "chat"), n: () => focus("note", "side") }),
    ...(mine && chat !== null && !chat.head.left && { t: () => setSheet("transfer"), s: () => setSheet("supervisor") }),
    Escape: () => {
      if (narrow && pane === "side") setPane("chat")
      else if (narrow && pane === "chat") setPane("lists")
      else document.querySelector<HTMLElement>("[data-item][aria-current], [data-item]")?.focus()
    },
  })
  useUnsent(Object.values(state.rooms).some(({ saying }) => saying.length > 0))

  const inChat = place === "desk" && chat !== null && room !== undefined
  const withLists = place === "desk" || place === "board" || place === "colleagues"
  return (
    <>
      <Frame
        state={state}
        places={places}
        place={place}
        go={to}
        waiting={countOf(desk)}
        class={narrow ? `narrow at-${pane}` : "wide"}
        self={<MyPresence desk={desk} />}
        tools={<Bell alarm={alarm} />}
        closeLine={supervisor && desk.closing === null ? () => setSheet("closing") : null}
        keys={() => setSheet("keys")}
        account={() => setSheet("account")}
        signOut={signOut}
      >
        <ClosedBanner desk={desk} />
        <div class="panes">
          <aside class="pane lists" aria-label={words.nav.desk} hidden={narrow ? pane !== "lists" || place !== "desk" : !withLists}>
            <Care desk={desk} />
            <Lists desk={desk} open={state.open} show={show} />
          </aside>
          <div class="pane middle" hidden={narrow && place === "desk" && pane !== "chat"}>
            {place === "board" && <Board desk={desk} show={show} />}
            {place === "colleagues" && <Colleagues desk={desk} />}
            {place === "reports" && <ReportsPage me={desk.me.id} alias={desk.me.alias} />}
            {place === "numbers" && <NumbersPage timeZone={desk.timeZone} />}
            {place === "blocks" && <BlocksPage version={desk.version} />}
            {place === "releases" && <ReleasesPage />}
            {place === "moderation" && <ModerationPage />}
            {place === "campaigns" && <CampaignsPage mayStop={desk.me.roles.includes("admin")} />}
            {place === "staff" && <StaffPage me={desk.me.id} />}
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
            {place === "desk" && chat === null && <Nothing room={room} drop={(key) => state.open !== null && station.drop(state.open, key)} />}
          </div>
          {inChat && (
            <aside class="pane beside" aria-label={words.side.label} hidden={narrow && pane !== "side"}>
              {narrow && (
                <header class="side-head">
                  <button type="button" class="icon-button turns side-back" aria-label={words.back} onClick={() => setPane("chat")}>
                    <Sign name="back" />
                  </button>
                  <bdi class="made-up">{chat.head.name}</bdi>
                </header>
              )}
              <Side chat={chat} tab={tab} setTab={setTab} />
            </aside>
          )}
        </div>
      </Frame>
      {sheet === "keys" && <KeySheet desk places={places} close={() => setSheet(null)} />}
      {sheet === "account" && <Account close={() => setSheet(null)} />}
      {sheet === "closing" && <CloseLine close={() => setSheet(null)} />}
      {sheet !== null && sheet !== "keys" && sheet !== "closing" && sheet !== "account" && chat !== null && (
        <Act key={sheet} name={sheet} head={chat.head} desk={desk} close={() => setSheet(null)} />
      )}
    </>
  )
}

/** In place of a chat: none is chosen, it is on its way, or it isn't ours any more; then what was not sent of it is shown. */
function Nothing({ room, drop }: { readonly room: Room | undefined; readonly drop: (key: string) => void }) {
  const words = useWords()
  if (room === undefined)
    return (
      <div class="nothing">
        <p>{words.chat.none}</p>
        <p class="aside keys-hint">{words.chat.noneHint}</p>
      </div>
    )
  return (
    <div class="nothing" role="status">
      <p>{room.trouble === null ? words.loading : (words.why[room.trouble] ?? "")}</p>
      {room.trouble !== null &&
        room.saying.map(({ key, text }) => (
          <div key={key} class="unsent">
            <strong>{words.chat.notSent}</strong>
            <Veiled text={text} />
            <button type="button" class="link" onClick={() => drop(key)}>
              {words.ok}
            </button>
          </div>
        ))}
    </div>
  )
}

/** The browser asks before a page is left from which something has still to go out. */
function useUnsent(unsent: boolean): void {
  useEffect(() => {
    if (!unsent) return undefined
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener("beforeunload", ask)
    return () => removeEventListener("beforeunload", ask)
  }, [unsent])
}
