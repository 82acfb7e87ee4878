import { drawnAnew } from "../print/photo.ts"
import * as shelf from "../store/contribution-pictures.ts"
import type { Store } from "../store/pool.ts"
import type { Cover } from "../vault/cover.ts"
import type { PictureLost } from "../flows/campaign-shapes.ts"
import { MOST_FILE, type Channel, type Fetched } from "./channel.ts"

/** A picture is kept so large: its longer side, in pixels. */
export const LONGEST = 1024
/** Longer than fetching and drawing take together. */
const LEASE_MS = 2 * 60_000
/** When it is tried again. Providers hold pictures for hours, not for days. */
const AGAIN_MS = [60_000, 5 * 60_000, 15 * 60_000] as const

/**
 * Brings pictures that were given from their providers: each is fetched, drawn anew without anything its camera wrote into
 * it, covered, and put before a moderator; then its provider is asked to erase it. What can't be had is declined with a
 * reason. Whoever dies in the midst of it leaves the picture to the next, and the same twice comes to the same.
 */
export function createPictures({
  store,
  cover,
  now,
  channels,
}: {
  readonly store: Store
  readonly cover: Cover
  readonly now: () => number
  readonly channels: readonly Channel[]
}) {
  /** Fetches all that is due, one after the other: a large one takes much memory. Tells how many it took in hand. */
  async function fetchDue(): Promise<number> {
    let taken = 0
    for (; ; taken++) {
      const due = await shelf.claimPicture(store.pool, new Date(now()), LEASE_MS)
      if (due === undefined) return taken
      await bring(due)
    }
  }

  async function bring({ id, source, tries }: shelf.DuePicture): Promise<void> {
    // Nobody has come back from drawing it: what takes the whole process down with it isn't drawn once more.
    if (tries > AGAIN_MS.length + 1) return shelf.losePicture(store.pool, id, "not-drawn" satisfies PictureLost)
    const file = opened(source)
    const channel = channels.find(({ name }) => file?.startsWith(`${name}:`))
    const fetched: Fetched = file === undefined || channel?.fetchFile === undefined ? { status: "lost", code: "no-channel" } : await channel.fetchFile(file)
    if (fetched.status === "retry") {
      const wait = AGAIN_MS[tries - 1]
      if (wait !== undefined) return shelf.postponePicture(store.pool, id, new Date(now() + wait))
    }
    const drawn = fetched.status === "fetched" && fetched.bytes.length <= MOST_FILE ? await drawnAnew(fetched.bytes, LONGEST) : undefined
    if (drawn !== undefined) await shelf.landPicture(store.pool, id, cover.close("picture", Buffer.from(drawn).toString("base64")))
    else await shelf.losePicture(store.pool, id, (fetched.status === "retry" || fetched.status === "lost" ? "not-fetched" : "not-drawn") satisfies PictureLost)
    if (file !== undefined) await channel?.dropFile?.(file)
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
