import { z } from "zod"
import type { Cover } from "../vault/cover.ts"

const consents = z.strictObject({ keep: z.boolean(), count: z.boolean(), share: z.boolean(), publish: z.boolean(), wording: z.string() })
const bytes = z.base64().transform((text): Uint8Array => Buffer.from(text, "base64"))
const month = z.string().regex(/^\d{4}-\d{2}$/)

const entry = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("report"),
    /** Its id on the shelf, by chance. */
    id: z.uuid(),
    month,
    sealed: bytes,
    keys: z.array(z.uuid()),
    consents,
    /** Bare until it is stirred: nobody who files waits for the hash. */
    keyhole: z.union([z.strictObject({ selector: z.uuid(), verifier: bytes }), z.strictObject({ selector: z.uuid(), proof: z.string() })]).optional(),
  }),
  z.strictObject({ kind: z.literal("addition"), ref: z.uuid(), n: z.number(), month, sealed: bytes, keys: z.array(z.uuid()) }),
  z.strictObject({ kind: z.literal("consents"), ref: z.uuid(), consents }),
  z.strictObject({ kind: z.literal("withdrawal"), ref: z.uuid() }),
  z.strictObject({ kind: z.literal("story"), ref: z.uuid(), story: z.uuid(), agrees: z.boolean() }),
  /** She has read answers up to this one, or a story. */
  z.strictObject({ kind: z.literal("seen"), ref: z.uuid(), answer: z.string().optional(), story: z.uuid().optional() }),
  /** Nothing: it is there so that the others have company. One of them remembers the day of the last shelving. */
  z.strictObject({ kind: z.literal("decoy"), shelved: z.string().optional() }),
])

/** One thing that was given to the officers and waits to be put on the shelf. */
export type Entry = z.infer<typeof entry>
export type EntryOf<K extends Entry["kind"]> = Extract<Entry, { readonly kind: K }>

/** The lengths that a row of the intake may have, cover and all. What needs more gets the next multiple of the last. */
const LENGTHS = [4096, 8192, 16_384, 32_768] as const
/** What a cover adds. */
const COVERING = 1 + 24 + 16
/** As many rows of each length stand there at least, and always a multiple of them. */
const COMPANY = 4

/** An entry as a row has it: covered, its kind inside, of one of the lengths. Equal entries give different rows. */
export function closeEntry(cover: Cover, one: Entry, atLeast = 0): Uint8Array {
  const text = JSON.stringify(one, asText)
  const last = LENGTHS[3]
  const length = LENGTHS.find((one) => one >= atLeast && one - COVERING >= Buffer.byteLength(text)) ?? Math.ceil((Buffer.byteLength(text) + COVERING) / last) * last
  return cover.close("intake", text + " ".repeat(length - COVERING - Buffer.byteLength(text)))
}

// Node's buffers turn themselves into lists of numbers before a replacer sees them.
function asText(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const bytes = this[key]
  return bytes instanceof Uint8Array ? Buffer.from(bytes).toString("base64") : value
}

/** The entry again. Throws when the row can't be opened. */
export function openEntry(cover: Cover, row: Uint8Array): Entry {
  return entry.parse(JSON.parse(cover.open("intake", row)))
}

/**
 * The intake after something came in, or nothing but time: each row covered anew, what is overtaken dropped, and of every
 * length a multiple of four. A row that can't be opened any more is kept as it is: it may be the key that is missing.
 */
export function stirred(cover: Cover, rows: readonly Uint8Array[], fresh: readonly Entry[], today: string, change = (one: Entry): Entry => one): readonly Uint8Array[] {
  const { entries, unreadable } = opened(cover, rows)
  return filled(cover, fresh.reduce(joined, entries.filter(isReal).map(change)), unreadable, dayShelved(entries) ?? today)
}

/** Rows for these entries and those that can't be opened, with decoys among them that remember the day of the last shelving. */
export function filled(cover: Cover, entries: readonly Entry[], unreadable: readonly Uint8Array[], shelved: string): readonly Uint8Array[] {
  const closed = [...unreadable, ...entries.map((one) => closeEntry(cover, one))]
  return [...closed, ...company(cover, closed, shelved)]
}

/** What is in some rows. */
export function opened(cover: Cover, rows: readonly Uint8Array[]): { readonly entries: readonly Entry[]; readonly unreadable: readonly Uint8Array[] } {
  const entries: Entry[] = []
  const unreadable: Uint8Array[] = []
  for (const row of rows) {
    try {
      entries.push(openEntry(cover, row))
    } catch {
      unreadable.push(row)
    }
  }
  return { entries, unreadable }
}

/** The day of the last shelving, where anybody remembers. */
export function dayShelved(entries: readonly Entry[]): string | undefined {
  return entries
    .flatMap((one) => (one.kind === "decoy" ? (one.shelved ?? []) : []))
    .sort()
    .at(-1)
}

export function isReal(one: Entry): boolean {
  return one.kind !== "decoy"
}

/** One more entry. There is no clock in an entry, so what follows from order is settled here: the last consents hold, additions are numbered, and what was read stays read. */
function joined(before: readonly Entry[], one: Entry): readonly Entry[] {
  if (one.kind === "consents") return [...before.filter((other) => other.kind !== one.kind || other.ref !== one.ref), one]
  if (one.kind === "seen") {
    const known = before.find((other): other is EntryOf<"seen"> => other.kind === "seen" && other.ref === one.ref)
    return [...before.filter((other) => other !== known), known === undefined ? one : { ...one, answer: later(known.answer, one.answer), story: one.story ?? known.story }]
  }
  if (one.kind === "addition") return [...before, { ...one, n: before.filter((other) => other.kind === "addition" && other.ref === one.ref).length }]
  return [...before, one]
}

/** Of two answers the one that was written later; their ids rise. */
function later(one: string | undefined, other: string | undefined): string | undefined {
  return BigInt(one ?? 0) > BigInt(other ?? 0) ? one : other
}

function company(cover: Cover, rows: readonly Uint8Array[], shelved: string): readonly Uint8Array[] {
  let remembered = false
  return LENGTHS.flatMap((length) => {
    const there = rows.filter((row) => row.length === length).length
    const missing = Math.max(COMPANY, Math.ceil((there + (remembered ? 0 : 1)) / COMPANY) * COMPANY) - there
    return Array.from({ length: missing }, () => {
      const decoy: Entry = remembered ? { kind: "decoy" } : { kind: "decoy", shelved }
      remembered = true
      return closeEntry(cover, decoy, length)
    })
  })
}
