import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/** Where the built browser apps stand. */
export const DIST = join(import.meta.dirname, "../../dist")

/** The browser apps: where each stands below this folder. Their pages are one, `shared/page.html`. */
const APPS = { simulator: "simulator", console: "console/app" }
const SHARED = join(import.meta.dirname, "shared")

/** The parts of the style of public numbers, in the order in which they have the last word. */
const NUMBERS_STYLE = ["tokens", "page", "tables", "map", "stories", "narrow", "print"]

/** The same for the quilt and what else campaigns show. */
const QUILT_STYLE = ["cloth", "words", "narrow"]

/** The fingerprint of the sources that an app was built of. */
const STAMP = ".sources"

/** What the browser apps take from other rooms. */
const BORROWED = ["sms.ts", "lint-preview.ts"].map((file) => join(import.meta.dirname, "../locales", file))

/** Builds the browser apps whose sources have changed since they were last built. The builder is loaded only then. */
export async function buildBrowserApps(): Promise<void> {
  for (const [name, folder] of Object.entries(APPS)) {
    const source = join(import.meta.dirname, folder)
    const now = fingerprint(source)
    if (isBuilt(name, now)) continue
    const { build } = await import("vite")
    // Beside its place first: several processes may build at once, and one may already be serving.
    const fresh = join(DIST, `.${name}-${process.pid}`)
    await build({
      root: source,
      base: `/${name}/`,
      logLevel: "warn",
      configFile: false,
      plugins: [pageOf(name, source)],
      build: { outDir: fresh, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
      oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    })
    writeFileSync(join(fresh, STAMP), now)
    if (!isBuilt(name, now)) {
      rmSync(join(DIST, name), { recursive: true, force: true })
      renameSync(fresh, join(DIST, name))
    }
    rmSync(fresh, { recursive: true, force: true })
  }
  mkdirSync(join(DIST, "pages"), { recursive: true })
  writeFileSync(join(DIST, "pages/style.css"), readFileSync(join(import.meta.dirname, "style.css")))
  const whole = (room: string, parts: readonly string[]) => parts.map((part) => readFileSync(join(import.meta.dirname, `${room}/style/${part}.css`), "utf8")).join("")
  writeFileSync(join(DIST, "pages/numbers.css"), whole("numbers", NUMBERS_STYLE))
  writeFileSync(join(DIST, "pages/quilt.css"), whole("campaigns", QUILT_STYLE))
}

/** Gives an app its page, as if it stood in its folder. */
function pageOf(name: string, source: string) {
  const page = join(source, "index.html")
  const title = name.charAt(0).toUpperCase() + name.slice(1)
  return {
    name: "page",
    resolveId: (id: string) => (id === page ? page : undefined),
    load: (id: string) => (id === page ? readFileSync(join(SHARED, "page.html"), "utf8").replaceAll("{title}", title).replaceAll("{name}", name) : undefined),
  }
}

function isBuilt(name: string, now: string): boolean {
  const stamp = join(DIST, name, STAMP)
  return existsSync(stamp) && readFileSync(stamp, "utf8") === now
}

function fingerprint(folder: string): string {
  const hash = createHash("sha256")
  for (const place of [folder, SHARED]) {
    for (const entry of readdirSync(place, { recursive: true, withFileTypes: true }).sort((a, b) => join(a.parentPath, a.name).localeCompare(join(b.parentPath, b.name)))) {
      if (entry.isFile()) hash.update(entry.name).update(readFileSync(join(entry.parentPath, entry.name)))
    }
  }
  for (const file of [...BORROWED, import.meta.filename]) hash.update(readFileSync(file))
  return hash.digest("hex")
}
