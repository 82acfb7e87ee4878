import { useContext } from "preact/hooks"
import type { Desk, Presence } from "../../../helpline/desk-view.ts"
import type { Alarm } from "./alarm.ts"
import * as api from "./api.ts"
import { useStation } from "./hooks.ts"
import { Sign, type IconName } from "./icons.tsx"
import { addressOf, type Place } from "./place.ts"
import { LanguageContext, LANGUAGES, useWords, wordsIn } from "./words.ts"

const SIGNS: Readonly<Record<Place, IconName>> = { desk: "chat", board: "board", colleagues: "people", numbers: "chart", releases: "scissors", staff: "badge", soon: "clock" }
const PRESENCES: readonly Presence[] = ["available", "break", "away"]

type PlacesProps = {
  readonly places: readonly Place[]
  readonly place: Place
  readonly go: (place: Place) => void
  /** How much waits on the desk; told while one is elsewhere. */
  readonly waiting?: number
}

/** Where one is, and where one may go. */
export function Places({ places, place, go, waiting = 0 }: PlacesProps) {
  const words = useWords()
  return (
    <nav class="views" aria-label={words.nav.label}>
      {places.map((one) => (
        <a
          key={one}
          href={addressOf(one)}
          title={words.nav[one]}
          aria-current={place === one ? "page" : undefined}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return
            event.preventDefault()
            go(one)
          }}
        >
          <Sign name={SIGNS[one]} />
          <span>{words.nav[one]}</span>
          {one === "desk" && place !== "desk" && waiting > 0 && (
            <span class="count">
              <span aria-hidden="true">{waiting}</span>
              <span class="hidden">{words.nav.waiting(waiting)}</span>
            </span>
          )}
        </a>
      ))}
    </nav>
  )
}

/** Who I am here, and whether I take chats. */
export function MyPresence({ desk }: { readonly desk: Desk }) {
  const words = useWords()
  const station = useStation()
  return (
    <label class="my-presence">
      <span class={`presence-dot ${desk.me.presence}`} aria-hidden="true" />
      <bdi class="my-alias">{desk.me.alias}</bdi>
      <span class="hidden">{words.presence.label}</span>
      <select value={desk.me.presence} onChange={(event) => void station.act(api.setPresence(event.currentTarget.value as Presence))}>
        {PRESENCES.map((one) => (
          <option key={one} value={one}>
            {words.presence[one]}
          </option>
        ))}
      </select>
    </label>
  )
}

/** What only the desk needs now and then. */
export function DeskTools({ desk, alarm, closeLine }: { readonly desk: Desk; readonly alarm: Alarm; readonly closeLine: () => void }) {
  const words = useWords()
  const told = alarm.on ? (alarm.silent ? words.soundDenied : words.soundOn) : words.soundOff
  return (
    <>
      {desk.me.roles.includes("supervisor") && desk.closing === null && (
        <button type="button" class="button small quiet" onClick={closeLine}>
          {words.closing.button}
        </button>
      )}
      <button type="button" class="icon-button" aria-pressed={alarm.on} aria-label={words.soundOff} title={told} onClick={alarm.turn}>
        <Sign name={alarm.on ? "bell" : "bellOff"} />
      </button>
    </>
  )
}

/** What everybody needs now and then. */
export function Tools({ keys, account, signOut }: { readonly keys: () => void; readonly account: () => void; readonly signOut: () => void }) {
  const words = useWords()
  return (
    <>
      <LanguageSwitch />
      <button type="button" class="icon-button keys-button" aria-label={words.keys} title={words.keys} onClick={keys}>
        <Sign name="key" />
      </button>
      <button type="button" class="icon-button account" aria-label={words.account.title} title={words.account.title} onClick={account}>
        <Sign name="person" />
      </button>
      <button type="button" class="icon-button" aria-label={words.signOut} title={words.signOut} onClick={signOut}>
        <Sign name="out" />
      </button>
    </>
  )
}

/** The other language, under its own name. */
export function LanguageSwitch() {
  const { language, choose } = useContext(LanguageContext)
  const other = LANGUAGES.find((one) => one !== language) ?? "en"
  return (
    <button type="button" class="link language" lang={other} dir="auto" onClick={() => choose(other)}>
      {wordsIn(other).language}
    </button>
  )
}
