/** `bench reports`: what sealing costs, reports filed per second, and the officers' inbox over a full shelf. */
import { randomBytes } from "node:crypto"
import { generateX25519Identity, identityToRecipient } from "age-encryption"
import { migrate } from "../src/store/migrate.ts"
import { startOwnServer } from "../src/store/own-server.ts"
import { seal } from "../src/vault/seal.ts"
import { NOTHING_SAID, openReportHouse, type ReportHouse } from "../test/support/report-house.ts"
import { filings } from "./filing.ts"
import { releaseTime, suppression, suppressionTable } from "./release.ts"
import { described, machine, warnWhenBusy } from "./machine.ts"
import type { Options } from "./options.ts"
import { temporary } from "./processes.ts"
import { percentile } from "./statistics.ts"

const OFFICERS = 3
const SHELF = 100_000
const GOAL_MS = 100

export async function reports(options: Options): Promise<void> {
  warnWhenBusy()
  await throughTheDoors(options)
  const server = await startOwnServer(temporary("reports"), "bench")
  try {
    await migrate(server.url)
    const house = await openReportHouse(server.url)
    try {
      const { rows } = await house.store.pool.query<{ version: string }>("select current_setting('server_version') as version")
      console.log(described(machine(), rows[0]?.version ?? ""))
      await sealing()
      const officer = (await Promise.all(Array.from({ length: OFFICERS }, (_, n) => house.hire(`officer ${n}`))))[0]?.id ?? ""
      for (const keep of [false, true]) await filing(house, options, keep)
      await listing(house, officer)
      await releasing(house)
    } finally {
      await house.close()
    }
  } finally {
    await server.stop()
  }
}

/** The whole way, in a house of its own: from the webhook to the reply that says it is filed. */
async function throughTheDoors(options: Options): Promise<void> {
  const rounds = await filings(OFFICERS, options)
  const middle = (pick: (one: (typeof rounds)[number]) => number) => percentile(rounds.map(pick), 0.5).toFixed(1)
  console.log(`filed through the webhook, ${OFFICERS} keys, ${options.inflight} at once: ${middle(({ filing }) => filing)} last answers a second`)
  tell(
    "  from the webhook to the reply",
    rounds.flatMap(({ taken }) => taken),
  )
  console.log(`  whole reports of ${rounds[0]?.turns} turns: ${middle(({ whole }) => whole)} a second`)
}

/** A release over a full shelf, and what releases hide at three sizes of a helpline. */
async function releasing(house: ReportHouse): Promise<void> {
  const { ms, ownMs, counted } = await releaseTime(house, SHELF)
  console.log(
    `a release over ${counted} coded reports: ${(ms / 1000).toFixed(1)} s, ${(ownMs / 1000).toFixed(1)} s of our processor; aimed at 10 s: ${ms <= 10_000 ? "reached" : "not reached"}`,
  )
  console.log(`\n${suppressionTable(suppression())}`)
}

/** One report of some 600 characters of her own, to this many keys. */
async function sealing(): Promise<void> {
  const text = JSON.stringify({ ...NOTHING_SAID, words: ["x".repeat(600)] })
  for (const keys of [1, 3, 10]) {
    const recipients = await Promise.all(Array.from({ length: keys }, async () => identityToRecipient(await generateX25519Identity())))
    const taken: number[] = []
    for (let n = 0; n < 200; n++) {
      const began = performance.now()
      await seal(text, recipients)
      taken.push(performance.now() - began)
    }
    tell(`sealed to ${keys} keys`, taken)
  }
}

/** Turns that file, from `receive` to the commit, the loops turning beside them as they do in a house. */
async function filing(house: ReportHouse, { seconds, inflight, rounds }: Options, keep: boolean): Promise<void> {
  const rates: number[] = []
  const taken: number[] = []
  for (let round = 0; round < rounds; round++) {
    let filed = 0
    let shelved = 0
    const end = performance.now() + seconds * 1000
    const person = async (name: string) => {
      while (performance.now() < end) {
        const began = performance.now()
        await house.file(name, (facts) => ({
          type: "report",
          report: { ...NOTHING_SAID, words: ["x".repeat(600)] },
          consents: { keep, count: true, share: false, publish: false, wording: "report-1" },
          ...(keep && { code: facts.reports?.code ?? "" }),
        }))
        taken.push(performance.now() - began)
        filed += 1
      }
    }
    const loops = async () => {
      while (performance.now() < end) {
        await house.reports.stirDue()
        if (await house.reports.shelveDue()) shelved += 1
        await new Promise((resolve) => setTimeout(resolve, 1000))
      }
    }
    const began = performance.now()
    await Promise.all([...Array.from({ length: inflight }, (_, n) => person(`${round} ${n}`)), loops()])
    rates.push((filed * 1000) / (performance.now() - began))
    await house.reports.shelve()
    console.log(`  round ${round + 1}: ${filed} filed, shelved ${shelved + 1} times`)
  }
  const what = keep ? "filed with a way back" : "filed"
  console.log(`${what}, ${OFFICERS} keys, ${inflight} at once: ${percentile(rates, 0.5).toFixed(1)} a second`)
  tell(`  from a word to the commit`, taken)
}

/** Pages and counts over a full shelf, as the console asks for them. */
async function listing(house: ReportHouse, officer: string): Promise<void> {
  const { pool } = house.store
  await pool.query("truncate report")
  const consents = Buffer.from(house.cover.close("consents", JSON.stringify(NOTHING_SAID.about)))
  const keys = (await pool.query<{ id: string }>("select id from officer_key")).rows.map(({ id }) => id)
  for (let made = 0; made < SHELF; made += 1000) {
    await pool.query(
      `insert into report (id, month, sealed, keys, consents, keep_until, status)
        select gen_random_uuid(), date '2026-01-01' + (random() * 11)::int * interval '1 month', $1, $2::uuid[], $3, '2027-12-01', case when random() < 0.1 then 'new' else 'coded' end
        from generate_series(1, 1000)`,
      [randomBytes(1500), keys, consents],
    )
  }
  await pool.query("vacuum analyze report")
  const first: number[] = []
  const later: number[] = []
  for (let n = 0; n < 30; n++) {
    let next: string | undefined
    for (let page = 0; page < 5; page++) {
      const began = performance.now()
      next = (await house.reports.desk.inbox(officer, { after: next })).next
      ;(page === 0 ? first : later).push(performance.now() - began)
    }
  }
  tell(`inbox over ${SHELF} reports, first page`, first)
  tell(`inbox over ${SHELF} reports, further pages`, later)
  const most = percentile([...first, ...later], 0.95)
  console.log(`p95 ${most.toFixed(1)} ms, aimed at ${GOAL_MS} ms: ${most <= GOAL_MS ? "reached" : "not reached"}`)
}

function tell(what: string, taken: readonly number[]): void {
  console.log(`${what}: p50 ${percentile(taken, 0.5).toFixed(2)} ms, p95 ${percentile(taken, 0.95).toFixed(2)} ms`)
}
