import { createContext } from "preact"
import { useContext, useEffect, useState } from "preact/hooks"
import type { State } from "./state.ts"
import type { Station } from "./station.ts"

/** Whether words are drawn or only their shape; lasts as long as the page. */
export type Veil = {
  readonly down: boolean
  readonly turn: () => void
  /** Chats whose hard words were asked for since the veil was last lifted. */
  readonly askedFor: ReadonlySet<string>
  readonly ask: (chat: string) => void
}

export const StationContext = createContext<Station | null>(null)
export const VeilContext = createContext<Veil>({ down: true, turn: () => {}, askedFor: new Set(), ask: () => {} })

export function useStation(): Station {
  const station = useContext(StationContext)
  if (station === null) throw new Error("no station around this")
  return station
}

export const useVeil = (): Veil => useContext(VeilContext)

/** What the console knows now; draws again after every change. */
export function useKnown(station: Station): State {
  const [state, setState] = useState(station.state)
  useEffect(() => {
    setState(station.state())
    return station.watch(() => setState(station.state()))
  }, [station])
  return state
}

/** The time, taken anew every ten seconds. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
