import { randomUUID } from "node:crypto"
import type { Filing } from "../flows/report-shapes.ts"
import { LONGEST, seal } from "../vault/seal.ts"
import type { Sealed, SealedAddition } from "./report-view.ts"
import type { Entry } from "./reports-intake.ts"
import type { BareKeyhole } from "./reports-proof.ts"

/** A key that is sealed to now. */
export type ActiveKey = { readonly id: string; readonly recipient: string }

/** Room for everything but her own words in a report. */
const BESIDES = 2048

/**
 * Makes entries of what was filed: her words sealed to each key, the rest to be covered with the server's own. Words that
 * are longer than fits go along as additions, so that none is lost and no length stands out. Throws when there is nobody to
 * seal to; then nothing of it may land.
 */
export async function sealFiling(
  filing: Filing,
  { keys, month, taxonomy, bare }: { readonly keys: readonly ActiveKey[]; readonly month: string; readonly taxonomy: number; readonly bare: (code: string) => BareKeyhole },
): Promise<readonly Entry[]> {
  const ids = keys.map(({ id }) => id)
  const recipients = keys.map(({ recipient }) => recipient)
  const additions = async (ref: string, parts: readonly (readonly string[])[]): Promise<readonly Entry[]> =>
    Promise.all(
      parts.map(async (words) => {
        const added: SealedAddition = { words, month }
        return { kind: "addition" as const, ref, n: 0, month, sealed: await seal(JSON.stringify(added), recipients), keys: ids }
      }),
    )
  switch (filing.type) {
    case "report": {
      const { report, consents, code } = filing
      const [words = [], ...rest] = portions(report.words)
      const whole: Sealed = { ...report, words, consents, month, taxonomy }
      const id = randomUUID()
      const sealed = await seal(JSON.stringify(whole), recipients)
      const hole = code === undefined || !consents.keep ? undefined : bare(code)
      return [{ kind: "report", id, month, sealed, keys: ids, consents, ...(hole && { keyhole: hole }) }, ...(await additions(id, rest))]
    }
    case "addition":
      return additions(filing.ref, portions(filing.words))
    case "consents":
      return [{ kind: "consents", ref: filing.ref, consents: filing.consents }]
    case "withdrawal":
      return [{ kind: "withdrawal", ref: filing.ref }]
    case "story":
      return [{ kind: "story", ref: filing.ref, story: filing.story, agrees: filing.agrees }]
    case "seen":
      return [{ kind: "seen", ref: filing.ref, answer: filing.answer, story: filing.story }]
    default:
      return filing satisfies never
  }
}

/** Whether a filing can wait for no key: what isn't sealed can always be taken. */
export function needsKey({ type }: Filing): boolean {
  return type === "report" || type === "addition"
}

/** Words in portions that each fit into a sealed text of ordinary length. */
export function portions(words: readonly string[], most: number = LONGEST - BESIDES): readonly (readonly string[])[] {
  const all: string[][] = []
  let room = 0
  for (const piece of words.flatMap((one) => pieces(one, most))) {
    const length = sizeOf(piece)
    if (length > room) {
      all.push([])
      room = most
    }
    all.at(-1)?.push(piece)
    room -= length
  }
  return all
}

/** What a text takes in JSON, with quotes and comma. */
function sizeOf(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) + 1
}

function pieces(text: string, most: number): readonly string[] {
  if (sizeOf(text) <= most) return [text]
  // Halved between two signs, never inside one.
  const signs = [...text]
  const half = Math.ceil(signs.length / 2)
  return [...pieces(signs.slice(0, half).join(""), most), ...pieces(signs.slice(half).join(""), most)]
}
