import { useState } from "preact/hooks"
import { dayIn, lastDays, lengthOf, thisMonth, type Period } from "./days.ts"
import { Field } from "./field.tsx"
import { useWords } from "./words.ts"

type Choice = "week" | "thirty" | "month" | "own"
const CHOICES: readonly Choice[] = ["week", "thirty", "month", "own"]

type Props = { readonly period: Period; readonly timeZone: string; readonly choose: (period: Period) => void }

/** Which days are counted, as days are in a time zone. */
export function PeriodChoice({ period, timeZone, choose }: Props) {
  const words = useWords()
  const [choice, setChoice] = useState<Choice>("week")
  const [own, setOwn] = useState(period)
  const today = dayIn(timeZone, new Date())
  const pick = (next: Choice) => {
    setChoice(next)
    if (next === "own") setOwn(period)
    else choose(next === "month" ? thisMonth(today) : lastDays(next === "week" ? 7 : 30, today))
  }
  return (
    <form
      class="period"
      onSubmit={(event) => {
        event.preventDefault()
        if (lengthOf(own) !== undefined) choose(own)
      }}
    >
      <fieldset>
        <legend class="hidden">{words.numbers.period}</legend>
        <div class="chips">
          {CHOICES.map((one) => (
            <label key={one} class="chip">
              <input type="radio" name="period" checked={choice === one} onChange={() => pick(one)} />
              <span>{words.numbers.periods[one]}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {choice === "own" && (
        <div class="own-days">
          <Field label={words.numbers.from} type="date" required max={today} value={own.from} change={(from) => setOwn({ ...own, from })} />
          <Field label={words.numbers.to} type="date" required max={today} value={own.to} change={(to) => setOwn({ ...own, to })} />
          <button type="submit" class="button" disabled={lengthOf(own) === undefined}>
            {words.numbers.show}
          </button>
          {lengthOf(own) === undefined && <p class="field-hint">{words.numbers.tooLong}</p>}
        </div>
      )}
    </form>
  )
}
