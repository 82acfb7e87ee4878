import { post, read } from "../api.ts"

/** What was cut, newest first, and whose turn it is. */
export type Standing = {
  readonly next: { readonly quarter: string; readonly from: string }
  readonly releases: readonly { readonly quarter: string; readonly cutOn: string; readonly counted: number }[]
}

/** A table as it would be published. What is hidden has no number here, either. */
export type PreviewTable = {
  readonly id: string
  readonly title: string
  readonly period: string
  readonly of: number
  readonly rows: readonly { readonly key: string; readonly within: string | null; readonly name: string; readonly count: number | null }[]
}

/** The next release as it would be if it were cut now. */
export type Preview = {
  readonly quarter: string
  readonly counted: number
  /** Reports of that time or before that nobody has coded. */
  readonly uncoded: number
  readonly notNow?: { readonly why: string; readonly from?: string }
  readonly tables: readonly PreviewTable[]
}

export const standing = () => read<Standing>("releases")
export const preview = () => read<Preview>("releases/preview")
/** Cuts it. It can't be undone. */
export const cut = (quarter: string) => post<{ readonly counted: number }>("releases", { quarter })
