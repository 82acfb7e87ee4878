import { readdirSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import type { Action, Campaign } from "../flows/campaign-shapes.ts"
import { plain } from "../flows/directory.ts"
import { LANGUAGES, localeFiles, type Language, type LocaleFiles } from "../locales/texts.ts"
import { wrongWords } from "./campaign-words.ts"
import { ContentError, readContentFile } from "./content-file.ts"

/** `content/campaigns/<name>.yaml`: a campaign, and what the helpline alone needs to know of it. */
export type CampaignFile = Omit<Campaign, "actions"> & {
  readonly actions: readonly (Action & { readonly template?: Templates | undefined })[]
  /** After so many hours an action that couldn't be sent isn't sent any more. */
  readonly validHours: number
  /** Those of one hour are spread over so many minutes. */
  readonly staggerMinutes: number
  /** What somebody writes to join. */
  readonly words: Readonly<Partial<Record<Language, readonly string[] | undefined>>>
  /** The plain note of the day. */
  readonly template?: Templates | undefined
}

/** WhatsApp templates by language: the ids under which the provider has them (`HX…`). */
export type Templates = Readonly<Partial<Record<Language, string | undefined>>>

/** The texts that every action has in each language of its campaign. */
export const ACTION_TEXTS = ["theme", "action", "offline", "safe"] as const

/**
 * Reads `content/campaigns/*.yaml`. A folder without campaigns has none: a helpline can do without. Throws one error that
 * names everything that is wrong, each with its file and field.
 */
export function readCampaigns(folder: string): readonly CampaignFile[] {
  const problems: string[] = []
  const texts = new Map<Language, LocaleFiles>()
  const textsIn = (language: Language) => texts.get(language) ?? texts.set(language, localeFiles(language)).get(language) ?? {}
  const campaigns = filesIn(folder).flatMap((name) => {
    const path = `campaigns/${name}`
    const file = readContentFile(folder, path, campaignFile, problems)
    if (file === undefined) return []
    const campaign: CampaignFile = { id: name.slice(0, -".yaml".length), ...file }
    problems.push(...[...wrongIn(campaign), ...missingTexts(campaign, textsIn)].map((problem) => `content/${path}: ${problem}`))
    return [campaign]
  })
  problems.push(...wrongWords(campaigns, textsIn).map(({ campaign, problem }) => `content/campaigns/${campaign}.yaml: ${problem}`))
  if (problems.length > 0) throw new ContentError(problems)
  return campaigns
}

/** The words by which campaigns are joined, as they are compared, and whose they are. */
export function joiningWords(campaigns: readonly CampaignFile[]): ReadonlyMap<string, string> {
  return new Map(campaigns.flatMap(({ id, words }) => LANGUAGES.flatMap((language) => (words[language] ?? []).map((word) => [plain(word), id] as const))))
}

/** The WhatsApp template for a day: the action's own, else the plain note, which is always the one where she wants it plain. None where the campaign has neither. */
export function templateFor(campaign: CampaignFile, day: number, language: Language, discreet: boolean): string | undefined {
  return (discreet ? undefined : campaign.actions[day - 1]?.template?.[language]) ?? campaign.template?.[language]
}

/** Nobody's phone lights up at night. */
const EARLIEST = 6
const LATEST = 22

const language = z.enum(LANGUAGES as [Language, ...Language[]], { error: "there are no texts in that language" })
const kind = z.enum(["square", "letter", "demand", "strategy", "tip", "story"])
const byLanguage = <T extends z.ZodType>(of: T) => {
  const one = of.optional()
  return z.strictObject({ en: one, ur: one, "ur-Latn": one, es: one, fr: one })
}
const templates = byLanguage(z.string().regex(/^HX[0-9a-f]{32}$/i, "is no template's id such as HX0123456789abcdef0123456789abcdef"))

const campaignFile = z.strictObject({
  begins: z.string().refine((date) => date === "joining" || z.iso.date().safeParse(date).success, "is no day of the calendar such as 2026-11-25, and not joining"),
  languages: z.array(language).min(1),
  words: byLanguage(z.array(z.coerce.string().trim().min(2).max(40)).min(1)),
  hours: z.strictObject({ from: z.number().int().min(EARLIEST), to: z.number().int().max(LATEST) }).refine(({ from, to }) => from < to, "from should be before to"),
  validHours: z.number().positive().max(12),
  staggerMinutes: z.number().nonnegative().max(120),
  kinds: z.array(kind),
  pictures: z.boolean().default(false),
  template: templates.optional(),
  actions: z
    .array(z.strictObject({ id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/), gives: kind.optional(), template: templates.optional() }))
    .min(1)
    .max(60),
})

/** What in a campaign doesn't go together. */
function wrongIn({ id, languages, words, actions, kinds, staggerMinutes, validHours, template, pictures }: CampaignFile): readonly string[] {
  const ids = actions.map((action) => action.id)
  const strange = (field: string, named: object) =>
    LANGUAGES.filter((one) => Object.hasOwn(named, one) && !languages.includes(one)).map((one) => `${field}.${one}: the campaign isn't in that language`)
  return [
    ...(/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id) ? [] : ["the name of the file should be of small letters, digits and hyphens"]),
    ...languages.filter((one, place) => languages.indexOf(one) < place).map((one) => `languages: ${one} stands twice`),
    ...languages.filter((one) => words[one] === undefined).map((one) => `words.${one}: is missing: nobody could join in that language`),
    ...(pictures === true && !kinds.includes("square") ? ["pictures: are squares of the quilt, and square isn't among the kinds"] : []),
    ...strange("words", words),
    ...strange("template", template ?? {}),
    ...(staggerMinutes < validHours * 60 ? [] : [`staggerMinutes: ${staggerMinutes} should be less than validHours, ${validHours * 60} minutes`]),
    ...[...new Set(ids.filter((one, place) => ids.indexOf(one) < place))].map((one) => `actions: the id ${one} stands twice`),
    ...actions.flatMap(({ id: action, gives, template: own }, place) => [
      ...(gives === undefined || kinds.includes(gives) ? [] : [`actions.${place}.gives: ${action} gives a ${gives}, which isn't among the kinds`]),
      ...strange(`actions.${place}.template`, own ?? {}),
    ]),
  ]
}

/** What an action or the campaign itself lacks in one of its languages: English would be sent instead, or nothing at all. */
function missingTexts({ id, languages, actions }: CampaignFile, textsIn: (language: Language) => LocaleFiles): readonly string[] {
  return [...new Set(languages)].flatMap((one) => {
    const file = textsIn(one)[id]
    const where = `src/locales/${one}/${id}.json`
    if (file === undefined) return [`languages: ${where} is missing`]
    const lacks = (inside: unknown, name: string) => {
      const text = (inside as Readonly<Record<string, unknown>> | undefined)?.[name]
      return typeof text !== "string" || text.trim() === ""
    }
    return [
      ...["name", "about"].filter((name) => lacks(file, name)).map((name) => `languages: ${where} has no ${name}`),
      ...actions.flatMap((action, place) => ACTION_TEXTS.filter((name) => lacks(file[action.id], name)).map((name) => `actions.${place}: ${where} has no ${action.id}.${name}`)),
    ]
  })
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(join(folder, "campaigns"))
      .filter((name) => name.endsWith(".yaml"))
      .sort()
  } catch (cause) {
    // An organisation's own content may be older than campaigns are.
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return []
    throw cause
  }
}
