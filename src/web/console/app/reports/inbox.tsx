import { useEffect, useRef, useState } from "preact/hooks"
import type { Inbox as Page, InboxLine } from "../../../../helpline/report-view.ts"
import type { ReportFrame } from "../../report-frame.ts"
import { Columns } from "../columns.tsx"
import { useStation } from "../hooks.ts"
import { Sign } from "../icons.tsx"
import { stepInLists, useKeys } from "../keys.ts"
import { useLanguage, useWords } from "../words.ts"
import { ConsentMarks } from "./consents.tsx"
import { ExportSheet } from "./export-sheet.tsx"
import { isLast, monthName } from "./months.ts"
import * as api from "./reports-api.ts"

const FILTERS = ["all", "new", "coded", "withdrawn", "expired"] as const
type Filter = (typeof FILTERS)[number]

/** Which reports there are; nothing of what is in them. */
export function Inbox({ frame, hidden, open }: { readonly frame: ReportFrame | null; readonly hidden: boolean; readonly open: (id: string) => void }) {
  const words = useWords()
  const { inbox } = words.reports
  const station = useStation()
  const [filter, setFilter] = useState<Filter>("all")
  const [page, setPage] = useState<Page | null>(null)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [exporting, setExporting] = useState(false)
  const turn = useRef(0)

  const look = async (after?: string) => {
    const mine = ++turn.current
    const answer = await station.look(api.inbox({ after, status: filter === "all" ? undefined : filter }))
    if (mine !== turn.current) return
    if (!answer.ok) return station.refuse(answer.why)
    setPage((before) => (after === undefined || before === null ? answer.value : { ...answer.value, lines: [...before.lines, ...answer.value.lines] }))
  }
  // Whoever comes back from a report sees what became of it.
  useEffect(() => {
    if (!hidden) void look()
  }, [filter, hidden])
  useKeys(hidden ? {} : { j: () => stepInLists(1), k: () => stepInLists(-1) })
  if (hidden) return null
  return (
    <>
      <div class="inbox-head">
        <fieldset>
          <legend class="hidden">{inbox.show}</legend>
          <div class="chips">
            {FILTERS.map((one) => (
              <label key={one} class="chip">
                <input
                  type="radio"
                  name="status"
                  checked={filter === one}
                  onChange={() => {
                    setFilter(one)
                    setChosen([])
                  }}
                />
                <span>{one === "all" ? inbox.all : inbox.status[one]}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <p class="aside" role="status">
          {page === null ? words.loading : inbox.counts(page.total, page.waiting)}
        </p>
      </div>
      {page !== null && page.lines.length === 0 && (
        <div class="nothing">
          <p>{filter === "all" ? inbox.none : inbox.noneOf}</p>
          {filter === "all" && <p class="aside">{inbox.noneHint}</p>}
        </div>
      )}
      {page !== null && page.lines.length > 0 && (
        <Lines
          lines={page.lines}
          open={open}
          chosen={chosen}
          choose={(id) => setChosen((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id]))}
        />
      )}
      {page?.next !== undefined && (
        <button type="button" class="button small quiet more-lines" onClick={() => void look(page.next)}>
          {inbox.older}
        </button>
      )}
      {chosen.length > 0 && (
        <div class="chosen-bar">
          <span>{inbox.chosen(chosen.length)}</span>
          <button type="button" class="button small" onClick={() => setExporting(true)}>
            <Sign name="down" /> {inbox.export}
          </button>
        </div>
      )}
      {exporting && frame !== null && (
        <ExportSheet
          ids={chosen}
          frame={frame}
          close={() => {
            setExporting(false)
            setChosen([])
          }}
        />
      )}
    </>
  )
}

type LinesProps = { readonly lines: readonly InboxLine[]; readonly open: (id: string) => void; readonly chosen: readonly string[]; readonly choose: (id: string) => void }

function Lines({ lines, open, chosen, choose }: LinesProps) {
  const words = useWords()
  const { inbox } = words.reports
  const language = useLanguage()
  const now = new Date()
  return (
    <table class="cards inbox">
      <Columns names={[inbox.month, inbox.state, inbox.agreed, inbox.more, inbox.kept, inbox.choose]} />
      <tbody>
        {lines.map((line) => {
          const month = monthName(line.month, language)
          const there = line.status === "new" || line.status === "coded"
          return (
            <tr key={line.id} class={there ? `status-${line.status}` : "tombstone"}>
              <th scope="row">
                {there ? (
                  <button type="button" class="link" data-item="open" aria-label={inbox.open(month)} onClick={() => open(line.id)}>
                    {month}
                  </button>
                ) : (
                  month
                )}
              </th>
              <td data-label={inbox.state}>
                <span class={`status ${line.status}`}>{inbox.status[line.status]}</span>
              </td>
              <td data-label={inbox.agreed}>{there && <ConsentMarks consents={line.consents} />}</td>
              <td data-label={inbox.more}>
                <ul class="besides">
                  {there && !line.mine && (
                    <li class="mark shut">
                      <Sign name="lock" /> {inbox.closed}
                    </li>
                  )}
                  {line.additions > 0 && <li class="mark fresh">{inbox.added(line.additions)}</li>}
                  {line.story !== undefined && <li class="mark">{inbox.story[line.story]}</li>}
                  {line.counted !== undefined && <li class="mark">{inbox.counted(line.counted)}</li>}
                </ul>
              </td>
              <td data-label={inbox.kept}>
                {there && monthName(line.keptUntil, language)} {there && isLast(line.keptUntil, now) && <em>{inbox.lastMonth}</em>}
              </td>
              <td data-label={inbox.choose}>
                {there && line.mine && line.consents.share && (
                  <input type="checkbox" aria-label={`${inbox.choose}: ${month}`} checked={chosen.includes(line.id)} onChange={() => choose(line.id)} />
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
