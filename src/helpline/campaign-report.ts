import type { Language } from "../locales/texts.ts"
import { dateOf, segmentsOf, type Preview } from "./campaign-check.ts"
import type { CampaignFile } from "./campaign-file.ts"

/** What an SMS costs here, as `content/helpline.yaml` says. */
export type Price = { readonly perSegment: number; readonly currency: string }

/** Each day of a campaign as it would be read, channels on which it reads the same together. */
export function previewLines(campaign: CampaignFile, said: readonly Preview[]): readonly string[] {
  const { id, begins, languages, actions, hours } = campaign
  const head = `${id}: ${actions.length} days, ${begins === "joining" ? "each person's own" : `from ${begins}`}, between ${hours.from} and ${hours.to} o'clock, in ${languages.join(", ")}.`
  return [
    head,
    ...[...Map.groupBy(said, ({ day }) => day)].flatMap(([day, ofDay]) => [
      "",
      titleOf(campaign, day),
      ...[...Map.groupBy(ofDay, ({ language }) => language)].flatMap(([language, own]) => blocks(language, own)),
    ]),
  ]
}

function titleOf(campaign: CampaignFile, day: number | undefined): string {
  if (day === undefined) return "The plain note, for whoever wants one, and for WhatsApp where 24 hours have passed"
  const { id = "", gives } = campaign.actions[day - 1] ?? {}
  return [`Day ${day}`, dateOf(campaign, day), id, gives && `gives a ${gives}`].filter((part) => part !== undefined).join(", ")
}

function blocks(language: Language, said: readonly Preview[]): readonly string[] {
  return [...Map.groupBy(said, ({ text }) => text)].flatMap(([text, alike]) => {
    const [first] = alike
    const drawn = first === undefined || first.shape === "sms" ? [] : [first.choices.map(({ label }) => `[${label}]`).join(" ")]
    const cost = first?.shape === "sms" ? `, ${first.segments} ${first.segments === 1 ? "segment" : "segments"}` : ""
    return [`  ${language}, ${alike.map(({ shape }) => shape).join(" and ")}${cost}`, ...[...text.split("\n"), ...drawn].map((line) => `    ${line}`)]
  })
}

/** How many segments each day takes by SMS, and what the days cost for so many people. */
export function costLines(campaign: CampaignFile, said: readonly Preview[], participants: number, { perSegment, currency }: Price): readonly string[] {
  const rows = segmentsOf(campaign, said)
  const days = rows.filter(({ day }) => day !== undefined)
  const sums = campaign.languages.map((_, place) => days.reduce((sum, { segments }) => sum + (segments[place] ?? 0), 0))
  const row = (name: string, cells: readonly (string | number)[]) => `${name.padEnd(12)}${cells.map((cell) => String(cell).padStart(11)).join("")}`
  return [
    "SMS segments of the day's message; answers and what they lead to come on top:",
    row("", campaign.languages),
    ...rows.map(({ day, segments }) => row(day === undefined ? "plain note" : `day ${day}`, segments)),
    row("all days", sums),
    row(
      currency,
      sums.map((sum) => (sum * participants * perSegment).toFixed(2)),
    ),
    `The last line is for ${participants === 1 ? "one participant" : `${participants} participants`} by SMS in that language, at ${perSegment} ${currency} a segment (smsPricePerSegment in helpline.yaml).`,
    "Telegram: nothing. WhatsApp: messages outside the 24 hours are templates, which the provider prices by country; they aren't counted here.",
  ]
}

/** Which WhatsApp templates there are, and what comes of those that are missing. */
export function templateLines({ languages, actions, template }: CampaignFile): readonly string[] {
  const notes = languages.filter((language) => template?.[language] === undefined)
  const own = languages.flatMap((language) => {
    const days = actions.flatMap((action, index) => (action.template?.[language] === undefined ? [index + 1] : []))
    return days.length === actions.length ? [`${language}: none`] : days.length === 0 ? [] : [`${language}: all but days ${days.join(", ")}`]
  })
  return [
    notes.length === 0
      ? "WhatsApp: the plain note has a template in each language."
      : `WhatsApp: no template for the plain note in ${notes.join(", ")}: whoever hasn't written for 24 hours gets nothing that day, unless the action has a template of its own.`,
    own.length === 0
      ? "WhatsApp: each action has a template in each language."
      : `WhatsApp: templates of the actions' own: ${own.join("; ")}. They can be done without where the plain note has one.`,
  ]
}
