import { describe, expect, test } from "vitest"
import { CONTENT } from "../../src/app.ts"
import { districtsIn, provincesIn } from "../../src/flows/areas.ts"
import { areaNames, areasOf, readAreas } from "../../src/helpline/areas.ts"
import { readContent } from "../../src/helpline/content.ts"
import { contentFolder, problemsIn } from "../support/content-folder.ts"

const files = readAreas(CONTENT)
const { directory } = readContent(CONTENT)
const areas = areasOf(files, directory)
const problemsOf = (path: string, change: (text: string) => string) => problemsIn(() => readAreas(contentFolder({ [path]: change })))

describe("the areas that come along", () => {
  test("have each province of the directory under the same id and name", () => {
    for (const { country, provinces } of directory) {
      const here = provincesIn(areas, country)
      for (const { id, names } of provinces) expect(here.find(({ code }) => code === id)?.names, `${country}-${id}`).toEqual(Object.values(names))
    }
  })

  test("draw each district once, as a shape that begins at a place of its own", () => {
    const [pakistan] = files
    const drawn = pakistan?.map?.districts ?? []
    expect(drawn).toHaveLength(provincesIn(areas, "PK").flatMap(({ districts }) => districts).length)
    expect(new Set(drawn.map(({ path }) => path)).size).toBe(drawn.length)
  })

  test("understand a newer district's name as the one it was carved from", () => {
    expect(districtsIn(areas, "PK", "punjab").find(({ names }) => names.includes("Murree"))?.code).toBe("rawalpindi")
  })

  test("name no two places of a province alike, in any language", () => {
    for (const { districts } of provincesIn(areas, "PK")) {
      const names = districts.flatMap((district) => district.names)
      expect(new Set(names).size).toBe(names.length)
    }
  })

  test("are written in Urdu letters for Urdu", () => {
    const names = areaNames(files)
    for (const [key, { ur }] of Object.entries(names)) expect(ur, key).toMatch(/^[\u0600-\u06ff\u200c ]+$/)
  })

  test("leave countries without a file their provinces, and no districts", () => {
    const [india] = provincesIn(areas, "IN")
    expect(provincesIn(areas, "IN").length).toBe(directory.find(({ country }) => country === "IN")?.provinces.length)
    expect(india?.districts ?? []).toEqual([])
  })
})

describe("areas with mistakes", () => {
  test("name a district that isn't drawn, and one that has no name", () => {
    expect(problemsOf("areas/pk.yaml", (text) => text.replace("id: lahore,", "id: lahor,"))).toEqual([
      "content/areas/pk.json: punjab/lahor isn't drawn",
      "content/areas/pk.json: punjab/lahore has no name",
    ])
  })

  test("name an id that stands twice", () => {
    expect(problemsOf("areas/pk.yaml", (text) => text.replace("id: kasur, en: Kasur", "id: lahore, en: Kasur"))).toContain(
      "content/areas/pk.yaml: punjab: the district lahore stands twice",
    )
  })

  test("let nothing into a page but a shape", () => {
    expect(problemsOf("areas/pk.json", (text) => text.replace(/"path": "M/, '"path": "<script>M'))).toHaveLength(1)
  })
})
