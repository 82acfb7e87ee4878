import type { ComponentChildren } from "preact"
import type { Place } from "./place.ts"
import { Refusal } from "./refusal.tsx"
import type { State } from "./state.ts"
import { MainMenu, Places } from "./top.tsx"
import { useWords } from "./words.ts"

type Props = {
  readonly state: State
  readonly places: readonly Place[]
  readonly place: Place
  readonly go: (place: Place) => void
  readonly waiting?: number
  /** Who I am. */
  readonly self: ComponentChildren
  /** What stands before the menu that everybody has. */
  readonly tools?: ComponentChildren
  /** Closes the line; nothing where that can't be done. */
  readonly closeLine?: (() => void) | null
  readonly keys: () => void
  readonly account: () => void
  readonly signOut: () => void
  readonly class?: string
  readonly children: ComponentChildren
}

/** What is around every page of somebody who is signed in: the bar, what was refused, what is lost. */
export function Frame({ state, places, place, go, waiting = 0, self, tools, closeLine = null, keys, account, signOut, class: name = "", children }: Props) {
  const words = useWords()
  return (
    <div class={`desk view-${place} ${name}`}>
      <header class="top">
        <Places places={places} place={place} go={go} waiting={waiting} />
        {self}
        <div class="tools">
          {tools}
          <MainMenu closeLine={closeLine} keys={keys} account={account} signOut={signOut} />
        </div>
      </header>
      <main>
        <h1 class="hidden">{words.console}</h1>
        {state.link === "lost" && (
          <p class="banner lost" role="status">
            {words.lost}
          </p>
        )}
        <Refusal inSheet={false} />
        {children}
      </main>
    </div>
  )
}
