import { readdirSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { LANGUAGES, type Language } from "../locales/texts.ts"
import { ContentError, readContentFile } from "./content-file.ts"
import type { Canned } from "./desk-view.ts"

/** The prepared replies of each language, in their file's order. */
export type CannedReplies = Readonly<Record<Language, readonly Canned[]>>

/** The longest prepared reply: what two SMS segments hold, roughly. */
export const CANNED_LENGTH = 300

/**
 * Reads `content/canned/<language>.yaml`. A language without a file has the English ones; English must be there. Throws one
 * error that names every file and key that is wrong.
 */
export function readCanned(folder: string): CannedReplies {
  const problems: string[] = []
  const files = filesIn(folder)
  const known = new Map<string, Language>(LANGUAGES.map((language) => [`${language}.yaml`, language]))
  const read = new Map(
    files.flatMap((name) => {
      const language = known.get(name)
      const path = `canned/${name}`
      if (language === undefined) {
        problems.push(`content/${path}: there are no texts in that language`)
        return []
      }
      const file = readContentFile(folder, path, cannedFile, problems)
      if (file === undefined) return []
      const ids = file.replies.map(({ id }) => id)
      for (const id of new Set(ids.filter((one, place) => ids.indexOf(one) !== place))) problems.push(`content/${path}: the id ${id} stands twice`)
      return [[language, file.replies] as const]
    }),
  )
  if (!files.includes("en.yaml")) problems.push("content/canned/en.yaml: is missing")
  const english = read.get("en")
  if (problems.length > 0 || english === undefined) throw new ContentError(problems)
  const own = (language: Language) => read.get(language) ?? english
  return { en: english, ur: own("ur"), "ur-Latn": own("ur-Latn"), es: own("es"), fr: own("fr") }
}

const cannedFile = z.strictObject({
  /** "reviewed" once a native speaker who knows this work has read every line. */
  review: z.enum(["draft", "reviewed"]),
  replies: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
        title: z.string().trim().min(1).max(60),
        text: z.string().trim().min(1).max(CANNED_LENGTH),
      }),
    )
    .min(1),
})

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(join(folder, "canned"))
      .filter((name) => name.endsWith(".yaml"))
      .sort()
  } catch {
    // A folder that isn't there lacks the English file, and that is what is said.
    return []
  }
}
