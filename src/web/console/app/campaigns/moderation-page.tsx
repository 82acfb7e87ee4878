import { useEffect, useRef, useState } from "preact/hooks"
import { Confirm } from "../confirm.tsx"
import { useStation, useVeil } from "../hooks.ts"
import { Sign } from "../icons.tsx"
import { stepInLists, useKeys } from "../keys.ts"
import { useWords } from "../words.ts"
import * as api from "./campaigns-api.ts"
import { Filters } from "./filters.tsx"
import { GivenCard } from "./given-card.tsx"
import { WaitingList, type Done } from "./waiting-list.tsx"

const ALL: api.Wanted = { campaign: "", kind: "", language: "" }
const TABS = ["waiting", "shown"] as const

/** What people gave to campaigns: what waits for a yes, and what everybody sees. */
export function ModerationPage() {
  const words = useWords()
  const of = words.moderation
  const station = useStation()
  const veil = useVeil()
  const [frame, setFrame] = useState<api.Frame | null>(null)
  const [tab, setTab] = useState<(typeof TABS)[number]>("waiting")
  const [wanted, setWanted] = useState(ALL)
  const [waiting, setWaiting] = useState<readonly api.Waiting[] | null>(null)
  const [shown, setShown] = useState<readonly api.Shown[] | null>(null)
  const [done, setDone] = useState<Done | null>(null)
  const [count, setCount] = useState(0)
  const again = () => setCount((before) => before + 1)
  useEffect(() => {
    void station.look(api.frame()).then((answer) => (answer.ok ? setFrame(answer.value) : station.refuse(answer.why)))
  }, [])
  useEffect(() => {
    let open = true
    const look = async () => {
      const answer = tab === "waiting" ? await station.look(api.waiting(wanted)) : await station.look(api.shown(wanted))
      if (!open) return
      if (!answer.ok) station.refuse(answer.why)
      else if (tab === "waiting") setWaiting(answer.value as readonly api.Waiting[])
      else setShown(answer.value as readonly api.Shown[])
    }
    void look()
    return () => {
      open = false
    }
  }, [tab, wanted, count])
  useKeys({ j: () => stepInLists(1), k: () => stepInLists(-1), b: veil.turn })
  const place = useRef<number | null>(null)
  const did = (what: Done) => {
    place.current = [...document.querySelectorAll("[data-given]")].findIndex((card) => card.getAttribute("data-given") === what.id)
    setDone(what)
    again()
  }
  // Where the button that was pressed has gone, the next card is where one goes on.
  useEffect(() => {
    const cards = [...document.querySelectorAll<HTMLElement>("[data-given]")]
    if (place.current !== null && document.activeElement === document.body) cards[Math.min(cards.length - 1, Math.max(0, place.current))]?.focus()
    place.current = null
  }, [waiting, shown])
  const takeDown = async (id: string) => {
    const { ok } = await station.act(api.takeDown(id))
    if (ok) did({ what: "taken-down", id })
    else again()
  }
  const list = tab === "waiting" ? waiting : shown
  return (
    <section class="sheet moderation-page" aria-labelledby="moderation-title">
      <header class="sheet-head">
        <h2 id="moderation-title">{of.title}</h2>
        <div class="buttons">
          {tab === "waiting" && (
            <button type="button" class="button small quiet" aria-pressed={!veil.down} onClick={veil.turn}>
              <Sign name={veil.down ? "eye" : "eyeOff"} /> {veil.down ? words.blurOn : words.blurOff}
            </button>
          )}
          <button type="button" class="button small quiet" onClick={again}>
            {of.again}
          </button>
        </div>
      </header>
      <p class="hint">{of.hint}</p>
      <div class="chips" role="group" aria-label={of.tabs.label}>
        {TABS.map((one) => (
          <button key={one} type="button" class="chip" aria-pressed={tab === one} onClick={() => (setTab(one), setDone(null))}>
            {of.tabs[one]}
          </button>
        ))}
      </div>
      {frame !== null && <Filters frame={frame} wanted={wanted} choose={setWanted} />}
      <p class="moderation-done" role="status">
        {done !== null && of.done[done.what]}{" "}
        {done?.what === "shown" && (
          <button type="button" class="link" onClick={() => void takeDown(done.id)}>
            {of.undo}
          </button>
        )}
      </p>
      {(list === null || frame === null) && <p class="none">{words.loading}</p>}
      {list?.length === 0 && <p class="none">{of.none[tab]}</p>}
      {frame !== null && tab === "waiting" && waiting !== null && <WaitingList waiting={waiting} frame={frame} done={did} again={again} />}
      {frame !== null && tab === "shown" && (
        <ul class="givens">
          {shown?.map((one) => (
            <GivenCard key={one.id} one={one} frame={frame} date={[of.published, one.published]} veiled={false}>
              <div class="given-acts">
                <Confirm label={of.takeDown.button} asks={of.takeDown.asks} sure={of.takeDown.sure} grave={false} act={() => takeDown(one.id)} />
              </div>
            </GivenCard>
          ))}
        </ul>
      )}
      {list !== null && list.length >= (tab === "waiting" ? MOST_WAITING : MOST_SHOWN) && <p class="hint">{of.more}</p>}
    </section>
  )
}

/** So many are told at once. */
const MOST_WAITING = 200
const MOST_SHOWN = 300
