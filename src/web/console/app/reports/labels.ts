import type { Report } from "../../../../helpline/report-view.ts"
import type { ReportFrame } from "../../report-frame.ts"
import type { Words } from "../words.ts"
import { languageName, type Language } from "../words.ts"
import { monthName } from "./months.ts"

export const NOT_SAID = "not-said"

/** The groups of the taxonomy that a report's answers belong to. */
export const GROUPS = {
  about: "about",
  acts: "act",
  platforms: "platform",
  relation: "relation",
  harms: "harm",
  action: "tried",
  outcome: "outcome",
  age: "age",
  gender: "gender",
} as const
export type Axis = keyof typeof GROUPS

/** What can be chosen on an axis. */
export const optionsOf = (frame: ReportFrame, axis: Axis) => frame.groups.find(({ id }) => id === GROUPS[axis])?.options ?? []

/** The name of an axis. */
export const axisName = (frame: ReportFrame, axis: Axis): string => frame.groups.find(({ id }) => id === GROUPS[axis])?.label ?? axis

/** The label of an id; an id that the taxonomy doesn't know any more stands for itself. */
export function labelOf(frame: ReportFrame, words: Words, axis: Axis, id: string): string {
  return optionsOf(frame, axis).find((option) => option.id === id)?.label ?? (id === NOT_SAID ? words.reports.report.notSaid : id)
}

/** Several ids as one line. */
export function labelsOf(frame: ReportFrame, words: Words, axis: Axis, ids: readonly string[]): string {
  return ids.length === 0 ? words.reports.report.notSaid : ids.map((id) => labelOf(frame, words, axis, id)).join(words.comma)
}

/** A month, a season, a year, ongoing, or not said. */
export function whenLabel(when: string, words: Words, language: Language): string {
  const { report } = words.reports
  if (when === NOT_SAID) return report.notSaid
  if (when === "ongoing") return report.ongoing
  const [year = "", part = ""] = when.split("-")
  if (/^\d\d$/.test(part)) return monthName(when, language)
  return part === "" ? year : `${report.seasons[part] ?? part} ${year}`
}

type Place = Pick<Report, "country" | "province" | "district">

/** Country, province and district, as far as they were said. */
export function placeLabel(frame: ReportFrame, words: Words, language: Language, { country, province, district }: Place): string {
  const land = frame.areas.find(({ id }) => id === country)
  const part = land?.provinces.find(({ id }) => id === province)
  const said = [
    district === NOT_SAID ? undefined : (part?.districts.find(({ id }) => id === district)?.label ?? district),
    province === NOT_SAID ? undefined : (part?.label ?? province),
    country === NOT_SAID ? undefined : regionName(country, language),
  ].filter((one) => one !== undefined)
  return said.length === 0 ? words.reports.report.notSaid : said.join(words.comma)
}

/** A country's name in the language of the page. */
export function regionName(country: string, language: Language): string {
  try {
    return new Intl.DisplayNames([language], { type: "region" }).of(country) ?? country
  } catch {
    return country
  }
}

/** What they told as questions and answers. */
export function answersOf(report: Report, frame: ReportFrame, words: Words, language: Language): readonly (readonly [string, string])[] {
  const of = words.reports.report
  const actions = report.actions.map(({ action, outcome }) => {
    const label = labelOf(frame, words, "action", action)
    return outcome === NOT_SAID ? label : of.outcomeOf(label, labelOf(frame, words, "outcome", outcome))
  })
  return [
    [axisName(frame, "about"), labelOf(frame, words, "about", report.about)],
    [axisName(frame, "acts"), labelsOf(frame, words, "acts", report.acts)],
    [axisName(frame, "platforms"), labelsOf(frame, words, "platforms", report.platforms)],
    [axisName(frame, "relation"), labelOf(frame, words, "relation", report.relation)],
    [axisName(frame, "harms"), labelsOf(frame, words, "harms", report.harms)],
    [axisName(frame, "action"), actions.length === 0 ? of.notSaid : actions.join(words.comma)],
    [of.when, whenLabel(report.when, words, language)],
    [of.where, placeLabel(frame, words, language, report)],
    [axisName(frame, "age"), labelOf(frame, words, "age", report.age)],
    [axisName(frame, "gender"), labelOf(frame, words, "gender", report.gender)],
    [of.language, languageName(report.language, language)],
  ]
}
