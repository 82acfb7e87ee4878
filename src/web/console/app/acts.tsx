import { useState } from "preact/hooks"
import type { BlockReason, ChatHead, Colleague, Desk, EndReason } from "../../../helpline/desk-view.ts"
import * as api from "./api.ts"
import { Dialog } from "./dialog.tsx"
import { useStation } from "./hooks.ts"
import { useWords } from "./words.ts"

/** What can be done with a chat behind a sheet. */
export type ActName = "transfer" | "supervisor" | "end" | "block" | "unmask"
type Props = { readonly head: ChatHead; readonly desk: Desk; readonly close: () => void }

export function Act({ name, ...props }: Props & { readonly name: ActName }) {
  if (name === "transfer") return <Transfer {...props} />
  if (name === "supervisor") return <Transfer {...props} supervisors />
  if (name === "end") return <End {...props} />
  if (name === "block") return <Block {...props} />
  return <Unmask {...props} />
}

function Transfer({ head, desk, close, supervisors = false }: Props & { readonly supervisors?: boolean }) {
  const words = useWords()
  const station = useStation()
  const there = desk.colleagues.filter((one) => one.id !== desk.me.id && one.canTake)
  const others = there.filter((one) => !supervisors || one.supervisor)
  const sorted = [...others].sort((a, b) => Number(b.presence === "available") - Number(a.presence === "available") || a.load - b.load)
  const done = (doing: ReturnType<typeof api.release>) => void station.act(doing, head.id).then(({ ok }) => ok && close())
  const to = (id: string) => done(api.transfer(head.id, id))
  const anySupervisor = there.some((one) => one.supervisor) && (
    <li>
      <button type="button" class="choice" {...(supervisors && { "data-first": true })} onClick={() => to("supervisor")}>
        <strong>{words.transfer.anySupervisor}</strong>
        <span class="aside">{words.transfer.anySupervisorHint}</span>
      </button>
    </li>
  )
  return (
    <Dialog title={supervisors ? words.transfer.supervisorTitle : words.transfer.title} hint={supervisors ? words.transfer.supervisorHint : words.transfer.hint} close={close}>
      <ul class="choices">
        {supervisors && anySupervisor}
        {sorted.map((one, i) => (
          <li key={one.id}>
            <button type="button" class="choice" {...(i === 0 && !supervisors && { "data-first": true })} onClick={() => to(one.id)}>
              <Who one={one} />
            </button>
          </li>
        ))}
        {sorted.length === 0 && <li class="none">{supervisors ? words.transfer.noSupervisor : words.transfer.nobody}</li>}
        {!supervisors && anySupervisor}
        {!supervisors && (
          <li>
            <button type="button" class="choice" onClick={() => done(api.release(head.id))}>
              <strong>{words.transfer.queue}</strong>
              <span class="aside">{words.transfer.queueHint}</span>
            </button>
          </li>
        )}
      </ul>
    </Dialog>
  )
}

function Who({ one }: { readonly one: Colleague }) {
  const words = useWords()
  return (
    <>
      <strong>
        <span class={`presence-dot ${one.presence}`} aria-hidden="true" /> <bdi>{one.alias}</bdi>
        {one.supervisor && <span class="tag">{words.colleagues.supervisor}</span>}
      </strong>
      <span class="aside">
        {words.presence[one.presence]} · {words.lists.load(one.load, one.cap)}
      </span>
    </>
  )
}

const END_REASONS: readonly EndReason[] = ["helped", "referred", "silent", "wrong", "other"]

function End({ head, close }: Props) {
  const words = useWords()
  const station = useStation()
  const [why, setWhy] = useState<EndReason | null>(null)
  return (
    <Dialog title={words.end.title} hint={head.left ? undefined : words.end.hint} close={close}>
      <form
        class="act-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (why !== null) void station.act(api.end(head.id, why), head.id).then(({ ok }) => ok && close())
        }}
      >
        <fieldset>
          <legend>{words.end.reason}</legend>
          {END_REASONS.map((id, i) => (
            <label key={id} class="tick">
              <input type="radio" name="why" checked={why === id} onChange={() => setWhy(id)} {...(i === 0 && { "data-first": true })} />
              <span>{words.end.reasons[id]}</span>
            </label>
          ))}
        </fieldset>
        <Buttons label={words.end.button} ready={why !== null} close={close} />
      </form>
    </Dialog>
  )
}

const BLOCK_REASONS: readonly BlockReason[] = ["abuse", "threats", "sexual", "spam", "other"]
const BLOCK_HOURS = [1, 24, 72, 168, 720]

function Block({ head, close }: Props) {
  const words = useWords()
  const station = useStation()
  const [reason, setReason] = useState<BlockReason | null>(null)
  const [hours, setHours] = useState(24)
  return (
    <Dialog title={words.block.title} hint={head.status === "ended" ? `${words.block.hint} ${words.block.silent}` : words.block.hint} close={close} tone="grave">
      <form
        class="act-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (reason !== null) void station.act(api.block(head.id, reason, hours), head.id).then(({ ok }) => ok && close())
        }}
      >
        <fieldset>
          <legend>{words.block.reason}</legend>
          {BLOCK_REASONS.map((id, i) => (
            <label key={id} class="tick">
              <input type="radio" name="reason" checked={reason === id} onChange={() => setReason(id)} {...(i === 0 && { "data-first": true })} />
              <span>{words.block.reasons[id]}</span>
            </label>
          ))}
        </fieldset>
        <fieldset>
          <legend>{words.block.hours}</legend>
          <div class="chips">
            {BLOCK_HOURS.map((one) => (
              <label key={one} class="chip">
                <input type="radio" name="hours" checked={hours === one} onChange={() => setHours(one)} />
                <span>{one < 48 ? words.time.hours(one, 0) : words.time.days(one / 24)}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <Buttons label={words.block.button} ready={reason !== null} close={close} grave />
      </form>
    </Dialog>
  )
}

function Unmask({ head, close }: Props) {
  const words = useWords()
  const station = useStation()
  const [reason, setReason] = useState("")
  const [address, setAddress] = useState<string | null>(null)
  if (address !== null)
    return (
      <Dialog title={words.unmask.title} hint={words.unmask.shown} close={close} tone="grave">
        <p class="unmasked" dir="ltr" data-first tabIndex={-1}>
          {address}
        </p>
        <button type="button" class="button" onClick={close}>
          {words.close}
        </button>
      </Dialog>
    )
  return (
    <Dialog title={words.unmask.title} hint={words.unmask.hint} close={close} tone="grave">
      <form
        class="act-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (reason.trim() !== "") void station.act(api.unmask(head.id, reason.trim()), head.id).then((outcome) => outcome.ok && setAddress(outcome.address))
        }}
      >
        <Reason label={words.unmask.reason} value={reason} change={setReason} />
        <Buttons label={words.unmask.button} ready={reason.trim() !== ""} close={close} grave />
      </form>
    </Dialog>
  )
}

function Reason({ label, value, change }: { readonly label: string; readonly value: string; readonly change: (value: string) => void }) {
  return (
    <label class="field">
      <span>{label}</span>
      <textarea data-first rows={2} dir="auto" maxLength={300} value={value} autocomplete="off" onInput={(event) => change(event.currentTarget.value)} />
    </label>
  )
}

function Buttons({ label, ready, close, grave = false }: { readonly label: string; readonly ready: boolean; readonly close: () => void; readonly grave?: boolean }) {
  const words = useWords()
  return (
    <div class="buttons">
      <button type="button" class="button quiet" onClick={close}>
        {words.cancel}
      </button>
      <button type="submit" class={grave ? "button grave" : "button"} disabled={!ready}>
        {label}
      </button>
    </div>
  )
}
