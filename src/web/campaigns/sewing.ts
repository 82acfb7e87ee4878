import { createHash } from "node:crypto"
import type { Shown } from "../../helpline/contribution-view.ts"
import type { Palette } from "../../helpline/quilt-cloths.ts"
import { sewn, tileOf } from "../../helpline/quilt-tile.ts"

/** Ten pages of the quilt; a tile is a few kilobytes. */
const KEPT = 600

type Sewn = { readonly svg: string; readonly palette: Palette }

/**
 * Sews tiles, each once as long as it is looked at: a page of them takes as long as many answers to people who wait. Kept
 * under a hash, without the words that it came of.
 */
export function createSewing(): (square: Pick<Shown, "text" | "language" | "day" | "country">) => Sewn {
  const kept = new Map<string, Sewn>()
  return ({ text, language, day, country }) => {
    const name = createHash("sha256")
      .update(JSON.stringify([text, language, day, country]))
      .digest("base64url")
    const known = kept.get(name)
    if (known !== undefined) return known
    const tile = tileOf({ text, language, day, country })
    const made = { svg: sewn(tile), palette: tile.palette }
    kept.set(name, made)
    const [oldest] = kept.keys()
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
    return made
  }
}
