import type { Server } from "node:http"
import type { AddressInfo } from "node:net"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { THRESHOLD } from "../../src/helpline/release-shapes.ts"
import { LANGUAGES, localeFiles, type Language } from "../../src/locales/texts.ts"
import { closeDoors, openDoors, RETENTION } from "../support/doors.ts"
import { saidElsewhere } from "../support/said.ts"

let server: Server
beforeAll(async () => {
  server = await openDoors(new Map())
})
afterAll(() => closeDoors(server))

const get = async (path: string, asked?: string) => {
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, asked === undefined ? {} : { headers: { "accept-language": asked } })
  const text = (await response.text()).replaceAll("&#39;", "'").replaceAll("&amp;", "&").replaceAll("&quot;", '"')
  return { status: response.status, headers: response.headers, text }
}
const textsOf = (language: Language) =>
  localeFiles(language)["pages"] as { readonly leave: string; readonly home: { readonly title: string }; readonly privacy: { readonly title: string } }

describe.each(LANGUAGES)("the doorway and what is kept, in %s", (language) => {
  test.each([
    ["", "home"],
    ["/privacy", "privacy"],
  ] as const)("%s says all of it in its language, with a way out and the other languages", async (path, part) => {
    const { status, headers, text } = await get(`/${language}${path}`)
    expect(status).toBe(200)
    expect(text).toContain(`<html lang="${language}" dir="${language === "ur" ? "rtl" : "ltr"}">`)
    expect(text).toContain(`<h1>${textsOf(language)[part].title}</h1>`)
    expect(/\{\{|\bpages\.[a-z-]+/.exec(text)?.[0]).toBeUndefined()
    expect(saidElsewhere("pages", language, text)).toEqual([])
    expect(text).toContain(textsOf(language).leave)
    expect(text).not.toContain("<script")
    for (const other of LANGUAGES) {
      expect(text).toContain(`<link rel="alternate" hreflang="${other}" href="/${other}${path}">`)
      expect(text).toContain(`<a href="/${other}${path}" lang="${other}" hreflang="${other}"`)
    }
    // Whoever reads on stays in the language, whatever the browser asks for.
    expect(new Set([...(/<main>.*<\/main>/s.exec(text)?.[0] ?? "").matchAll(/href="\/([^/"]+)/g)].map(([, first]) => first))).toEqual(new Set([language]))
    expect(headers.get("content-security-policy")).toContain("default-src 'none'")
    expect(headers.get("referrer-policy")).toBe("no-referrer")
    expect(headers.get("set-cookie")).toBeNull()
  })

  test("every age that the house keeps to is told, and the smallest number that is shown", async () => {
    const rows = [...(await get(`/${language}/privacy`)).text.matchAll(/<tr><td>(.*?)<\/td><td>(.*?)<\/td><\/tr>/g)].map(([row]) => row.match(/\d+/g)?.map(Number) ?? [])
    const { flowHours, deliveryDays, transcriptDays, caseMonths, reportMonths } = RETENTION
    expect(rows).toEqual([
      [flowHours],
      [flowHours],
      [deliveryDays],
      [deliveryDays],
      [transcriptDays],
      [caseMonths],
      [caseMonths],
      [60],
      [reportMonths],
      [THRESHOLD],
      [],
      [2, 30],
      [60, 60],
      [],
    ])
  })
})

test("without a language in the path, a page speaks the reader's, and says that it does", async () => {
  for (const path of ["/", "/privacy"]) {
    const lang = async (asked: string) => /<html lang="([^"]+)"/.exec((await get(path, asked)).text)?.[1]
    expect(await lang("ur-PK,en;q=0.8")).toBe("ur")
    expect(await lang("de;q=0.9, fr-CA;q=0.8")).toBe("fr")
    expect(await lang("de")).toBe("en")
    expect((await get(path, "ur")).headers.get("vary")).toBe("Accept-Language")
  }
  for (const path of ["/de", "/de/privacy", "/ur-x/privacy"]) expect((await get(path)).status).toBe(404)
})
