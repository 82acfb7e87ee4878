import { Composer } from "./composer.tsx"
import { SHAPES, type Shape } from "./house.ts"
import { QuickKeys } from "./quick-keys.tsx"
import { NAMES } from "./words.ts"

type Props = {
  readonly together: boolean
  readonly active: Shape
  readonly setTogether: (together: boolean) => void
  readonly setActive: (shape: Shape) => void
  readonly send: (text: string) => void
}

/** The common bar: it writes to all phones, or to the one that is chosen. */
export function Dock({ together, active, setTogether, setActive, send }: Props) {
  const to = together ? "all three phones" : `the ${NAMES[active]} phone only`
  return (
    <section class="dock" aria-label="Common bar">
      <div class="common">
        <div class="follow">
          <button type="button" class="switch" role="switch" aria-checked={together} onClick={() => setTogether(!together)}>
            <span class="track" aria-hidden="true" />
            Follow together
          </button>
          {!together && (
            <fieldset class="targets">
              <legend class="hidden">Write to</legend>
              {SHAPES.map((shape) => (
                <label key={shape}>
                  <input type="radio" name="target" value={shape} checked={shape === active} onChange={() => setActive(shape)} />
                  <span>{NAMES[shape]}</span>
                </label>
              ))}
            </fieldset>
          )}
        </div>
        <Composer big label={`Write to ${to}`} hint={`Write to ${to}`} send={send} />
      </div>
      <QuickKeys send={send} />
    </section>
  )
}
