import { SHAPES, type Shape } from "./house.ts"
import { ShapeIcon, SlidersIcon } from "./icons.tsx"
import { NAMES } from "./words.ts"

/** What a narrow page shows at a time. */
export type Tab = Shape | "controls"
const TABS: readonly Tab[] = [...SHAPES, "controls"]

/** On a narrow page the phones lie behind tabs, and so do the controls. */
export function Tabs({ open, choose }: { readonly open: Tab; readonly choose: (tab: Tab) => void }) {
  return (
    <div
      class="tabs"
      role="tablist"
      aria-label="Phones"
      onKeyDown={(event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
        const next =
          event.key === "Home" ? TABS[0] : event.key === "End" ? TABS.at(-1) : step === undefined ? undefined : TABS[(TABS.indexOf(open) + step + TABS.length) % TABS.length]
        if (next === undefined) return
        event.preventDefault()
        choose(next)
        document.getElementById(`tab-${next}`)?.focus()
      }}
    >
      {TABS.map((tab) => (
        <button
          key={tab}
          type="button"
          role="tab"
          id={`tab-${tab}`}
          class={tab}
          aria-selected={tab === open}
          aria-controls={tab === "controls" ? "controls" : `phone-${tab}`}
          tabIndex={tab === open ? 0 : -1}
          onClick={() => choose(tab)}
        >
          {tab === "controls" ? <SlidersIcon /> : <ShapeIcon shape={tab} />}
          <span>{tab === "controls" ? "Controls" : NAMES[tab]}</span>
        </button>
      ))}
    </div>
  )
}
