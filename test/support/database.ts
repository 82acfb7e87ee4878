import { randomBytes } from "node:crypto"
import pg from "pg"
import { inject } from "vitest"
import { openStore, type Store } from "../../src/store/pool.ts"
import { databaseAt } from "./postgres.ts"

/** A fresh, migrated database of its own; `drop` it when done. */
export async function freshDatabase(): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> {
  const serverUrl = inject("serverUrl")
  const name = `test_${randomBytes(6).toString("hex")}`
  // Copying the files is three times faster than writing each page into the log, which is for a server with other work.
  await admin(serverUrl, `create database ${name} template template_hamraaz strategy file_copy`)
  return { url: databaseAt(serverUrl, name), drop: () => admin(serverUrl, `drop database if exists ${name} with (force)`) }
}

export type FreshStore = { readonly url: string; readonly store: Store; readonly close: () => Promise<void> }

/** A store on a fresh database; closing it drops that. */
export async function freshStore(): Promise<FreshStore> {
  const { url, drop } = await freshDatabase()
  const store = openStore(url, () => {})
  return {
    url,
    store,
    async close() {
      await store.close()
      await drop()
    },
  }
}

async function admin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
