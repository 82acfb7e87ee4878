import { useContext } from "preact/hooks"
import type { Desk, Presence } from "../../../helpline/desk-view.ts"
import type { Alarm } from "./alarm.ts"
import * as api from "./api.ts"
import { useStation } from "./hooks.ts"
import { Sign, type IconName } from "./icons.tsx"
import { LanguageContext, LANGUAGES, useWords, wordsIn } from "./words.ts"

export type View = "desk" | "board" | "colleagues"
const SIGNS: Readonly<Record<View, IconName>> = { desk: "chat", board: "board", colleagues: "people" }
const PRESENCES: readonly Presence[] = ["available", "break", "away"]

/** Where one is. */
export function Views({ desk, view, setView }: { readonly desk: Desk; readonly view: View; readonly setView: (view: View) => void }) {
  const words = useWords()
  const views: readonly View[] = desk.board === null ? ["desk", "colleagues"] : ["desk", "board", "colleagues"]
  return (
    <nav class="views" aria-label={words.nav.label}>
      {views.map((one) => (
        <button key={one} type="button" aria-current={view === one ? "page" : undefined} onClick={() => setView(one)}>
          <Sign name={SIGNS[one]} />
          <span>{words.nav[one]}</span>
        </button>
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

type ToolsProps = {
  readonly desk: Desk
  readonly alarm: Alarm
  readonly closeLine: () => void
  readonly keys: () => void
  readonly account: () => void
  readonly signOut: () => void
}

/** Everything that is needed now and then. */
export function Tools({ desk, alarm, closeLine, keys, account, signOut }: ToolsProps) {
  const words = useWords()
  const told = alarm.on ? (alarm.silent ? words.soundDenied : words.soundOn) : words.soundOff
  return (
    <div class="tools">
      {desk.me.roles.includes("supervisor") && desk.closing === null && (
        <button type="button" class="button small quiet" onClick={closeLine}>
          {words.closing.button}
        </button>
      )}
      <button type="button" class="icon-button" aria-pressed={alarm.on} aria-label={words.soundOff} title={told} onClick={alarm.turn}>
        <Sign name={alarm.on ? "bell" : "bellOff"} />
      </button>
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
    </div>
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
