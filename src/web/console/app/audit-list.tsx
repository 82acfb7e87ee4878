import { useEffect, useState } from "preact/hooks"
import type { BlockReason, Closing } from "../../../helpline/desk-view.ts"
import type { EraseReason } from "../../../helpline/report-view.ts"
import { Columns } from "./columns.tsx"
import { useStation } from "./hooks.ts"
import { audit, type Deed, type Member } from "./staff-api.ts"
import { clock, useWords, type Words } from "./words.ts"

/** What was done, by whom and to whom, the newest first; older ones when asked for. `count` rises when something was done. */
export function AuditList({ members, count }: { readonly members: readonly Member[]; readonly count: number }) {
  const words = useWords()
  const station = useStation()
  const [deeds, setDeeds] = useState<readonly Deed[] | null>(null)
  const [whole, setWhole] = useState(false)
  const of = words.audit
  useEffect(() => {
    let open = true
    void station.look(audit(undefined)).then((answer) => {
      if (!open || !answer.ok) return
      setDeeds(answer.value)
      setWhole(answer.value.length === 0)
    })
    return () => {
      open = false
    }
  }, [count])
  const older = async () => {
    const answer = await station.look(audit(deeds?.at(-1)?.id))
    if (!answer.ok) return station.refuse(answer.why)
    setDeeds([...(deeds ?? []), ...answer.value])
    setWhole(answer.value.length === 0)
  }
  const named = (id: string | null) => members.find((one) => one.id === id)?.alias
  return (
    <section class="part" aria-labelledby="audit-title">
      <h3 id="audit-title">{of.title}</h3>
      <p class="hint">{of.hint}</p>
      {deeds?.length === 0 && <p class="none">{of.none}</p>}
      {deeds !== null && deeds.length > 0 && (
        <table class="cards audit">
          <Columns names={[of.when, of.what, of.who, of.whom, of.reason]} />
          <tbody>
            {deeds.map((deed) => (
              <tr key={deed.id}>
                <td data-label={of.when}>
                  <time dateTime={deed.at}>{clock(deed.at)}</time>
                </td>
                <th scope="row">{of.deeds[deed.what] ?? deed.what}</th>
                <td data-label={of.who}>
                  <bdi>{deed.staffId === null ? of.house : (named(deed.staffId) ?? of.gone)}</bdi>
                </td>
                <td data-label={of.whom}>
                  <bdi>{named(deed.subjectId) ?? "–"}</bdi>
                </td>
                <td data-label={of.reason}>
                  <bdi>{reasonOf(words, deed, named)}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {deeds !== null && !whole && (
        <button type="button" class="button small quiet" onClick={() => void older()}>
          {of.older}
        </button>
      )}
    </section>
  )
}

/** A reason as something to read: roles, a colleague, or what somebody typed. */
function reasonOf(words: Words, { reason, what }: Deed, named: (id: string | null) => string | undefined): string {
  if (reason === null) return "–"
  const colleague = named(reason)
  if (colleague !== undefined) return colleague
  if (what === "chat-ended") return words.numbers.why[reason] ?? reason
  if (what === "chat-blocked") return words.block.reasons[reason as BlockReason] ?? reason
  if (what === "report-extended" || what === "report-erased") return words.reports.keeping.reasons[reason as EraseReason] ?? reason
  if (what === "contribution-declined") return words.moderation.decline.reasons[reason] ?? reason
  if (what === "signed-in") {
    const [, way = "", failed] = /^(\w+)(?:, after (\d+) failed)?$/.exec(reason) ?? []
    const said = words.audit.ways[way] ?? reason
    return failed === undefined ? said : `${said}${words.comma}${words.audit.afterFailed(Number(failed))}`
  }
  if (what === "desk-closed") return words.closing.reasons[reason as Closing["reason"]] ?? reason
  const parts = reason.split(" ")
  return parts.every((part) => part in words.staff.role) ? parts.map((part) => words.staff.role[part]).join(words.comma) : reason
}
