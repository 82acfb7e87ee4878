import { useState } from "preact/hooks"
import { Confirm } from "../confirm.tsx"
import { useStation } from "../hooks.ts"
import { useWords } from "../words.ts"
import * as api from "./campaigns-api.ts"
import { ChangeSheet } from "./change-sheet.tsx"
import { DeclineSheet } from "./decline-sheet.tsx"
import { DescribeSheet } from "./describe-sheet.tsx"
import { GivenCard } from "./given-card.tsx"

/** What was done, so that it can be told; what was shown can be taken back at once. */
export type Done = { readonly what: "shown" | "seconded" | "changed" | "declined" | "muted" | "taken-down"; readonly id: string }
type Props = { readonly waiting: readonly api.Waiting[]; readonly frame: api.Frame; readonly done: (done: Done) => void; readonly again: () => void }

/** Whether a yes to it is the first of two. */
const isFirst = ({ takesTwo, status }: api.Waiting) => takesTwo && status === "waiting"

/** What waits for a moderator, one card each. */
export function WaitingList({ waiting, frame, done, again }: Props) {
  const words = useWords()
  const of = words.moderation
  const station = useStation()
  const [sheet, setSheet] = useState<{ readonly act: "change" | "decline" | "describe"; readonly one: api.Waiting } | null>(null)
  const did = async (doing: ReturnType<typeof api.publish>, what: Done) => {
    const { ok } = await station.act(doing)
    if (ok) done(what)
    else again()
  }
  const finish = (what: Done["what"]) => {
    if (sheet !== null) done({ what, id: sheet.one.id })
    setSheet(null)
  }
  return (
    <>
      <ul class="givens">
        {waiting.map((one) => {
          const first = isFirst(one)
          const isOpen = one.status !== "changed" && !(one.status === "seconded" && one.yours)
          return (
            <GivenCard key={one.id} one={one} frame={frame} date={[of.given, one.given]} veiled>
              {standing(one) !== undefined && <p class="standing">{standing(one)}</p>}
              <div class="given-acts">
                {one.picture && isOpen && (
                  <button type="button" class="button small" onClick={() => setSheet({ act: "describe", one })}>
                    {first ? of.picture.describe : of.picture.check}
                  </button>
                )}
                {!one.picture && isOpen && (
                  <button type="button" class="button small" onClick={() => void did(api.publish(one.id), { what: first ? "seconded" : "shown", id: one.id })}>
                    {first ? of.firstYes : one.status === "seconded" ? of.secondYes : of.show}
                  </button>
                )}
                {!one.picture && one.status !== "changed" && one.giver !== undefined && (
                  <button type="button" class="button small quiet" onClick={() => setSheet({ act: "change", one })}>
                    {of.change.button}
                  </button>
                )}
                <button type="button" class="button small quiet" onClick={() => setSheet({ act: "decline", one })}>
                  {of.decline.button}
                </button>
                {one.giver !== undefined && (
                  <Confirm
                    label={of.mute.button}
                    names={of.mute.of(one.giver)}
                    asks={of.mute.asks(one.giver)}
                    sure={of.mute.sure}
                    act={() => did(api.mute(one.id), { what: "muted", id: one.id })}
                  />
                )}
              </div>
            </GivenCard>
          )
        })}
      </ul>
      {sheet?.act === "change" && <ChangeSheet one={sheet.one} most={frame.most[sheet.one.kind]} done={() => finish("changed")} close={() => setSheet(null)} />}
      {sheet?.act === "describe" && (
        <DescribeSheet
          one={sheet.one}
          first={isFirst(sheet.one)}
          most={frame.most[sheet.one.kind]}
          done={() => finish(isFirst(sheet.one) ? "seconded" : "shown")}
          close={() => setSheet(null)}
        />
      )}
      {sheet?.act === "decline" && <DeclineSheet one={sheet.one} reasons={frame.reasons} done={() => finish("declined")} close={() => setSheet(null)} />}
    </>
  )

  /** Whose yes it waits for, where that isn't yours alone. */
  function standing({ status, yours, by }: api.Waiting): string | undefined {
    if (status === "changed") return of.waitsForGiver
    if (status === "seconded") return yours ? of.yoursAlready : of.saidYes(by ?? of.somebody)
    return undefined
  }
}
