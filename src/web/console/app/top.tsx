import { useContext, useEffect, useRef } from "preact/hooks"
import type { Desk, Presence } from "../../../helpline/desk-view.ts"
import type { Alarm } from "./alarm.ts"
import * as api from "./api.ts"
import { useStation } from "./hooks.ts"
import { Sign, type IconName } from "./icons.tsx"
import { Menu } from "./menu.tsx"
import { addressOf, type Place } from "./place.ts"
import { LanguageContext, LANGUAGES, useWords, wordsIn, type Language } from "./words.ts"

const SIGNS: Readonly<Record<Place, IconName>> = {
  desk: "chat",
  board: "board",
  colleagues: "people",
  reports: "lock",
  numbers: "chart",
  blocks: "barred",
  releases: "scissors",
  moderation: "quilt",
  campaigns: "calendar",
  staff: "badge",
}
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
  const bar = useRef<HTMLElement>(null)
  useEffect(() => bar.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" }), [place])
  return (
    <nav ref={bar} class="views" aria-label={words.nav.label}>
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

/** Whether a sound tells that someone waits. */
export function Bell({ alarm }: { readonly alarm: Alarm }) {
  const words = useWords()
  const told = alarm.on ? (alarm.silent ? words.soundDenied : words.soundOn) : words.soundOff
  return (
    <button type="button" class="icon-button" aria-pressed={alarm.on} aria-label={words.soundOff} title={told} onClick={alarm.turn}>
      <Sign name={alarm.on ? "bell" : "bellOff"} />
    </button>
  )
}

type MainMenuProps = { readonly closeLine: (() => void) | null; readonly keys: () => void; readonly account: () => void; readonly signOut: () => void }

/** What everybody needs now and then, and supervisors seldom. */
export function MainMenu({ closeLine, keys, account, signOut }: MainMenuProps) {
  const words = useWords()
  const { choose } = useContext(LanguageContext)
  const other = useOtherLanguage()
  return (
    <Menu
      label={words.menu}
      sign="menu"
      items={[
        ...(closeLine === null ? [] : [{ label: words.closing.button, sign: "lock", act: closeLine } as const]),
        { label: words.account.title, sign: "person", act: account },
        { label: wordsIn(other).language, sign: "globe", lang: other, class: "language", act: () => choose(other) },
        { label: words.keys, sign: "key", class: "keys-item", act: keys },
        { label: words.signOut, sign: "out", class: "turns", act: signOut },
      ]}
    />
  )
}

/** The other language, under its own name. */
export function LanguageSwitch() {
  const { choose } = useContext(LanguageContext)
  const other = useOtherLanguage()
  return (
    <button type="button" class="link language" lang={other} dir="auto" onClick={() => choose(other)}>
      {wordsIn(other).language}
    </button>
  )
}

function useOtherLanguage(): Language {
  const { language } = useContext(LanguageContext)
  return LANGUAGES.find((one) => one !== language) ?? "en"
}
