import type { ReportFrame } from "../../report-frame.ts"
import type { Language, Words } from "../words.ts"
import { answersOf } from "./labels.ts"
import { monthName } from "./months.ts"
import type { Opened } from "./opened.ts"

/** Reports to be read, as any editor shows them: what was told, question by question, and what was said in their own words. */
export function readable(reports: readonly Opened[], frame: ReportFrame, words: Words, language: Language): string {
  const { report: of, export: ofExport } = words.reports
  const told = reports.map(({ report, additions }, n) => {
    const said = (title: string, texts: readonly string[]) => (texts.length === 0 ? [] : ["", title, ...texts.flatMap((text) => ["", text])])
    return [
      ofExport.head(n + 1, reports.length, monthName(report.month, language)),
      "",
      ...answersOf(report, frame, words, language).map(([question, answer]) => `${question}: ${answer}`),
      ...said(of.own, report.words),
      ...additions.flatMap(({ month, words: added }) => said(of.addition(monthName(month, language)), added)),
    ].join("\n")
  })
  return `${told.join(`\n\n${"-".repeat(40)}\n\n`)}\n`
}

/** Reports for a program: JSON with the ids of the taxonomy and of the areas. Neither our ids nor the givers' codes are in it. */
export function asData(reports: readonly Opened[]): string {
  return `${JSON.stringify({ reports: reports.map(({ report, additions }) => ({ ...report, additions: additions.map(({ month, words }) => ({ month, words })) })) }, null, 2)}\n`
}
