import { readFileSync } from "node:fs"
import { join } from "node:path"
import { parse } from "yaml"
import { z } from "zod"

/** Reads one file of `content`. What is wrong is added to the problems, each with its file and key; nothing is thrown. */
export function readContentFile<T>(folder: string, path: string, shape: z.ZodType<T>, problems: string[]): T | undefined {
  const read = parsedFile(folder, path)
  if ("problem" in read) {
    problems.push(read.problem)
    return undefined
  }
  const parsed = shape.safeParse(read.value)
  if (parsed.success) return parsed.data
  problems.push(...parsed.error.issues.map((issue) => problemOf(path, issue)))
  return undefined
}

/** The value that stands in a file of `content`, or in one sentence why there is none. */
export function parsedFile(folder: string, path: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: parse(readFileSync(join(folder, path), "utf8")) as unknown }
  } catch (cause) {
    return { problem: `content/${path}: ${(cause as Error).message.split("\n")[0]}` }
  }
}

/** What is wrong with a key of a file of `content`, in one sentence. */
export function problemOf(path: string, { path: keys, message }: Pick<z.core.$ZodIssue, "path" | "message">): string {
  return [`content/${path}`, ...(keys.length === 0 ? [] : [keys.join(".")]), message].join(": ")
}

/** Content that can't be used; `problems` names each file and key. */
export class ContentError extends Error {
  override name = "ContentError"
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`the content has ${problems.length} problem(s)`)
    this.problems = problems
  }
}

/** How each language writes a name. */
export const names = z.object({ en: z.string(), ur: z.string(), "ur-Latn": z.string(), es: z.string(), fr: z.string() })

const day = z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
const clock = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/)

/** The hours of somebody who isn't always there. */
export const opening = z.array(z.strictObject({ days: z.array(day).min(1), from: clock, to: clock })).min(1)
