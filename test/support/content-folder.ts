import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach } from "vitest"
import { CONTENT } from "../../src/app.ts"
import { ContentError } from "../../src/helpline/content-file.ts"

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A copy of the real content in which some files read differently, or are gone (`undefined`). It ends with the test. */
export function contentFolder(changes: Readonly<Record<string, ((text: string) => string) | undefined>>): string {
  const folder = mkdtempSync(join(tmpdir(), "hamraaz-content-"))
  folders.push(folder)
  cpSync(CONTENT, folder, { recursive: true })
  for (const [name, change] of Object.entries(changes)) {
    const before = readFileSync(join(CONTENT, name), "utf8")
    const after = change?.(before)
    if (after === before) throw new Error(`nothing was planted in ${name}`)
    if (after === undefined) rmSync(join(folder, name))
    else writeFileSync(join(folder, name), after)
  }
  return folder
}

/** What a reading says is wrong; nothing when it goes through. */
export function problemsIn(read: () => unknown): readonly string[] {
  try {
    read()
  } catch (cause) {
    if (cause instanceof ContentError) return cause.problems
    throw cause
  }
  return []
}
