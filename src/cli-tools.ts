import { existsSync } from "node:fs"
import { readConfig, type Config } from "./config.ts"
import { Refusal } from "./explain.ts"
import { CONTENT } from "./folders.ts"
import { runningServer } from "./store/own-server.ts"
import { openStore, type Store } from "./store/pool.ts"
import { answers } from "./store/shelves.ts"
import { keyringAt } from "./vault/cover.ts"
import { databasePassword } from "./vault/derived.ts"

export const tell = (line: string) => process.stdout.write(`${line}\n`)
export const complain = (line: string) => process.stderr.write(`${line}\n`)

/** Opens the database of the house for as long as something is done with it. */
export async function withStore(use: (store: Store) => Promise<number>): Promise<number> {
  const config = readConfig(process.env)
  const url = config.databaseUrl ?? (await ownUrl(config))
  const store = openStore(url, () => {})
  try {
    if (!(await answers(store.pool))) throw new Refusal("no PostgreSQL answers at DATABASE_URL.")
    return await use(store)
  } finally {
    await store.close()
  }
}

/** The PostgreSQL of DATA_DIR belongs to the house that runs there: nothing is started, nothing is made. */
async function ownUrl({ dataDir, keyringFile }: Config): Promise<string> {
  const url = existsSync(keyringFile) ? await runningServer(dataDir, databasePassword(keyringAt(keyringFile, false))) : undefined
  if (url === undefined) throw new Refusal(`no Hamraaz is running on ${dataDir}. Start it, set DATA_DIR to its folder, or set DATABASE_URL.`)
  return url
}

/** The content that the house itself would read. */
export function contentFolder(): string {
  return readConfig(process.env).contentDir ?? CONTENT
}

/** How many of what. */
export function count(n: number, one: string, several = `${one}s`): string {
  return `${n} ${n === 1 ? one : several}`
}
