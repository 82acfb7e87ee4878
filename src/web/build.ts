import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/** Where the built browser apps stand. */
export const DIST = join(import.meta.dirname, "../../dist")

/** The browser apps: where each stands below this folder, with an index.html. */
const APPS = { simulator: "simulator", console: "console/app" }

/** What the browser apps take from other rooms. */
const BORROWED = [join(import.meta.dirname, "../locales/sms.ts")]

/** Builds the browser apps whose sources have changed since they were last built. The builder is loaded only then. */
export async function buildBrowserApps(): Promise<void> {
  for (const [name, folder] of Object.entries(APPS)) {
    const source = join(import.meta.dirname, folder)
    const stamp = join(DIST, name, ".sources")
    const now = fingerprint(source)
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === now) continue
    const { build } = await import("vite")
    await build({
      root: source,
      base: `/${name}/`,
      logLevel: "warn",
      configFile: false,
      build: { outDir: join(DIST, name), emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
      oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    })
    writeFileSync(stamp, now)
  }
  const style = join(import.meta.dirname, "style.css")
  mkdirSync(join(DIST, "pages"), { recursive: true })
  writeFileSync(join(DIST, "pages/style.css"), readFileSync(style))
}

function fingerprint(folder: string): string {
  const hash = createHash("sha256")
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }).sort((a, b) => join(a.parentPath, a.name).localeCompare(join(b.parentPath, b.name)))) {
    if (entry.isFile()) hash.update(entry.name).update(readFileSync(join(entry.parentPath, entry.name)))
  }
  for (const file of BORROWED) hash.update(readFileSync(file))
  return hash.digest("hex")
}
