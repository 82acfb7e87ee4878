import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer, type AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { openStore } from "../../src/store/pool.ts"
import { freshDatabase } from "../support/database.ts"
import { startHouse } from "../support/running.ts"
import { setUp, StaffBrowser, tokenIn } from "../support/staff.ts"

test("the first start prints a link for the first admin, which is kept nowhere; once somebody works here, none is printed", async () => {
  const database = await freshDatabase()
  const folder = mkdtempSync(join(tmpdir(), "hamraaz-first-"))
  const settings = { PORT: String(await freePort()), DATABASE_URL: database.url, DATA_DIR: folder }
  const first = await startHouse(settings)
  await expect.poll(() => linkOf(first.lines)).toBeDefined()
  const link = linkOf(first.lines) ?? ""
  expect(link.startsWith(`${first.url}/console/#/link/`)).toBe(true)
  const store = openStore(database.url, () => {})
  const kept = await store.prisma.staffLink.findMany()
  expect(kept).toMatchObject([{ kind: "first", roles: ["admin"] }])
  expect(JSON.stringify(kept)).not.toContain(tokenIn(link))

  const browser = new StaffBrowser(first.url)
  const person = { userName: "boss@example.org", alias: "Amber", password: "long enough, surely" }
  expect((await browser.post("link/join", { token: tokenIn(link), ...person })).json).toEqual({ ok: true, next: "set-up" })
  await setUp(browser, person.password)
  expect((await browser.get("staff")).json).toMatchObject([{ userName: "boss@example.org", alias: "Amber", roles: ["admin"] }])
  first.child.kill("SIGTERM")
  await once(first.child, "exit")

  const second = await startHouse(settings)
  await expect.poll(() => second.lines.some((line) => line.includes("channels"))).toBe(true)
  second.child.kill("SIGTERM")
  await once(second.child, "exit")
  expect(linkOf(second.lines)).toBeUndefined()
  expect([...first.lines, ...second.lines].join("\n")).not.toContain(person.password)
  await store.close()
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

function linkOf(lines: readonly string[]): string | undefined {
  return lines.map((line) => line.trim()).find((line) => line.includes("/console/#/link/"))
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, "close")
  return port
}
