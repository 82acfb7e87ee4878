import type { Place } from "./directory.ts"

/** Where something may be said to have happened: of each country its provinces, of each province its districts. */
export type Areas = readonly Country[]

type Country = { readonly code: string; readonly provinces: readonly Province[] }
export type Province = Place & { readonly districts: readonly Place[] }

/** The provinces of a country; none where they aren't known. */
export function provincesIn(areas: Areas, country: string): readonly Province[] {
  return areas.find(({ code }) => code === country)?.provinces ?? []
}

/** The districts of a province; none where they aren't known. */
export function districtsIn(areas: Areas, country: string, province: string): readonly Place[] {
  return provincesIn(areas, country).find(({ code }) => code === province)?.districts ?? []
}
