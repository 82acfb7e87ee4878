import { AsTable, Figure, Table } from "../figure.tsx"
import { shareText } from "../figures.ts"
import { languageName, useLanguage, useWords } from "../words.ts"
import { ChartFates } from "./chart-fates.tsx"
import type { CampaignFigures, FigureRow } from "./campaigns-api.ts"

const COLUMNS = ["delivered", "sent", "due", "held", "refused", "skipped", "done", "left"] as const

/** A campaign in numbers: whom it reaches, what became of each day, what people did and gave, who left. */
export function FiguresOf({ figures }: { readonly figures: CampaignFigures }) {
  const words = useWords()
  const { campaigns: of, moderation } = words
  const language = useLanguage()
  const { people, byDay, byChannel, byLanguage, skippedFor, given, events } = figures
  const total = (what: keyof Omit<FigureRow, "name">) => byDay.reduce((sum, row) => sum + row[what], 0)
  const reached = total("delivered") + total("sent")
  const skipped = skippedFor.reduce((sum, { count }) => sum + count, 0)
  const tiles = [
    [of.people, people.now],
    [of.reached, reached],
    [of.columns.done, total("done")],
    [of.shown, given.reduce((sum, one) => sum + one.shown, 0)],
    [of.columns.left, people.left],
  ] as const
  const parts = (rows: readonly FigureRow[], nameOf: (name: string) => string) => (
    <Table
      label={of.by}
      columns={[of.what, of.reached, of.columns.done, of.columns.left]}
      rows={rows.map((row) => ({
        name: nameOf(row.name),
        cells: [row.delivered + row.sent, row.done, row.left],
        bar: { part: row.delivered + row.sent, of: Math.max(1, reached) },
      }))}
    />
  )
  return (
    <>
      <dl class="tiles">
        {tiles.map(([name, value]) => (
          <div key={name} class="tile">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div class="figures">
        <Figure title={of.byDay} hint={of.byDayHint}>
          <ChartFates rows={byDay} />
          <AsTable
            label={of.byDay}
            columns={[of.dayColumn, ...COLUMNS.map((column) => of.columns[column])]}
            rows={byDay.map((row) => ({ name: of.day(Number(row.name)), cells: COLUMNS.map((column) => row[column]) }))}
          />
        </Figure>
        <Figure title={of.given} hint={of.givenHint}>
          {given.length === 0 ? (
            <p class="none">{of.noneGiven}</p>
          ) : (
            <Table
              label={of.given}
              columns={[of.kind, of.shown, of.waiting, of.declined]}
              rows={given.map(({ kind, shown, waiting, declined }) => ({ name: moderation.kind[kind] ?? kind, cells: [shown, waiting, declined] }))}
            />
          )}
        </Figure>
        {events.length > 0 && (
          <Figure title={of.events} hint={of.eventsHint}>
            <Table
              label={of.events}
              columns={[of.event, of.coming]}
              rows={events.map(({ title, date, count }) => ({ name: `${title}, ${date}`, cells: [count === undefined ? "–" : `${count}+`] }))}
            />
          </Figure>
        )}
        <Figure title={of.byChannel}>{parts(byChannel, (name) => of.channels[name] ?? name)}</Figure>
        <Figure title={of.byLanguage}>{parts(byLanguage, (name) => languageName(name, language))}</Figure>
        <Figure title={of.notSent} hint={of.notSentHint}>
          {skipped === 0 ? (
            <p class="none">{of.noneSkipped}</p>
          ) : (
            <Table
              label={of.notSent}
              columns={[of.why, of.count, of.share]}
              rows={skippedFor.map(({ why, count }) => ({ name: of.whys[why] ?? why, cells: [count, shareText(count, skipped)], bar: { part: count, of: skipped } }))}
            />
          )}
        </Figure>
      </div>
    </>
  )
}
