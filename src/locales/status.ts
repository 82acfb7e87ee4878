import { LIST_FILES, type LocaleFiles } from "./texts.ts"

/** How far a language is: each file's review mark, where it has one, and how much it holds. Reviewed is only what is reviewed in every file. */
export type Status = {
  readonly review: "reviewed" | "draft"
  readonly files: Readonly<Record<string, FileStatus>>
}

type FileStatus = { readonly review: "reviewed" | "draft" | undefined; readonly texts: number }

export function statusOf(files: LocaleFiles): Status {
  const each = Object.fromEntries(
    Object.entries(files).map(([name, file]): [string, FileStatus] => {
      // A bare list of examples has no mark: it is counted and not reviewed.
      if (Array.isArray(file)) return [name, { review: undefined, texts: file.length }]
      const { $review, ...texts } = file
      return [name, { review: $review === "reviewed" ? "reviewed" : "draft", texts: count(texts, LIST_FILES.has(name)) }]
    }),
  )
  return { review: Object.values(each).every(({ review }) => review !== "draft") ? "reviewed" : "draft", files: each }
}

// In a file of lists every entry counts, in the others every text.
function count(value: unknown, lists: boolean): number {
  if (Array.isArray(value)) return lists ? value.length : 0
  if (typeof value === "object" && value !== null) return Object.values(value).reduce<number>((sum, inner) => sum + count(inner, lists), 0)
  return typeof value === "string" && !lists ? 1 : 0
}
