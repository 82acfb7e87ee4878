import type { ComponentChildren } from "preact"
import { useEffect } from "preact/hooks"
import { useStation } from "./hooks.ts"
import type { Place } from "./place.ts"
import type { State } from "./station.ts"
import { Places, Tools } from "./top.tsx"
import { useWords } from "./words.ts"

type Props = {
  readonly state: State
  readonly places: readonly Place[]
  readonly place: Place
  readonly go: (place: Place) => void
  readonly waiting?: number
  /** Who I am. */
  readonly self: ComponentChildren
  /** What stands before the tools that everybody has. */
  readonly tools?: ComponentChildren
  readonly keys: () => void
  readonly account: () => void
  readonly signOut: () => void
  readonly class?: string
  readonly children: ComponentChildren
}

/** What is around every page of somebody who is signed in: the bar, what was refused, what is lost. */
export function Frame({ state, places, place, go, waiting = 0, self, tools, keys, account, signOut, class: name = "", children }: Props) {
  const words = useWords()
  const station = useStation()
  return (
    <div class={`desk view-${place} ${name}`}>
      <header class="top">
        <Places places={places} place={place} go={go} waiting={waiting} />
        {self}
        <div class="tools">
          {tools}
          <Tools keys={keys} account={account} signOut={signOut} />
        </div>
      </header>
      <main>
        <h1 class="hidden">{words.console}</h1>
        {state.link === "lost" && (
          <p class="banner lost" role="status">
            {words.lost}
          </p>
        )}
        {state.refusal !== null && <Refusal key={state.refusal.count} text={words.why[state.refusal.why] ?? ""} hush={station.hush} />}
        {children}
      </main>
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
