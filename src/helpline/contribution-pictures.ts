import type { PictureLost } from "../flows/campaign-shapes.ts"
import type { Log } from "../log.ts"
import { drawnAnew } from "../print/photo.ts"
import * as shelf from "../store/contribution-pictures.ts"
import type { Store } from "../store/pool.ts"
import type { Cover } from "../vault/cover.ts"
import { MOST_FILE, type Channel, type Dropped, type Fetched } from "./channel.ts"

/** A picture is kept so large: its longer side, in pixels. */
export const LONGEST = 1024
/** Longer than fetching, drawing and erasing take together. */
const LEASE_MS = 2 * 60_000
/** When it is tried again. Who gave it looks for it within the hour. */
const AGAIN_MS = [60_000, 5 * 60_000, 15 * 60_000] as const
/** After these, erasing is tried every hour, */
const HOUR_MS = 3600_000
/** and for so long; then where the picture stood is forgotten, and an operator told. */
const LONGEST_KEPT_MS = 24 * HOUR_MS
/** So many in one round: whoever closes the house waits for its end. */
const AT_ONCE = 20
/** A provider may not find yet what has only just come. */
const SETTLED_MS = 15 * 60_000

/**
 * Brings pictures that were given from their providers: each is fetched, drawn anew without anything its camera wrote into
 * it, covered, and put before a moderator; then its provider is asked to erase it until it has, for a day. One that was taken
 * back, declined or forgotten before it came is only erased. What can't be had is declined with a reason. Whoever dies in
 * the midst of it leaves the picture to the next, and the same twice comes to the same.
 */
export function createPictures({
  store,
  cover,
  now,
  channels,
  log,
}: {
  readonly store: Store
  readonly cover: Cover
  readonly now: () => number
  readonly channels: readonly Channel[]
  readonly log: Pick<Log, "pictureFailed">
}) {
  /** Fetches and erases what is due, one after the other: a large one takes much memory. Tells how many it took in hand. */
  async function fetchDue(): Promise<number> {
    let taken = 0
    for (; taken < AT_ONCE; taken++) {
      const due = await shelf.claimPicture(store.pool, new Date(now()), LEASE_MS)
      if (due === undefined) break
      const stands = standing(due)
      if (due.wanted && !(await brought(due, stands))) continue
      await erase(due, stands)
    }
    return taken
  }

  /** Fetches and lands it, or declines it; false where that is tried again. */
  async function brought({ id, tries }: shelf.DuePicture, { file, name, channel }: Standing): Promise<boolean> {
    // Nobody has come back from drawing it: what takes the whole process down with it isn't drawn once more.
    if (tries > AGAIN_MS.length + 1) return lose(id, "not-drawn")
    const fetched: Fetched = file === undefined || channel?.fetchFile === undefined ? { status: "lost", code: "no-channel" } : await channel.fetchFile(file)
    if (fetched.status === "retry" || fetched.status === "lost") {
      const wait = fetched.status === "retry" ? AGAIN_MS[tries - 1] : undefined
      log.pictureFailed("fetch", name, fetched.code, wait !== undefined)
      if (wait === undefined) return lose(id, "not-fetched")
      await shelf.postponePicture(store.pool, id, new Date(now() + wait))
      return false
    }
    const drawn = fetched.status === "fetched" && fetched.bytes.length <= MOST_FILE ? await drawnAnew(fetched.bytes, LONGEST) : undefined
    if (drawn === undefined) return lose(id, "not-drawn")
    await shelf.landPicture(store.pool, id, cover.close("picture", Buffer.from(drawn).toString("base64")))
    return true
  }

  async function lose(id: string, why: PictureLost): Promise<true> {
    await shelf.losePicture(store.pool, id, why)
    return true
  }

  /** Has its provider erase it, or tries that again later. */
  async function erase({ id, since, tries }: shelf.DuePicture, { file, name, channel }: Standing): Promise<void> {
    const age = now() - since.getTime()
    const dropped = await askedToDrop(file, channel)
    const over = dropped.status === "gone" || (dropped.status === "missing" && age >= SETTLED_MS)
    const again = !over && age < LONGEST_KEPT_MS
    if (dropped.status === "retry") log.pictureFailed("erase", name, dropped.code, again)
    if (again) await shelf.postponePicture(store.pool, id, new Date(now() + (AGAIN_MS[tries - 1] ?? HOUR_MS)))
    else await shelf.dropSource(store.pool, id)
  }

  type Standing = { readonly file: string | undefined; readonly name: string; readonly channel: Channel | undefined }

  function standing({ source }: shelf.DuePicture): Standing {
    const file = opened(source)
    const name = file?.split(":")[0] ?? "unreadable"
    return { file, name, channel: channels.find((one) => one.name === name) }
  }

  function opened(source: Uint8Array): string | undefined {
    try {
      return cover.open("picture", source)
    } catch {
      return undefined
    }
  }

  return { fetchDue }
}

/** A channel that is no more may come back with the next start; one that can't be asked never erases anything. */
async function askedToDrop(file: string | undefined, channel: Channel | undefined): Promise<Dropped> {
  if (file === undefined) return { status: "gone" }
  if (channel === undefined) return { status: "retry", code: "no-channel" }
  return (await channel.dropFile?.(file)) ?? { status: "gone" }
}
