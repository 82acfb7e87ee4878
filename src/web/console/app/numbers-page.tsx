import { useEffect, useState } from "preact/hooks"
import type { Numbers } from "../../../helpline/desk-view.ts"
import * as api from "./api.ts"
import type { Why } from "./api.ts"
import { ChartDays } from "./chart-days.tsx"
import { ChartHours } from "./chart-hours.tsx"
import { dayIn, dayName, lastDays, type Period } from "./days.ts"
import { Figure, Table } from "./figure.tsx"
import { drawnDays, fatesOf, shareText, waitText } from "./figures.ts"
import { useStation } from "./hooks.ts"
import { Sign } from "./icons.tsx"
import { PeriodChoice } from "./period.tsx"
import { languageName, useLanguage, useWords } from "./words.ts"

/** What can be told of the helpline without telling of anybody: counts and waits of some days, as days are at the desk. */
export function NumbersPage({ timeZone }: { readonly timeZone: string }) {
  const words = useWords()
  const station = useStation()
  const language = useLanguage()
  const [period, setPeriod] = useState<Period>(() => lastDays(7, dayIn(timeZone, new Date())))
  const [numbers, setNumbers] = useState<Numbers | null>(null)
  const [trouble, setTrouble] = useState<Why | null>(null)
  const [again, setAgain] = useState(0)
  useEffect(() => {
    let open = true
    setNumbers(null)
    setTrouble(null)
    void station.look(api.numbers(period.from, period.to)).then((answer) => {
      if (!open) return
      if (answer.ok) setNumbers(answer.value)
      else setTrouble(answer.why)
    })
    return () => {
      open = false
    }
  }, [period.from, period.to, again])
  return (
    <section class="sheet numbers-page" aria-labelledby="numbers-title">
      <header class="sheet-head">
        <h2 id="numbers-title">{words.numbers.title}</h2>
        <a class="button small quiet" href={api.numbersFile(period.from, period.to)} download={`numbers-${period.from}-${period.to}.csv`}>
          <Sign name="down" /> {words.numbers.csv}
        </a>
      </header>
      <PeriodChoice period={period} timeZone={timeZone} choose={setPeriod} />
      <p class="hint" role="status">
        {trouble === null && numbers === null && words.loading}
        {numbers !== null && words.numbers.between(dayName(numbers.from, language), dayName(numbers.to, language))}
        {numbers !== null && timeZone !== Intl.DateTimeFormat().resolvedOptions().timeZone && <> {words.numbers.daysOf(timeZone)}</>}
      </p>
      {trouble !== null && (
        <p class="none" role="alert">
          {words.why[trouble] ?? words.why["refused"]}{" "}
          <button type="button" class="link" onClick={() => setAgain(again + 1)}>
            {words.numbers.again}
          </button>
        </p>
      )}
      {numbers !== null && (numbers.asked === 0 ? <p class="nothing">{words.numbers.none}</p> : <Figures numbers={numbers} />)}
    </section>
  )
}

function Figures({ numbers }: { readonly numbers: Numbers }) {
  const words = useWords()
  const language = useLanguage()
  const { asked, queued, taken, wentSilent, wait, answers } = numbers
  const of = words.numbers
  const { weeks } = drawnDays(numbers.byDay)
  const rest = numbers.byDay.length % 7
  const said = answers.yes + answers.little + answers.no
  const mostQueued = (rows: readonly { readonly queued: number }[]) => Math.max(1, ...rows.map((row) => row.queued))
  const mostMinutes = Math.max(1, ...numbers.byCounsellor.map(({ minutes }) => minutes))
  const ended = numbers.endings.reduce((sum, { count }) => sum + count, 0)
  return (
    <>
      <dl class="tiles">
        {(
          [
            [of.asked, asked],
            [of.queued, queued],
            [of.parts.taken, taken],
            [of.median, waitText(words, wait.median)],
            [of.p90, waitText(words, wait.p90)],
          ] as const
        ).map(([name, value]) => (
          <div key={name} class={value === of.tooFew ? "tile few" : "tile"}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div class="figures">
        <Figure title={weeks ? of.byWeek : of.byDay} {...(weeks && rest > 0 && { hint: of.lastWeek(rest) })}>
          <ChartDays numbers={numbers} />
        </Figure>
        <Figure title={of.byHour} hint={of.byHourHint}>
          <ChartHours numbers={numbers} />
        </Figure>
        <Figure title={of.fates} hint={of.fatesHint}>
          <Table
            label={of.fates}
            columns={[of.what, of.people, of.share]}
            rows={[
              ...fatesOf(numbers).map(({ what, count }) => ({ name: of.parts[what], cells: [count, shareText(count, asked)], bar: { part: count, of: asked } })),
              { name: of.wentSilent, cells: [wentSilent, shareText(wentSilent, asked)], bar: { part: wentSilent, of: asked } },
            ]}
          />
        </Figure>
        <Figure title={of.byLanguage}>
          <Table
            label={of.byLanguage}
            columns={[of.language, of.queued, of.parts.taken, of.median, of.p90]}
            rows={numbers.byLanguage.map((row) => ({
              name: languageName(row.language, language),
              cells: [row.queued, row.taken, waitText(words, row.median), waitText(words, row.p90)],
              bar: { part: row.queued, of: mostQueued(numbers.byLanguage) },
            }))}
          />
        </Figure>
        <Figure title={of.byChannel}>
          <Table
            label={of.byChannel}
            columns={[of.channel, of.queued, of.parts.taken]}
            rows={numbers.byChannel.map((row) => ({
              name: words.channels[row.channel] ?? row.channel,
              cells: [row.queued, row.taken],
              bar: { part: row.queued, of: mostQueued(numbers.byChannel) },
            }))}
          />
        </Figure>
        <Figure title={of.byCounsellor} hint={of.byCounsellorHint}>
          <Table
            label={of.byCounsellor}
            columns={[of.counsellor, of.chats, of.hard, of.hours]}
            rows={numbers.byCounsellor.map((row) => ({
              name: row.alias,
              cells: [row.taken, row.hard, waitText(words, row.minutes * 60)],
              bar: { part: row.minutes, of: mostMinutes },
            }))}
          />
        </Figure>
        <Figure title={of.endings}>
          <Table
            label={of.endings}
            columns={[of.ending, of.chats, of.share]}
            rows={numbers.endings.map(({ why, count }) => ({ name: of.why[why] ?? why, cells: [count, shareText(count, ended)], bar: { part: count, of: ended } }))}
          />
        </Figure>
        <Figure title={of.answers} hint={of.answered(said, taken)}>
          {said > 0 && (
            <Table
              label={of.answers}
              columns={[of.answer, of.people, of.share]}
              rows={(["yes", "little", "no"] as const).map((one) => ({
                name: of.said[one],
                cells: [answers[one], shareText(answers[one], said)],
                bar: { part: answers[one], of: said },
              }))}
            />
          )}
        </Figure>
      </div>
    </>
  )
}
