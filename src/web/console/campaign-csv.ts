import type { CampaignFigures } from "../../helpline/campaign-figures.ts"
import { csvTable } from "./numbers-csv.ts"

/** A campaign's figures as rows of a table: what, of which kind, and the figures. Made for a spreadsheet (RFC 4180). */
export function campaignCsv({ people, byDay, byChannel, byLanguage, skippedFor, given, events }: CampaignFigures): string {
  const figures = (table: string, rows: CampaignFigures["byDay"]) => rows.flatMap(({ name, ...row }) => Object.entries(row).map(([figure, value]) => [table, name, figure, value]))
  return csvTable([
    ["table", "row", "figure", "value"],
    ...Object.entries(people).map(([figure, value]) => ["people", "", figure, value]),
    ...figures("day", byDay),
    ...figures("channel", byChannel),
    ...figures("language", byLanguage),
    ...skippedFor.map(({ why, count }) => ["skipped", why, "count", count]),
    ...given.flatMap(({ kind, ...row }) => Object.entries(row).map(([figure, value]) => ["given", kind, figure, value])),
    ...events.map(({ id, count }) => ["event", id, "coming", count ?? ""]),
  ])
}
