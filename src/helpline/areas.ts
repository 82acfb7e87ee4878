import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import type { Areas } from "../flows/areas.ts"
import type { Names } from "../locales/texts.ts"
import { ContentError, names, readContentFile } from "./content-file.ts"
import type { DirectoryFile } from "./content.ts"

/** `content/areas/<country>.yaml`, and the map beside it where there is one. */
export type AreaFile = z.infer<typeof areaFile> & { readonly map?: AreaMap | undefined }
/** `content/areas/<country>.json`: the districts as SVG path data. */
export type AreaMap = z.infer<typeof areaMap>

/** Reads every country's areas and maps. Throws one error that names every file and key that is wrong. */
export function readAreas(folder: string): readonly AreaFile[] {
  const problems: string[] = []
  const here = existsSync(join(folder, FOLDER)) ? readdirSync(join(folder, FOLDER)).sort() : []
  const files = here
    .filter((name) => name.endsWith(".yaml"))
    .flatMap((name) => {
      const path = `${FOLDER}/${name}`
      const file = readContentFile(folder, path, areaFile, problems)
      const drawn = `${name.slice(0, -".yaml".length)}.json`
      const map = here.includes(drawn) ? readContentFile(folder, `${FOLDER}/${drawn}`, areaMap, problems) : undefined
      if (file === undefined) return []
      problems.push(...wrongIn(path, file), ...(map === undefined ? [] : undrawn(`${FOLDER}/${drawn}`, file, map)))
      return [{ ...file, map }]
    })
  if (problems.length > 0) throw new ContentError(problems)
  return files
}

/** What the flows know of areas. */
export function areasOf(files: readonly AreaFile[], directory: readonly DirectoryFile[]): Areas {
  return everyArea(files, directory).map(({ country, provinces }) => ({
    code: country,
    provinces: provinces.map((province) => ({
      code: province.id,
      names: Object.values(province.names),
      districts: province.districts.map(({ id, en, ur, also }) => ({ code: id, names: [en, ur, ...also] })),
    })),
  }))
}

/** The areas of each country: by its own file, or where there is none, the provinces of its directory. */
export function everyArea(files: readonly AreaFile[], directory: readonly DirectoryFile[]): readonly AreaFile[] {
  const listed = directory.filter(({ country }) => country !== "international" && !files.some((file) => file.country === country))
  return [...files, ...listed.map(({ country, provinces }) => ({ country, provinces: provinces.map((province) => ({ ...province, districts: [] })) }))]
}

/** How provinces and districts are written, for the texts: `PK-punjab`, `PK-punjab-lahore`. */
export function areaNames(files: readonly AreaFile[]): Names {
  return Object.fromEntries(
    files.flatMap(({ country, provinces }) =>
      provinces.flatMap((province) => [
        [`${country}-${province.id}`, province.names] as const,
        ...province.districts.map(({ id, en, ur }) => [`${country}-${province.id}-${id}`, { en, ur }] as const),
      ]),
    ),
  )
}

const FOLDER = "areas"
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)

const areaFile = z.strictObject({
  country: z.string().regex(/^[A-Z]{2}$/),
  provinces: z
    .array(
      z.strictObject({
        id,
        names,
        districts: z.array(z.strictObject({ id, en: z.string().min(1), ur: z.string().min(1), also: z.array(z.string().min(1)).default([]) })),
      }),
    )
    .min(1),
})

const areaMap = z.strictObject({
  viewBox: z.string().regex(/^-?[\d.]+( -?[\d.]+){3}$/),
  source: z.string().min(1),
  licence: z.string().min(1),
  districts: z.array(z.strictObject({ id, province: id, path: z.string().regex(/^M[-\d.,\sa-zA-Z]+$/) })).min(1),
})

function wrongIn(path: string, { provinces }: z.infer<typeof areaFile>): readonly string[] {
  return [
    ...twice(provinces.map((province) => province.id)).map((one) => `content/${path}: the province ${one} stands twice`),
    ...provinces.flatMap((province) => twice(province.districts.map((district) => district.id)).map((one) => `content/${path}: ${province.id}: the district ${one} stands twice`)),
  ]
}

/** Districts that can't be told on the map, and drawn ones that nobody can name. */
function undrawn(path: string, { provinces }: z.infer<typeof areaFile>, map: AreaMap): readonly string[] {
  const listed = new Set(provinces.flatMap((province) => province.districts.map((district) => `${province.id}/${district.id}`)))
  const drawn = new Set(map.districts.map((district) => `${district.province}/${district.id}`))
  return [
    ...[...listed].filter((one) => !drawn.has(one)).map((one) => `content/${path}: ${one} isn't drawn`),
    ...[...drawn].filter((one) => !listed.has(one)).map((one) => `content/${path}: ${one} has no name`),
  ]
}

function twice(ids: readonly string[]): readonly string[] {
  return [...new Set(ids.filter((one, place) => ids.indexOf(one) !== place))]
}
