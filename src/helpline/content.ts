import { readdirSync } from "node:fs"
import { join } from "node:path"
import { z } from "zod"
import { NEEDS } from "../flows/directory.ts"
import { ContentError, names, opening, readContentFile } from "./content-file.ts"
import { language } from "./language.ts"

/** `content/helpline.yaml`: what an organisation decides. */
export type HelplineFile = z.infer<typeof helplineFile>
/** `content/directory/<country>.yaml`. */
export type DirectoryFile = z.infer<typeof directoryFile>
export type DirectoryEntry = DirectoryFile["entries"][number]

/** Reads all content. Throws one error that names every file and key that is wrong. */
export function readContent(folder: string): { readonly helpline: HelplineFile; readonly directory: readonly DirectoryFile[] } {
  const problems: string[] = []
  const read = <T>(path: string, shape: z.ZodType<T>): T | undefined => readContentFile(folder, path, shape, problems)
  const helpline = read("helpline.yaml", helplineFile)
  const files = readdirSync(join(folder, "directory")).filter((name) => name.endsWith(".yaml"))
  const directory = files.sort().flatMap((name) => read(`directory/${name}`, directoryFile) ?? [])
  const seen = new Set<string>()
  for (const { id } of directory.flatMap(({ entries }) => entries)) {
    if (seen.has(id)) problems.push(`content/directory: the id ${id} stands twice`)
    seen.add(id)
  }
  // A file with mistakes may be the one; they are named already.
  if (helpline !== undefined && directory.length === files.length && !directory.some(({ country }) => country === helpline.country)) {
    problems.push(`content/helpline.yaml: country: no directory file for ${helpline.country}`)
  }
  if (problems.length > 0 || helpline === undefined) throw new ContentError(problems)
  return { helpline, directory }
}

const date = z
  .union([z.string(), z.date()])
  .transform((value) => (typeof value === "string" ? value : value.toISOString().slice(0, 10)))
  .pipe(z.iso.date())

const helplineFile = z.strictObject({
  name: z.string().min(1),
  contact: z.string().min(1).max(60),
  country: z.string().length(2),
  languages: z.array(language).min(1),
  sessionMinutes: z
    .number()
    .min(5)
    .max(24 * 60),
  otherChannels: z.array(z.string()),
  retention: z.strictObject({ flowHours: z.number().positive().max(24), deliveryDays: z.number().positive().max(7) }),
  reports: z
    .strictObject({
      /** The one group that a report may be shared with, by its name. */
      shareWith: z.string().min(1).max(60).optional(),
      months: z.number().int().positive().max(12),
      shelveHour: z.number().int().min(0).max(23),
    })
    .default({ months: 12, shelveHour: 4 }),
  smsPricePerSegment: z.number().nonnegative(),
  smsPriceCurrency: z.string().length(3),
})

const entry = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string().min(2).max(60),
  needs: z.array(z.enum(NEEDS)).min(1),
  provinces: z.array(z.string()),
  contacts: z
    .array(
      z.strictObject({
        kind: z.enum(["call", "text", "whatsapp", "telegram", "chat", "email", "web", "app"]),
        dial: z
          .string()
          .min(2)
          .regex(/^[^>]*$/, "a digit to press stands under press"),
        /** What to text to a number. */
        word: z.string().optional(),
        /** What to press once a call is answered. */
        press: z
          .string()
          .regex(/^[\d*#]+$/)
          .optional(),
      }),
    )
    .min(1),
  hours: z.union([z.literal("always"), z.literal("unknown"), opening]),
  languages: z.array(z.string()),
  cost: z.enum(["free", "standard", "unknown"]),
  audience: z.enum(["all", "women", "adults", "minors", "civil-society"]),
  traceOnBill: z.union([z.enum(["no", "yes", "unknown"]), z.boolean().transform((yes) => (yes ? "yes" : "no"))]),
  cautions: z.array(z.string()),
  note: z.enum(["silent-999"]).optional(),
  source: z.union([z.url(), z.literal("unknown")]),
  sourceDated: z.coerce.string(),
  verifiedOn: date,
  mark: z.enum(["operator", "press", "old", "unverified"]),
})

const directoryFile = z.strictObject({
  country: z.union([z.string().length(2), z.literal("international")]),
  names,
  aliases: z.array(z.string()).default([]),
  callingCode: z.string().regex(/^\d+$/).optional(),
  timeZone: z.string().optional(),
  provinces: z.array(z.strictObject({ id: z.string(), names })),
  entries: z.array(entry),
})
