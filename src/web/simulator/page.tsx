import { useState } from "preact/hooks"
import type { Desk } from "./desk.ts"
import { Dock } from "./dock.tsx"
import { Guide } from "./guide.tsx"
import { useMedia } from "../shared/use-media.ts"
import { useFacts, usePhones } from "./hooks.ts"
import { SHAPES, type Shape } from "./house.ts"
import { Languages } from "./languages.tsx"
import { PhoneView } from "./phone-view.tsx"
import { Starters } from "./starters.tsx"
import { Tabs, type Tab } from "./tabs.tsx"
import { Top } from "./top.tsx"
import { ownName } from "./words.ts"

/** The simulator. */
export function Page({ desk }: { readonly desk: Desk }) {
  const phones = usePhones(desk)
  const facts = useFacts()
  const narrow = useMedia("(max-width: 899px)")
  const [together, setTogether] = useState(true)
  const [active, setActive] = useState<Shape>("telegram")
  const [controls, setControls] = useState(false)
  const [persons, setPersons] = useState(1)

  const agreed = new Set(SHAPES.map((shape) => phones[shape].language)).size === 1
  const tab: Tab = controls ? "controls" : active
  const reached = (shape: Shape) => (together ? SHAPES : [shape])
  const send = (text: string) => {
    desk.type(reached(active), text)
    if (!narrow || !controls) return
    // What comes of it is on the phone; the field that had the focus goes out of sight with the controls.
    setControls(false)
    document.getElementById(`tab-${active}`)?.focus()
  }

  return (
    <div class={`page ${narrow ? "narrow" : "wide"} at-${tab}${agreed ? " agreed" : ""}`}>
      <Top
        persons={persons}
        renew={() => {
          desk.renew()
          setPersons(persons + 1)
        }}
      />
      <main>
        {narrow && (
          <Tabs
            open={tab}
            choose={(next) => {
              setControls(next === "controls")
              if (next !== "controls") setActive(next)
            }}
          />
        )}
        <div id="controls" class="rail" hidden={narrow && !controls} {...(narrow && { role: "tabpanel", "aria-labelledby": "tab-controls" })}>
          <Languages phones={phones} facts={facts} choose={(language) => send(ownName(language))} />
          <Starters send={send} />
          <Guide />
        </div>
        <div class="phones">
          {SHAPES.map((shape) => (
            <PhoneView
              key={phones[shape].from}
              phone={phones[shape]}
              price={facts?.smsPrice}
              listening={shape === active}
              chosen={!together && !narrow && shape === active}
              tab={narrow ? shape === tab : undefined}
              acts={{
                type: (text) => desk.type(reached(shape), text),
                tap: (choice) => desk.tap(reached(shape), choice),
                retry: (entry) => desk.retry(shape, entry),
                touch: () => setActive(shape),
              }}
            />
          ))}
        </div>
        <Dock together={together} active={active} setTogether={setTogether} setActive={setActive} send={send} />
      </main>
    </div>
  )
}
