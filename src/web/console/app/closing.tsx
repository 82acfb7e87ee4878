import { useState } from "preact/hooks"
import type { Closing, Desk } from "../../../helpline/desk-view.ts"
import * as api from "./api.ts"
import { Dialog } from "./dialog.tsx"
import { useNow, useStation } from "./hooks.ts"
import { Sign } from "./icons.tsx"
import { isCooling } from "./lists.tsx"
import { clock, useWords } from "./words.ts"

const REASONS: readonly Closing["reason"][] = ["capacity", "holiday", "emergency", "other"]

/** Says plainly that the line is closed, until when and by whom; a supervisor opens it again here. */
export function ClosedBanner({ desk }: { readonly desk: Desk }) {
  const words = useWords()
  const station = useStation()
  const { closing } = desk
  if (closing === null) return null
  return (
    <div class="banner closed" role="status">
      <Sign name="lock" />
      <p>
        <strong>{words.closing.banner(clock(closing.until))}</strong> {words.closing.by(words.closing.reasons[closing.reason], closing.by)}
      </p>
      {desk.me.roles.includes("supervisor") && (
        <button type="button" class="button small" onClick={() => void station.act(api.reopen())}>
          {words.closing.reopen}
        </button>
      )}
    </div>
  )
}

/** Closes the line with one click on a time. */
export function CloseLine({ close }: { readonly close: () => void }) {
  const words = useWords()
  const station = useStation()
  const [reason, setReason] = useState<Closing["reason"]>("capacity")
  const [own, setOwn] = useState("")
  const until = (at: Date) => void station.act(api.close(reason, at.toISOString())).then(({ ok }) => ok && close())
  return (
    <Dialog title={words.closing.title} hint={words.closing.hint} close={close}>
      <form
        class="act-form"
        onSubmit={(event) => {
          event.preventDefault()
          const at = new Date(own)
          if (at.getTime() > Date.now()) until(at)
        }}
      >
        <fieldset>
          <legend>{words.closing.reason}</legend>
          <div class="chips">
            {REASONS.map((one) => (
              <label key={one} class="chip">
                <input type="radio" name="reason" checked={reason === one} onChange={() => setReason(one)} />
                <span>{words.closing.reasons[one]}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <fieldset>
          <legend>{words.closing.until}</legend>
          <div class="chips">
            {[1, 2, 4].map((hours, i) => (
              <button key={hours} type="button" class="button" onClick={() => until(new Date(Date.now() + hours * 3_600_000))} {...(i === 0 && { "data-first": true })}>
                {words.closing.hours(hours)}
              </button>
            ))}
            <button type="button" class="button" onClick={() => until(nextMorning())}>
              {words.closing.morning}
            </button>
          </div>
        </fieldset>
        <label class="field">
          <span>{words.closing.own}</span>
          <input type="datetime-local" value={own} onInput={(event) => setOwn(event.currentTarget.value)} />
        </label>
        <div class="buttons">
          <button type="button" class="button quiet" onClick={close}>
            {words.cancel}
          </button>
          <button type="submit" class="button quiet" disabled={own === "" || !(new Date(own).getTime() > Date.now())}>
            {words.closing.closeUntil}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

/** After hard chats: no new one for a while, and a word with somebody first. */
export function Care({ desk }: { readonly desk: Desk }) {
  const words = useWords()
  const station = useStation()
  const now = useNow()
  const { coolUntil, debrief } = desk.me
  const cooling = isCooling(desk, now)
  if (!cooling && !debrief) return null
  return (
    <div class="care" role="status">
      {cooling && coolUntil !== null && (
        <div>
          <strong>{words.care.cool(clock(coolUntil))}</strong>
          <p>{words.care.coolHint}</p>
        </div>
      )}
      {debrief && (
        <div>
          <strong>{words.care.debrief}</strong>
          <p>{words.care.debriefHint}</p>
          <button type="button" class="button small quiet" onClick={() => void station.act(api.debriefed())}>
            {words.care.debriefed}
          </button>
        </div>
      )}
    </div>
  )
}

function nextMorning(): Date {
  const at = new Date()
  if (at.getHours() >= 9) at.setDate(at.getDate() + 1)
  at.setHours(9, 0, 0, 0)
  return at
}
