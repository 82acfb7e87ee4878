import { randomUUID } from "node:crypto"
import { generateX25519Identity, identityToRecipient } from "age-encryption"
import type { App } from "../app.ts"
import { areasOf } from "../helpline/areas.ts"
import type { Coding } from "../helpline/report-view.ts"
import { closeValue } from "../helpline/reports-covers.ts"
import type { TaxonomyFile } from "../helpline/taxonomy.ts"
import type { SetClock } from "./seed.ts"
import { synthetic, type Synthetic } from "./synthetic.ts"

const A_MONTH = 140
const NEW = 14

/**
 * Reports that nobody ever gave: those of the year's months that are over stand coded on the shelf, and their quarters are
 * cut, as far as a quarter may be; a few new ones wait for an officer. Gives back the officer's key, which a browser takes
 * as if it came from paper.
 */
export async function writeReports(app: App, clock: SetClock, taxonomy: TaxonomyFile, officer: string, now: number): Promise<string> {
  const identity = await generateX25519Identity()
  const recipient = await identityToRecipient(identity)
  const months = monthsBefore(now)
  // The key is older than what was sealed to it.
  clock.set(Date.parse(`${months[0]}-01`))
  const refused = await app.reports.desk.setKey(officer, recipient)
  if (refused !== undefined) throw new Error(`the officer's key wasn't taken: ${refused}`)
  const made = (seed: number, count: number, of: readonly string[]) =>
    synthetic({ taxonomy, areas: areasOf(app.areas, []), country: app.helpline.country }, { seed, count, months: of })
  await shelveCoded(app, clock, officer, made(20, A_MONTH * months.length, months))
  clock.set(now)
  while ((await app.numbers.releases.make(undefined, undefined)).made);
  await giveNew(app, made(21, NEW, [new Date(now).toISOString().slice(0, 7)]))
  const published = new Date(now)
  await app.store.prisma.story.createMany({
    data: STORIES.map(({ text, ...story }) => ({
      ...story,
      when: String(published.getUTCFullYear()),
      id: randomUUID(),
      status: "published",
      content: Buffer.from(text),
      writtenBy: officer,
      published,
    })),
  })
  return identity
}

/** Two stories that nobody told. */
const STORIES = [
  {
    language: "en",
    province: "punjab",
    when: String(new Date().getUTCFullYear()),
    text: "Made up: nobody told this. A person whose pictures were passed around wrote to us, kept proof, and saw them taken down a month later.",
  },
  {
    language: "ur",
    province: "sindh",
    when: String(new Date().getUTCFullYear()),
    text: "فرضی: یہ کسی نے نہیں بتایا۔ کسی کو ایک نقلی اکاؤنٹ سے تنگ کیا گیا؛ ایک دوست نے رپورٹ کرنے میں مدد دی۔",
  },
] as const

/** The months of this year and the one before that are over, the oldest first, from the first of a quarter on. */
function monthsBefore(now: number): readonly string[] {
  const today = new Date(now)
  const first = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 12, 1))
  first.setUTCMonth(first.getUTCMonth() - (first.getUTCMonth() % 3))
  const months: string[] = []
  for (const at = first; at.getUTCFullYear() * 12 + at.getUTCMonth() < today.getUTCFullYear() * 12 + today.getUTCMonth(); at.setUTCMonth(at.getUTCMonth() + 1))
    months.push(at.toISOString().slice(0, 7))
  return months
}

/** Writes reports as rows, as shelving and an officer would have left them. */
async function shelveCoded(app: App, clock: SetClock, officer: string, reports: readonly Synthetic[]): Promise<void> {
  const key = await app.store.prisma.officerKey.findFirstOrThrow({ where: { staffId: officer } })
  const rows = []
  for (const month of new Set(reports.map((one) => one.month))) {
    clock.set(Date.parse(`${month}-15`))
    const mine = reports.filter((one) => one.month === month)
    const sealed = await app.reports.seal(mine.map(({ report, consents }) => [{ type: "report", report, consents: { ...consents, keep: false } }]))
    for (const [place, { report, consents }] of mine.entries()) {
      const entry = sealed[place]?.find((one) => one.kind === "report")
      if (entry?.kind !== "report") throw new Error("nobody to seal to")
      rows.push({
        id: randomUUID(),
        month: new Date(`${month}-01`),
        sealed: Buffer.from(entry.sealed),
        keys: [key.id],
        status: "coded",
        consents: Buffer.from(closeValue(app.cover, "consents", consents)),
        keepUntil: new Date(`${Number(month.slice(0, 4)) + 1}${month.slice(4)}-01`),
        coding: consents.count ? Buffer.from(closeValue(app.cover, "coding", codingOf(report))) : null,
      })
    }
  }
  await app.store.prisma.report.createMany({ data: rows })
}

function codingOf({ about, acts, platforms, relation, harms, actions, country, province, district, age, gender }: Coding): Coding {
  return { about, acts, platforms, relation, harms, actions, country, province, district, age, gender }
}

/** Those of this month come in by the door, and are shelved with each other. */
async function giveNew(app: App, reports: readonly Synthetic[]): Promise<void> {
  const sealed = await app.reports.seal(reports.map(({ report, consents }) => [{ type: "report", report, consents: { ...consents, keep: false } }]))
  const client = await app.store.pool.connect()
  try {
    await client.query("begin")
    for (const entries of sealed) if (entries !== undefined) await app.reports.takeIn(client, entries)
    await client.query("commit")
  } finally {
    client.release()
  }
  await app.reports.shelve()
}
