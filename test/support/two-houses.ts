import { fork, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import type { Conversation } from "../../src/flows/conversation.ts"
import type { Desk } from "../../src/helpline/desk.ts"
import type { Receive } from "../../src/helpline/receive.ts"
import { createCover, keyringAt } from "../../src/vault/cover.ts"
import { air } from "./air.ts"
import { freshDatabase } from "./database.ts"
import { alwaysOpen } from "./house.ts"
import { wireTo, type Ask } from "./wire.ts"

const HOUSE = join(import.meta.dirname, "wired-house.ts")

export type Side = 0 | 1
export type TwoHouses = Awaited<ReturnType<typeof openTwoHouses>>

/** A house that runs in a process of its own. */
type Wired = { readonly child: ChildProcess; readonly ask: Ask; readonly desk: Desk; readonly receive: Receive }

/** Two processes on one database, with one clock; either can be killed without a word. */
export async function openTwoHouses() {
  const database = await freshDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), "hamraaz-two-"))
  const cover = createCover(keyringAt(join(dataDir, "keyring.json"), true))
  const eye = new pg.Pool({ connectionString: database.url, max: 2 })
  eye.on("error", () => {})
  let ahead = 0

  async function open(): Promise<Wired> {
    const env = {
      ...process.env,
      NODE_OPTIONS: "",
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      SIMULATOR: "on",
      HOUSE_CONTENT: alwaysOpen(),
      HOUSE_AT: String(Date.now() + ahead),
    }
    const child = fork(HOUSE, { env, execArgv: [], serialization: "advanced" })
    const opened = once(child, "message")
    const ask = wireTo(child, { mishap: (id: string) => air.mishap(id), arrived: (...message: [string, string, string]) => air.arrived(...message) })
    await Promise.race([opened, once(child, "exit").then(([code]) => Promise.reject(new Error(`the house didn't open: it ended with ${code}`)))])
    const desk = new Proxy(
      {},
      {
        get:
          (_, does) =>
          (...values: unknown[]) =>
            ask(`desk.${String(does)}`, ...values),
      },
    ) as Desk
    return { child, ask, desk, receive: ((incoming) => ask("receive", incoming)) as Receive }
  }
  const houses: [Wired, Wired] = await Promise.all([open(), open()])

  const settleOne = (side: Side) => houses[side].ask("settle")
  return {
    eye,
    cover,
    house: (side: Side) => houses[side],
    settleOne,
    async settle(): Promise<void> {
      for (const side of [0, 1, 0, 1] as const) await settleOne(side)
    },
    now: () => Date.now() + ahead,
    /** Turns every clock on, that of waiting messages too. */
    async advance(ms: number): Promise<void> {
      ahead += ms
      for (const { ask } of houses) await ask("advance", ms)
      await eye.query("update outbox set due_at = due_at - $1 * interval '1 millisecond' where status in ('waiting', 'unknown')", [ms])
    },
    /** One process is killed; another takes its place and finds what it held. */
    async kill(side: Side): Promise<void> {
      const { child, ask } = houses[side]
      const name = await ask("name")
      child.kill("SIGKILL")
      await once(child, "exit")
      await eye.query("update process set alive_until = now() - interval '1 second' where id = $1", [name])
      houses[side] = await open()
      await houses[side].ask("reap")
    },
    /** Where a conversation stands on the shelf. */
    async conversation(id: string): Promise<Conversation | undefined> {
      const { rows } = await eye.query<{ state: Buffer }>("select state from conversation where id = $1", [id])
      return rows[0] && (JSON.parse(cover.open("state", rows[0].state)) as Conversation)
    },
    /** What the houses complained of. */
    complaints: async () => (await Promise.all(houses.map(({ ask }) => ask("complaints") as Promise<readonly string[]>))).flat(),
    async close(): Promise<void> {
      for (const { child, ask } of houses) {
        await ask("close")
        child.kill("SIGKILL")
      }
      await eye.end()
      await database.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
