import { execFile, spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Chat, Desk, Numbers } from "../../src/helpline/desk-view.ts"
import { freePort } from "../../src/store/own-server.ts"
import { until } from "../support/running.ts"
import { StaffBrowser } from "../support/staff.ts"

const SRC = join(import.meta.dirname, "../../src")
const base = mkdtempSync(join(tmpdir(), "hamraaz-demo-"))
const folder = join(base, "demo-data")
const said: string[] = []
let child: ChildProcess
let url: string
let port: string

const demo = (...words: string[]) => promisify(execFile)(process.execPath, [join(SRC, "demo/main.ts"), ...words], { env: { ...process.env, PORT: port } })

beforeAll(async () => {
  port = String(await freePort())
  url = `http://127.0.0.1:${port}`
  // What points at real things doesn't reach it.
  const env = { ...process.env, PORT: port, DATABASE_URL: "postgresql://nobody@127.0.0.1:1/real", DATA_DIR: join(base, "real"), PUBLIC_URL: "https://real.example" }
  child = spawn(process.execPath, [join(SRC, "demo/main.ts"), `--folder=${folder}`, "--seconds=0.3"], { env, stdio: ["ignore", "pipe", "inherit"] })
  child.stdout?.setEncoding("utf8").on("data", (text: string) => said.push(text))
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${said.join("")}`)
    return (await fetch(`${url}/readyz`).catch(() => undefined))?.status === 200
  })
}, 60_000)
afterAll(async () => {
  const gone = once(child, "exit")
  child.kill("SIGTERM")
  await gone
  rmSync(base, { recursive: true, force: true })
})

/** Signs in with what was printed, and with a code as it is told. */
async function signIn(userName: string): Promise<StaffBrowser> {
  const password = new RegExp(`^ +${userName} +(\\S+)`, "m").exec(said.join(""))?.[1]
  const browser = new StaffBrowser(url)
  expect(await browser.post("sign-in", { userName, password })).toMatchObject({ status: 200, json: { next: "code" } })
  const { stdout } = await demo("code", userName, `--folder=${folder}`)
  expect(await browser.post("sign-in/code", { code: stdout.slice(0, 6) })).toMatchObject({ status: 200 })
  return browser
}

describe("a demonstration in a fresh folder", () => {
  test("shows a queue, chats and numbers to whoever signs in, and goes on by itself", async () => {
    const supervisor = await signIn("demo-supervisor")
    const desk = (await supervisor.get("desk")).json as unknown as Desk
    expect(desk.open).toBe(true)
    expect(new Set(desk.queue.map(({ language }) => language))).toEqual(new Set(["en", "ur", "ur-Latn", "es", "fr"]))
    expect(desk.queue[0]?.risk).toBe(2)
    const live = desk.board?.filter(({ status }) => status === "live") ?? []
    expect(live).toHaveLength(3)
    const chats = await Promise.all(live.map(async ({ id }) => (await supervisor.get(`chats/${id}`)).json as unknown as Chat))
    for (const { lines, asked } of chats) {
      expect(new Set(lines.map(({ from }) => from))).toEqual(new Set(["contact", "counsellor"]))
      expect(asked.length).toBeGreaterThan(0)
    }
    expect(chats.flatMap(({ notes }) => notes)).toHaveLength(2)
    const day = (ahead: number) => new Date(Date.now() + ahead * 24 * 3600_000).toISOString().slice(0, 10)
    const numbers = (await supervisor.get(`numbers?from=${day(-31)}&to=${day(1)}`)).json as unknown as Numbers
    expect(numbers.asked).toBeGreaterThan(150)
    expect(numbers.wait.median).toBeGreaterThan(0)
    expect(numbers.byCounsellor.map(({ alias }) => alias).sort()).toEqual(["Bilal", "Sana"])
    expect(numbers.answers.yes).toBeGreaterThan(0)
    const before = chats.reduce((sum, { lines }) => sum + lines.length, 0)
    await until(async () => {
      const now = await Promise.all(live.map(async ({ id }) => (await supervisor.get(`chats/${id}`)).json as unknown as Chat))
      return now.reduce((sum, { lines }) => sum + lines.length, 0) > before
    })
    const audit = (await (await signIn("demo-admin")).get("audit")).json as unknown as readonly { readonly what: string }[]
    expect(audit.length).toBe(200)
    const published = await (await fetch(`${url}/numbers`)).text()
    expect(published).toContain("is not how often it happens")
    expect(await (await fetch(`${url}/stories`)).text()).toContain("Made up: nobody told this.")
    const inbox = (await (await signIn("demo-officer")).get("reports")).json as { lines: readonly { status: string }[] }
    expect(inbox.lines.filter(({ status }) => status === "new").length).toBe(14)
    expect(said.join("")).toMatch(/AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}/)
  })

  test("every page says that nothing is real", async () => {
    for (const path of ["/", "/simulator/", "/console/", "/en/quilt", "/ur/letters", "/en/numbers"])
      expect(await (await fetch(url + path)).text(), path).toContain("Demonstration: nothing here is real")
    expect(said.join("")).toContain('"event":"demonstration"')
  })

  test("only its own folder is touched", async () => {
    expect(readdirSync(base)).toEqual(["demo-data"])
    await expect(demo("fresh", `--folder=${folder}`)).rejects.toThrow("another Hamraaz is running")
    const real = join(base, "real")
    mkdirSync(real)
    writeFileSync(join(real, "keyring.json"), "precious")
    for (const words of [[], ["fresh"]]) await expect(demo(...words, `--folder=${real}`)).rejects.toThrow("is not touched")
    expect(readFileSync(join(real, "keyring.json"), "utf8")).toBe("precious")
    rmSync(real, { recursive: true })
  })

  test("nothing real opens on it", async () => {
    const env = { ...process.env, DATA_DIR: folder, PORT: "0", PUBLIC_URL: "https://real.example" }
    await expect(promisify(execFile)(process.execPath, [join(SRC, "main.ts")], { env })).rejects.toThrow("holds a demonstration")
  })
})
