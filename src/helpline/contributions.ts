import { randomUUID } from "node:crypto"
import { MOST } from "../flows/campaign-give.ts"
import type { CampaignFacts, DeclinedFor, GiftStep, Given, Kind } from "../flows/campaign-shapes.ts"
import type { Language } from "../locales/texts.ts"
import type { Deed } from "../store/audit.ts"
import { pictureOf } from "../store/contribution-pictures.ts"
import * as shelf from "../store/contributions.ts"
import type { Store } from "../store/pool.ts"
import { inTransaction } from "../store/transaction.ts"
import type { Cover } from "../vault/cover.ts"
import { WAITING_AT_ONCE, type Moderation, type ModerationRefused, type Shown, type ShownAsked, type Waiting } from "./contribution-view.ts"
import type { TakeGifts } from "./landing.ts"
import { madeUpName } from "./made-up-names.ts"

/** So much of one contact may wait at once; whoever floods the queue costs everybody else their turn. */
const MOST_WAITING = 10
/** Longer than anything is remembered that was begun and is left alone. */
const LONGEST_ASKED_MS = 25 * 3600_000
/** So much is shown to whoever asks for all. */
const MOST_SHOWN = 5000

/** A story or a picture can show who somebody is where a line can't: two people look at it. */
const takesTwo = ({ kind, picture }: Pick<shelf.ContributionRow, "kind" | "picture">) => kind === ("story" satisfies Kind) || picture

type Words = { readonly text: string; readonly name?: string | undefined; readonly told?: boolean | undefined }
type Client = Parameters<TakeGifts>[0]

/**
 * What people give to campaigns for others to see: nothing is shown before a moderator's yes, a story or a picture not before
 * two, and nothing in other words than hers without her own. Whoever gave it can take it back, shown or not.
 */
export function createContributions({
  store,
  cover,
  now,
  aliasOf,
  writes,
}: {
  readonly store: Store
  readonly cover: Cover
  readonly now: () => number
  readonly aliasOf: (staffId: string) => Promise<string | undefined>
  readonly writes: (deed: Deed) => Promise<void>
}) {
  /** The name of where a picture stands that isn't given, or not yet: the same each time. */
  const heldAs = (file: string) => cover.lookup("picture", file)
  const close = (words: Words) => cover.close("contribution", JSON.stringify(words))

  function open(content: Uint8Array | null): Words | undefined {
    if (content === null) return undefined
    try {
      return JSON.parse(cover.open("contribution", content)) as Words
    } catch {
      return undefined
    }
  }

  async function take(client: Client, conversationId: string, gift: GiftStep): Promise<void> {
    const moment = new Date(now())
    if (gift.type === "give") {
      const { campaign, kind, day, language, country, text, name, told, file, wording } = gift
      const content = close({ text, ...(name !== undefined && { name }), ...(told === true && { told }) })
      await shelf.give(
        client,
        {
          id: randomUUID(),
          campaign,
          kind,
          day: day ?? null,
          language,
          country,
          conversationId,
          content,
          wording,
          picture: file === undefined ? undefined : { held: heldAs(file), source: cover.close("picture", file) },
        },
        moment,
        MOST_WAITING,
      )
    } else if (gift.type === "hold-picture" || gift.type === "leave-picture") {
      const due = gift.type === "hold-picture" ? new Date(moment.getTime() + LONGEST_ASKED_MS) : moment
      await shelf.keepSource(client, heldAs(gift.file), cover.close("picture", gift.file), due)
    } else if (gift.type === "take-back") await shelf.takeBack(client, conversationId, gift.id)
    else if (gift.type === "card") await shelf.wishCard(client, conversationId, gift.id, gift.wants)
    else if (gift.type === "letter-read") await shelf.countRead(client, gift.id)
    else await answered(client, conversationId, gift, moment)
  }

  /** Her word on how a moderator has changed it. */
  async function answered(client: Client, conversationId: string, { id, agrees }: Extract<GiftStep, { type: "agree" }>, moment: Date): Promise<void> {
    const row = await shelf.changedOf(client, conversationId, id)
    const words = open(row?.content ?? null)
    const proposal = open(row?.proposal ?? null)
    if (row === undefined || words === undefined || proposal === undefined) return
    const by = row.by ?? undefined
    if (!agrees) await shelf.put(client, id, { status: "waiting", content: close(words) })
    else if (takesTwo(row)) await shelf.put(client, id, { status: "seconded", content: close(proposal), ...(by !== undefined && { by }) })
    else await shelf.show(client, id, proposal.text, proposal.name, moment)
  }

  /** One act on one contribution, locked; written down when it is done. */
  async function act(
    staffId: string,
    id: string,
    deed: { readonly what: string; readonly reason?: string },
    does: (client: Client, row: shelf.ContributionRow) => Promise<ModerationRefused | undefined>,
  ): Promise<ModerationRefused | undefined> {
    const refused = await inTransaction(store.pool, async (client) => {
      const row = await shelf.locked(client, id)
      return row === undefined ? "gone" : does(client, row)
    })
    if (refused === undefined) await writes({ staffId, subjectId: id, ...deed })
    return refused
  }

  const isOpen = ({ status }: shelf.ContributionRow) => status === "waiting" || status === "seconded"

  const moderation: Moderation = {
    async queue(staffId, asked = {}) {
      const rows = await shelf.waiting(store.pool, asked, WAITING_AT_ONCE)
      const ids = [...new Set(rows.flatMap(({ by }) => by ?? []))]
      const aliases = new Map(await Promise.all(ids.map(async (one) => [one, await aliasOf(one)] as const)))
      return rows.flatMap((row) => asWaiting(row, staffId, aliases))
    },

    shown: (asked) => readShown(store, asked),
    counted: async () => (await shelf.countShown(store.pool)) as ReadonlyMap<Kind, number>,

    picture: (id) => picture(id, false),
    shownPicture: (id) => picture(id, true),

    publish: (staffId, id, described) =>
      act(staffId, id, { what: "contribution-published" }, async (client, row) => {
        if (!isOpen(row)) return "changed"
        const words = open(row.content)
        if (words === undefined) return "unreadable"
        const text = row.picture ? (described ?? words.text) : words.text
        if (takesTwo(row) && row.status === "seconded" && row.by === staffId) return "yours"
        if (row.picture && text === "") return "undescribed"
        if (row.picture && [...text].length > MOST[row.kind as Kind]) return "too-long"
        if (takesTwo(row) && row.status === "waiting") await shelf.put(client, id, { status: "seconded", content: close({ ...words, text }), by: staffId })
        else await shelf.show(client, id, text, words.name, new Date(now()))
        return undefined
      }),

    decline: (staffId, id, why: DeclinedFor) =>
      act(staffId, id, { what: "contribution-declined", reason: why }, async (client, row) => {
        if (!isOpen(row) && row.status !== "changed") return "changed"
        await shelf.put(client, id, { status: "declined", why })
        return undefined
      }),

    propose: (staffId, id, text) =>
      act(staffId, id, { what: "contribution-changed" }, async (client, row) => {
        if (!isOpen(row)) return "changed"
        // Nobody is left to say yes to it.
        if (row.conversation_id === null) return "gone"
        if (row.picture) return "unreadable"
        if ([...text].length > MOST[row.kind as Kind]) return "too-long"
        const words = open(row.content)
        if (words === undefined) return "unreadable"
        await shelf.put(client, id, { status: "changed", content: close(words), proposal: close({ ...words, text }), by: staffId })
        return undefined
      }),

    takeDown: (staffId, id) =>
      act(staffId, id, { what: "contribution-taken-down" }, async (client, row) => {
        if (row.status !== "published" || row.text === null) return "changed"
        await shelf.put(client, id, { status: "waiting", content: close({ text: row.text, ...(row.name !== null && { name: row.name }) }) })
        return undefined
      }),

    mute: (staffId, id) =>
      act(staffId, id, { what: "contributor-muted" }, async (client, row) => {
        if (row.conversation_id === null) return "gone"
        await shelf.mute(client, row.conversation_id, staffId, new Date(now()))
        return undefined
      }),
  }

  async function picture(id: string, shown: boolean): Promise<Uint8Array | undefined> {
    const covered = await pictureOf(store.pool, id, shown)
    try {
      return covered && Buffer.from(cover.open("picture", covered), "base64")
    } catch {
      return undefined
    }
  }

  function asWaiting(row: shelf.ContributionRow, staffId: string, aliases: ReadonlyMap<string, string | undefined>): readonly Waiting[] {
    const words = open(row.content)
    if (words === undefined) return []
    const proposal = open(row.proposal)?.text
    return [
      {
        ...placed(row),
        status: row.status as Waiting["status"],
        given: row.given,
        picture: row.picture,
        ...words,
        ...(proposal !== undefined && { proposal }),
        ...(row.conversation_id !== null && { giver: madeUpName(Buffer.from(row.conversation_id.slice(-12), "hex")) }),
        ...(row.by !== null && { by: aliases.get(row.by) }),
        yours: row.by === staffId,
        takesTwo: takesTwo(row),
      },
    ]
  }

  /** What people gave, and a letter in each language, for turns that asked for it. */
  async function facts(conversations: readonly string[]): Promise<(conversation: string) => Pick<CampaignFacts, "given" | "letters" | "blocked">> {
    const [given, muted, letters] = await Promise.all([shelf.givenBy(store.pool, conversations), shelf.mutedOf(store.pool, conversations), shelf.leastRead(store.pool)])
    return (conversation) => ({
      given: given.filter((row) => row.conversation_id === conversation).map(asGiven),
      letters: letters.map(({ id, language, text }) => ({ id, language: language as Language, text })),
      blocked: muted.has(conversation),
    })
  }

  function asGiven(row: shelf.ContributionRow): Given {
    const proposal = open(row.proposal)?.text
    return {
      id: row.id,
      kind: row.kind as Kind,
      status: row.status === "seconded" || row.status === "fetching" ? "waiting" : (row.status as Given["status"]),
      ...(row.why !== null && { why: row.why as NonNullable<Given["why"]> }),
      ...(proposal !== undefined && { proposal }),
      read: row.read,
      card: row.card,
    }
  }

  const takeGifts: TakeGifts = async (client, conversationId, steps) => {
    for (const step of steps) await take(client, conversationId, step)
  }

  return { takeGifts, facts, moderation }
}

/** What everybody sees of a campaign, or of all: the newest first. */
export async function readShown(store: Store, asked: ShownAsked = {}): Promise<readonly Shown[]> {
  return (await shelf.shown(store.pool, { ...asked, most: asked.most ?? MOST_SHOWN })).flatMap(asShown)
}

function placed({ id, campaign, kind, language, country, day }: shelf.ContributionRow) {
  return { id, campaign, kind: kind as Kind, language: language as Language, country, ...(day !== null && { day }) }
}

function asShown(row: shelf.ContributionRow): readonly Shown[] {
  if (row.text === null || row.published === null) return []
  return [{ ...placed(row), text: row.text, picture: row.picture, ...(row.name !== null && { name: row.name }), published: row.published, card: row.card }]
}
