import pg from "pg"

/** All rows of all tables of a database as text. Bytes are there as whoever looks for words in them reads them: letter by letter, and as UTF-8. */
export async function dumped(connectionString: string): Promise<string> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string }>("select quote_ident(tablename) as name from pg_tables where schemaname = 'public'")
    const texts: string[] = []
    for (const { name } of tables) for (const row of (await client.query<Record<string, unknown>>(`select * from ${name}`)).rows) texts.push(...Object.values(row).map(readable))
    return texts.join("\n")
  } finally {
    await client.end()
  }
}

function readable(value: unknown): string {
  if (Buffer.isBuffer(value)) return `${value.toString("latin1")}\n${value.toString("utf8")}`
  return typeof value === "string" ? value : JSON.stringify(value)
}
