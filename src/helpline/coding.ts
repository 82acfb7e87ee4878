import { z } from "zod"
import { districtsIn, provincesIn, type Areas } from "../flows/areas.ts"
import { NOT_SAID } from "../flows/report-shapes.ts"
import type { Coding } from "./report-view.ts"
import type { TaxonomyFile } from "./taxonomy.ts"

/** What codings and stories may name: the taxonomy, each country's areas, and the country that stories name provinces of. */
export type CodingFrame = { readonly taxonomy: TaxonomyFile; readonly areas: Areas; readonly home: string }

const id = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(60)
const ids = z.array(id).max(60)

/** A coding by its look; whether there is what it names, `unknownIn` says. */
export const codingShape: z.ZodType<Coding> = z.strictObject({
  about: id,
  acts: ids,
  platforms: ids,
  relation: id,
  harms: ids,
  actions: z.array(z.strictObject({ action: id, outcome: id })).max(60),
  country: z.union([z.string().regex(/^[A-Z]{2}$/), z.literal(NOT_SAID)]),
  province: id,
  district: id,
  age: id,
  gender: id,
})

/**
 * The first field of a coding that names what neither the taxonomy nor the areas of its country have; none when all is known.
 * Any country may be named, as people write from everywhere; of one without a list no province is known.
 */
export function unknownIn({ taxonomy, areas }: CodingFrame, coding: Coding): keyof Coding | undefined {
  const { country, province, district, actions } = coding
  const areOptions = (group: string, ids: readonly string[]) => {
    const options = taxonomy.groups.find((one) => one.id === group)?.options
    return options === undefined || ids.every((one) => one === NOT_SAID || options.some((option) => option.id === one))
  }
  const isOneOf = (places: readonly { readonly code: string }[], id: string) => id === NOT_SAID || places.some(({ code }) => code === id)
  const known: Readonly<Record<Exclude<keyof Coding, "country">, boolean>> = {
    about: areOptions("about", [coding.about]),
    acts: areOptions("act", coding.acts),
    platforms: areOptions("platform", coding.platforms),
    relation: areOptions("relation", [coding.relation]),
    harms: areOptions("harm", coding.harms),
    actions:
      areOptions(
        "tried",
        actions.map(({ action }) => action),
      ) &&
      areOptions(
        "outcome",
        actions.map(({ outcome }) => outcome),
      ),
    province: isOneOf(provincesIn(areas, country), province),
    district: isOneOf(districtsIn(areas, country, province), district),
    age: areOptions("age", [coding.age]),
    gender: areOptions("gender", [coding.gender]),
  }
  return (Object.keys(known) as (keyof typeof known)[]).find((field) => !known[field])
}

/** Whether a story may name a province: one of the country that releases are about, or none. */
export function mayBeNamed({ areas, home }: CodingFrame, province: string): boolean {
  return province === NOT_SAID || provincesIn(areas, home).some(({ code }) => code === province)
}
