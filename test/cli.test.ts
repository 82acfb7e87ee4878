import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { BUILT } from "../src/folders.ts"
import { keyringAt } from "../src/vault/cover.ts"
import { contentFolder } from "./support/content-folder.ts"
import { freshStore } from "./support/database.ts"
import { folder, helpline, HOUSE } from "./support/helpline.ts"
import { PROOF } from "./support/proof.ts"

/** A copy of the house in which some files read differently; its directory has two countries, for more are long to check. */
function houseWith(changes: Readonly<Record<string, (text: string) => string>>): string {
  const house = folder()
  const without = /\/web\/(console\/app|simulator|shared)\/|\/directory\/(?!pk\.|gb\.|international\.)/
  for (const part of ["src", "content"]) cpSync(join(HOUSE, part), join(house, part), { recursive: true, filter: (path) => !without.test(path) })
  cpSync(join(HOUSE, "package.json"), join(house, "package.json"))
  symlinkSync(join(HOUSE, "node_modules"), join(house, "node_modules"))
  // What was learned from the examples is learned: a house that reads others learns anew.
  for (const name of readdirSync(BUILT).filter((one) => one.startsWith("understanding-"))) cpSync(join(BUILT, name), join(house, "dist", name))
  for (const [file, change] of Object.entries(changes)) {
    const before = readFileSync(join(house, file), "utf8")
    const after = change(before)
    if (after === before) throw new Error(`nothing was planted in ${file}`)
    writeFileSync(join(house, file), after)
  }
  return house
}

describe("the side door", () => {
  test("help lists every command", async () => {
    for (const asked of ["help", "--help", "-h"]) {
      const { code, out } = await helpline(asked)
      expect(code).toBe(0)
      for (const command of ["locales status", "locales check", "directory check", "parked", "sweep", "help"]) expect(out).toMatch(new RegExp(`^ {2}${command} `, "m"))
    }
  })

  test.each(["locals check", "locales", "parked now", "constructor", ""])("the unknown command “%s” gets one clear line and exit code 2", async (command) => {
    const { code, out, complaints } = await helpline(command)
    expect(code).toBe(2)
    expect(out).toBe("")
    expect(complaints).toMatch(/^(There is no command “.*”|No command given)\. Try: npm run helpline -- help\n$/)
  })

  test("an unknown option gets one clear line and exit code 2", async () => {
    const { code, complaints } = await helpline("locales check --force")
    expect(code).toBe(2)
    expect(complaints).toBe("Unknown option '--force'. Try: npm run helpline -- help\n")
  })
})

describe("locales", () => {
  test("status tells of each file in each language whether it is reviewed, and how many texts it has", async () => {
    const { code, out } = await helpline("locales status")
    expect(code).toBe(0)
    const [head, ...rows] = out.trimEnd().split("\n")
    expect(head?.trim().split(/\s+/)).toEqual(["en", "ur", "ur-Latn", "es", "fr"])
    const hello = rows.find((row) => row.startsWith("hello"))
    expect(hello).toMatch(/^hello(\s+(draft|reviewed) 9){5}$/)
    expect(rows.at(-1)?.trim()).toMatch(/^((draft|reviewed)\s*){5}$/)
  })

  // `npm test` looks at all of it without a process, in locales/lint.test.ts.
  test.runIf(PROOF)("check finds nothing wrong with what comes along", async () => {
    const { code, out } = await helpline("locales check")
    expect(out).toMatch(/^0 problems in \d+ messages and 5 languages\.\n$/)
    expect(code).toBe(0)
  })

  test("check names a text that is too long and one that is missing, each with its language, and exits with 1", async () => {
    const house = houseWith({
      "src/locales/es/left.json": (text) => text.replace(/"exit": "[^"]*"/, `"exit": "${"muy largo ".repeat(40)}"`),
      "src/locales/fr/left.json": (text) => text.replace(/"back": "[^"]*",\n/, ""),
    })
    const { code, out } = await helpline("locales check", {}, house)
    expect(code).toBe(1)
    expect(out.split("\n")).toEqual([
      "fr left.back: is missing: what en/left.json says is sent instead",
      expect.stringMatching(/^es left\.exit: takes 3 SMS segments, 2 at most: muy largo /),
      expect.stringMatching(/^2 problems in \d+ messages and 5 languages\.$/),
      "",
    ])
  })
})

describe("campaign check", () => {
  test("takes the name of a campaign and a number of participants", async () => {
    const { code, out } = await helpline("campaign check be-safe --participants=1000")
    expect(out).toMatch(/^be-safe: 7 days[^]*1000 participants/)
    expect(code).toBe(0)
  })
})

describe("directory check", () => {
  test("lists what somebody should look at and exits with 0 when nothing is a mistake", async () => {
    const { code, out } = await helpline("directory check")
    expect(code).toBe(0)
    expect(out).toContain("To be looked at:")
    expect(out).toMatch(/^ {2}PK pk-umang: unverified; source unknown$/m)
    expect(out).toMatch(/^\d+ entries in \d+ files: 0 to be corrected, \d+ to be looked at\.$/m)
  })

  test("exits with 0 also when an entry is stale or hidden, and says which", async () => {
    const content = contentFolder({ "directory/pk.yaml": (text) => text.replace("verifiedOn: 2026-11-20", "verifiedOn: 2020-01-01") })
    const { code, out } = await helpline("directory check", { CONTENT_DIR: content })
    expect(code).toBe(0)
    expect(out).toMatch(/^ {2}PK pk-emergency: hidden: verified on 2020-01-01, over 24 months ago$/m)
  })

  test("exits with 1 and names a province, a caution or a file that is wrong", async () => {
    const content = contentFolder({
      "directory/pk.yaml": (text) => text.replace("provinces: [punjab]", "provinces: [pnjab]").replace("cautions: [hard-to-reach]", "cautions: [hard-to-find]"),
    })
    const wrong = await helpline("directory check", { CONTENT_DIR: content })
    expect(wrong.code).toBe(1)
    expect(wrong.out).toMatch(/^To be corrected:\n {2}PK pk-punjab-pcsw-1043: unknown province pnjab\n {2}PK pk-mohr-1099: the caution hard-to-find has no text$/m)
    expect(wrong.out).toContain(": 2 to be corrected,")
  })

  test("looks at the international entries like at any other", async () => {
    const content = contentFolder({ "directory/international.yaml": (text) => text.replace("cautions: [adults-only]", "cautions: [adults]") })
    const { code, out } = await helpline("directory check", { CONTENT_DIR: content })
    expect(code).toBe(1)
    expect(out).toMatch(/^ {2}international intl-stopncii: the caution adults has no text$/m)
  })

  test("says of content that can't be read which file and key it is", async () => {
    const content = contentFolder({ "directory/pk.yaml": (text) => text.replace("needs: [emergency]", "needs: [urgent]") })
    const { code, complaints } = await helpline("directory check", { CONTENT_DIR: content })
    expect(code).toBe(1)
    expect(complaints).toMatch(/^This can't be done: the content has mistakes\.\n {2}content\/directory\/pk\.yaml: entries\.0\.needs\.0: /)
  })
})

describe("staff invite", () => {
  test("prints a link that lets one person in with the roles that were named", async () => {
    const { url, store, close } = await freshStore()
    const dataDir = folder()
    keyringAt(join(dataDir, "keyring.json"), true)
    const settings = { DATABASE_URL: url, DATA_DIR: dataDir, PUBLIC_URL: "https://help.example/" }
    const { code, out } = await helpline("staff invite --role admin --role counsellor", settings)
    expect(code).toBe(0)
    expect(out).toMatch(/^https:\/\/help\.example\/console\/#\/link\/[\w-]{43}\nIt lets one person in, once, within 48 hours, as counsellor, admin\.\n$/)
    const links = await store.prisma.staffLink.findMany()
    expect(links).toMatchObject([{ kind: "invitation", roles: ["counsellor", "admin"], madeBy: null }])
    expect(links[0]?.hash).toMatch(/^[0-9a-f]{64}$/)
    await close()
  })

  test.each(["staff invite", "staff invite --role queen", "staff invite --role admin --role queen"])("“%s” names no role that there is, and is told how", async (command) => {
    const { code, complaints } = await helpline(command)
    expect(code).toBe(2)
    expect(complaints).toMatch(/^Name the roles: --role counsellor, .*\n$/)
  })
})

describe("reports and releases", () => {
  test("are what the house itself has: nobody's key, nothing to shelve, a quarter that isn't over, one that is cut", async () => {
    const { url, store, close } = await freshStore()
    const dataDir = folder()
    keyringAt(join(dataDir, "keyring.json"), true)
    const settings = { DATABASE_URL: url, DATA_DIR: dataDir }
    expect((await helpline("reports keys", settings)).out).toMatch(/^Nobody has a key/)
    expect((await helpline("reports shelve", settings)).out).toBe("0 things put on the shelf.\n")
    expect((await helpline("release list", settings)).out).toMatch(/^Next: \d{4}-Q\d, from \d{4}-\d\d-\d\d on\.\n$/)
    expect(await helpline("release make --quarter 2099-Q1", settings)).toMatchObject({
      code: 1,
      out: "",
      complaints: "2099-Q1 can be cut from 2099-05-01 on: thirty days after its end.\n",
    })
    expect((await helpline("release make --quarter 2026-Q2", settings)).out).toMatch(/^2026-Q2 is cut\. It had too few reports to publish/)
    // By the content's own country and taxonomy, and written down.
    expect(await store.prisma.release.findMany({ select: { tables: true } })).toMatchObject([{ tables: { country: "PK", taxonomy: 1, counted: 0 } }])
    expect(await store.prisma.audit.findMany()).toMatchObject([{ what: "release-cut", reason: "2026-Q2" }])
    await close()
  })
})

describe("the switches of a campaign", () => {
  test("it is paused, goes on, and is stopped for good; its status says so", async () => {
    const { url, close } = await freshStore()
    const settings = { DATABASE_URL: url, DATA_DIR: folder() }
    const campaign = async (command: string) => helpline(`campaign ${command} be-safe`, settings)
    expect((await campaign("pause")).out).toBe("be-safe is paused.\n")
    expect((await campaign("status")).out).toContain("be-safe is paused.\n0 people joined, 0 of them left")
    expect((await campaign("resume")).code).toBe(0)
    expect((await campaign("stop")).out).toBe("be-safe is stopped.\n")
    expect(await campaign("resume")).toMatchObject({ code: 1, complaints: "be-safe was stopped, and that is for good.\n" })
    expect(await helpline("campaign pause be-sure", settings)).toMatchObject({ code: 2, complaints: "There is no such campaign. There are: be-safe, sixteen-days.\n" })
    await close()
  })
})

describe("the letters of a campaign", () => {
  test("are written into one file, those that are shown in that language and no others; what is there is never written over", async () => {
    const { url, store, close } = await freshStore()
    const give = (kind: string, language: string, status: string, text: string, name: string | null) =>
      store.pool.query(
        "insert into contribution (id, campaign, kind, language, country, status, wording, given, text, name, published) values (gen_random_uuid(), 'sixteen-days', $1, $2, 'PK', $3, 1, '2026-12-03', $4, $5, '2026-12-04')",
        [kind, language, status, text, name],
      )
    await give("demand", "ur", "published", "جواب ایک دن میں آئے، ہر زبان میں۔", "Meena")
    await give("demand", "ur", "published", "Platforms کو Urdu میں جواب دینا چاہیے۔", null)
    await give("demand", "ur", "waiting", "نہیں", null)
    await give("letter", "ur", "published", "نہیں", null)
    await give("demand", "fr", "published", "Non", null)
    const to = folder()
    const settings = { DATABASE_URL: url, DATA_DIR: folder() }
    const letters = (rest: string) => helpline(`campaign letters ${rest} --to=${to}`, settings)
    const { code, out } = await letters("sixteen-days --language=ur")
    expect([code, out]).toEqual([0, expect.stringMatching(/^2 letters in .*letters-sixteen-days-ur-\d{4}-\d\d-\d\d\.pdf\.\n$/)])
    const text = readFileSync(/in (.*)\.\n$/.exec(out)?.[1] ?? "", "latin1")
    expect(text.startsWith("%PDF-")).toBe(true)
    expect(text.match(/\/S \/BlockQuote\b/g)).toHaveLength(2)
    expect((await letters("sixteen-days --language=ur")).complaints).toContain("is there already")
    expect(await letters("sixteen-days --language=es")).toMatchObject({ code: 1, complaints: "No letter to those who decide is shown in that language yet.\n" })
    expect(await letters("sixteen-days --language=xx")).toMatchObject({ code: 2, complaints: "The languages are en, ur, ur-Latn, es, fr.\n" })
    expect(await letters("")).toMatchObject({ code: 2, complaints: "Name a campaign: be-safe, sixteen-days.\n" })
    await close()
  })
})
