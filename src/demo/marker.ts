import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/** Whoever works at a demonstration: nothing of it is secret. */
export type Account = {
  readonly userName: string
  readonly alias: string
  readonly roles: readonly string[]
  readonly password: string
  readonly secret: string
  /** What opens reports, as it would stand on an officer's paper. */
  readonly key?: string | undefined
}

/** What stands in a demonstration's folder and makes it one. Without accounts it was never finished. */
export type Demonstration = { readonly accounts: readonly Account[] }

const MARKER = "demonstration.json"

/** Whether a data folder holds a demonstration: nothing in it is real, and nothing real may use it. */
export function isDemonstration(folder: string): boolean {
  return existsSync(join(folder, MARKER))
}

/** What a folder holds: a demonstration, nothing yet, or something that must not be touched. */
export function lookInto(folder: string): Demonstration | "empty" | "real" {
  if (isDemonstration(folder)) return JSON.parse(readFileSync(join(folder, MARKER), "utf8")) as Demonstration
  return !existsSync(folder) || readdirSync(folder).length === 0 ? "empty" : "real"
}

/** Makes a folder a demonstration's, before anything else is in it. */
export function mark(folder: string, demonstration: Demonstration): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(join(folder, MARKER), `${JSON.stringify(demonstration, null, 2)}\n`, { mode: 0o600 })
}
