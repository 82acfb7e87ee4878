import { execFile } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { afterAll, expect } from "vitest"
import { bare } from "./running.ts"

/** Where the house stands. */
export const HOUSE = resolve(import.meta.dirname, "../..")
const folders: string[] = []
/** A folder that goes with the test file. */
export const folder = () => {
  const made = mkdtempSync(join(tmpdir(), "hamraaz-cli-"))
  folders.push(made)
  return made
}
afterAll(() => {
  for (const one of folders) rmSync(one, { recursive: true, force: true })
})

type Ran = { readonly code: number; readonly out: string; readonly complaints: string }

/** Runs a command as an operator does. Whatever happens, no stack trace comes out. */
export function helpline(command: string, settings: Readonly<Record<string, string>> = {}, house = HOUSE): Promise<Ran> {
  const words = command.split(" ").filter((word) => word !== "")
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(house, "src/cli.ts"), ...words],
      { env: { ...bare(), DATA_DIR: join(tmpdir(), "hamraaz-nowhere"), ...settings } },
      (error, out, complaints) => {
        expect(out + complaints).not.toMatch(/^\s+at .*:\d+/m)
        resolve({ code: error === null ? 0 : Number(error.code), out, complaints })
      },
    )
  })
}
