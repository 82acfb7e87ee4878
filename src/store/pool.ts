import { PrismaPg } from "@prisma/adapter-pg"
import pg from "pg"
import { PrismaClient } from "./generated/client.ts"

/** The way to the database: a pool for the turn's own statements, Prisma for everything else. */
export type Store = { readonly pool: pg.Pool; readonly prisma: PrismaClient; readonly close: () => Promise<void> }

/** A connection that somebody holds, as for a transaction. */
export type Client = pg.PoolClient

/**
 * A prepared statement keeps the plan it was given when the tables were new and empty, and reading an empty table from
 * end to end looks cheap. Every statement of the turn is meant to go by index; this says so once.
 */
const PLANS =
  "-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c plan_cache_mode=force_generic_plan -c jit=off -c statement_timeout=5000 -c lock_timeout=1500 -c idle_in_transaction_session_timeout=5000"

/** Opens the store. A statement that takes too long is ended by PostgreSQL; one whose answer doesn't come is given up. A connection that breaks is replaced when it is next needed; `onBroken` is told. */
export function openStore(connectionString: string, onBroken: (code: string) => void): Store {
  // Few connections: a turn's batch uses one, its results another; the rest is for pages and the operator.
  const pool = new pg.Pool({ connectionString, max: 6, connectionTimeoutMillis: 5000, query_timeout: 6000, keepAlive: true, options: PLANS })
  pool.on("error", (error) => onBroken((error as { code?: string }).code ?? error.name))
  // One that breaks while it is held, between two statements, fails the next of them; unheard, its error would end the process.
  pool.on("connect", (client) => void client.on("error", () => {}))
  // Erasing mustn't give up because everybody else is busy.
  const transactionOptions = { maxWait: 20_000, timeout: 20_000 }
  const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString, max: 4, query_timeout: 60_000 }), transactionOptions })
  return {
    pool,
    prisma,
    async close() {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}
