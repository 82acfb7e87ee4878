import { z } from "zod"
import type { Language } from "../locales/texts.ts"
import { ContentError, names, readContentFile } from "./content-file.ts"
import type { CaseRecord, Taxonomy } from "./desk-view.ts"

/** `content/taxonomy.yaml`: what a case or a report may be coded to, and what other collections call the same. */
export type TaxonomyFile = z.infer<typeof taxonomyFile>

/** In every group: nothing was said about it. Never ticked beforehand, and never beside another answer. */
export const NOT_SAID = "not-said"

/** Reads the taxonomy. Throws one error that names everything that is wrong with it. */
export function readTaxonomy(folder: string): TaxonomyFile {
  const problems: string[] = []
  const taxonomy = readContentFile(folder, PATH, taxonomyFile, problems)
  if (taxonomy !== undefined) problems.push(...wrongIn(taxonomy))
  if (problems.length > 0 || taxonomy === undefined) throw new ContentError(problems)
  return taxonomy
}

/** The groups and options as a console shows them, in a language. */
export function taxonomyIn(taxonomy: TaxonomyFile, language: Language): Taxonomy {
  return {
    groups: taxonomy.groups.map((group) => ({
      id: group.id,
      label: group.names[language],
      options: group.options.map((option) => ({ id: option.id, label: option.names[language] })),
    })),
  }
}

/** Whether a value is a record that this taxonomy knows every group and option of. Says nothing of what stands in the summary. */
export function isRecord(taxonomy: TaxonomyFile, value: unknown): value is CaseRecord {
  const record = caseRecord.safeParse(value)
  if (!record.success) return false
  return Object.entries(record.data.categories).every(([id, chosen]) => {
    const group = taxonomy.groups.find((one) => one.id === id)
    return group !== undefined && chosen.every((option) => group.options.some((one) => one.id === option))
  })
}

/** The record as it is kept: groups and options in the taxonomy's order, each once, without empty groups, and without "not said" beside an answer. */
export function cleanRecord(taxonomy: TaxonomyFile, record: CaseRecord): CaseRecord {
  const categories = taxonomy.groups.flatMap(({ id, options }) => {
    const chosen = options.map((option) => option.id).filter((option) => record.categories[id]?.includes(option))
    const said = chosen.filter((option) => option !== NOT_SAID)
    return chosen.length === 0 ? [] : [[id, said.length === 0 ? chosen : said] as const]
  })
  return { categories: Object.fromEntries(categories), summary: record.summary.trim() }
}

const PATH = "taxonomy.yaml"
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)

const taxonomyFile = z.strictObject({
  version: z.number().int().positive(),
  crosswalks: z.record(id, z.strictObject({ name: z.string().min(1), codes: z.record(id, z.string().min(1)) })),
  groups: z
    .array(
      z.strictObject({
        id,
        names,
        options: z.array(z.strictObject({ id, names, as: z.record(id, z.array(id).min(1)).default({}) })).min(2),
      }),
    )
    .min(1),
})

const caseRecord = z.strictObject({ categories: z.record(z.string(), z.array(z.string())), summary: z.string().max(2000) })

function wrongIn({ crosswalks, groups }: TaxonomyFile): readonly string[] {
  const wrong = [
    ...twice(groups.map((group) => group.id)).map((group) => `groups: the id ${group} stands twice`),
    ...groups.flatMap((group) => [
      ...twice(group.options.map((option) => option.id)).map((option) => `groups.${group.id}: the id ${option} stands twice`),
      ...(group.options.some((option) => option.id === NOT_SAID) ? [] : [`groups.${group.id}: has no ${NOT_SAID}`]),
      ...group.options.flatMap((option) =>
        Object.entries(option.as).flatMap(([walk, codes]) =>
          codes.filter((code) => !own(crosswalks[walk]?.codes, code)).map((code) => `groups.${group.id}.${option.id}: ${walk} has no ${code}`),
        ),
      ),
    ]),
  ]
  return wrong.map((problem) => `content/${PATH}: ${problem}`)
}

function own(codes: Readonly<Record<string, string>> | undefined, code: string): boolean {
  return codes !== undefined && Object.hasOwn(codes, code)
}

function twice(ids: readonly string[]): readonly string[] {
  return [...new Set(ids.filter((one, place) => ids.indexOf(one) !== place))]
}
