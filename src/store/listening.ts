import pg from "pg"

const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 5000

/** Hears what any process notifies on a channel of PostgreSQL. */
export type Listening = { readonly close: () => Promise<void> }

/**
 * Listens on a connection of its own, which is opened again by itself whenever it breaks. What was notified meanwhile is
 * lost; so after each opening `heard` is called without a payload, and whoever listens looks at everything.
 * @param broken told a code each time the connection is lost or can't be had
 */
export function listenTo(connectionString: string, channel: string, heard: (payload: string | undefined) => void, broken: (code: string) => void): Listening {
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let wait = FIRST_WAIT_MS
  let open = true
  let connecting: Promise<void> = Promise.resolve()

  async function connect(): Promise<void> {
    const mine = new pg.Client({ connectionString, connectionTimeoutMillis: 5000, keepAlive: true })
    client = mine
    let failed = false
    const again = (error?: unknown) => {
      if (failed || !open) return
      failed = true
      broken((error as { code?: string } | undefined)?.code ?? "ended")
      void ended(mine)
      timer = setTimeout(() => {
        connecting = connect()
      }, wait)
      wait = Math.min(wait * 2, LONGEST_WAIT_MS)
    }
    mine.on("error", again)
    mine.on("end", () => again())
    mine.on("notification", ({ payload }) => heard(payload === "" ? undefined : payload))
    try {
      await mine.connect()
      await mine.query(`listen ${pg.escapeIdentifier(channel)}`)
      wait = FIRST_WAIT_MS
      heard(undefined)
    } catch (cause) {
      again(cause)
    }
  }

  connecting = connect()
  return {
    async close() {
      open = false
      clearTimeout(timer)
      await connecting
      if (client !== undefined) await ended(client)
    },
  }
}

/** A connection that is broken can't be ended in order either. */
async function ended(client: pg.Client): Promise<void> {
  try {
    await client.end()
  } catch {
    // Gone already.
  }
}
