import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { delimiter, join } from "node:path"
import { chromium, type Browser } from "playwright-core"

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
const PLACES = [
  ...["/usr/bin", "/usr/local/bin", "/snap/bin"].flatMap((folder) => NAMES.map((name) => join(folder, name))),
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
]

/** What no test looks at, and what each page that is opened would pay for: a process for the list below the address bar, another one kept in reserve. */
const NEEDLESS = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "SpareRendererForSitePerProcess"]
/** What the driver switches off, as far as it matters here: naming any takes the place of its whole list. */
const UNSETTLING = ["DestroyProfileOnBrowserClose", "HttpsUpgrades", "MediaRouter", "OptimizationHints", "PaintHolding"]

let opened: Promise<Browser> | undefined

/**
 * A real Chromium without a window, one for all test files of a process, which ends with it. A file closes the pages that it
 * opened. Where there is no Chromium and we may, Debian's is installed; otherwise the error says what to do.
 */
export function openBrowser(): Promise<Browser> {
  opened ??= chromium.launch({
    executablePath: installed() ?? install(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", `--disable-features=${[...NEEDLESS, ...UNSETTLING].join()}`],
  })
  return opened
}

/** Closes every page that is open in it, and forgets what it was told there. */
export async function closePages(): Promise<void> {
  for (const context of (await opened)?.contexts() ?? []) await context.close()
}

function installed(): string | undefined {
  const named = process.env["CHROMIUM_PATH"]
  if (named !== undefined && named !== "") {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, and there is no such file.`)
    return named
  }
  const onPath = (process.env["PATH"] ?? "").split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return [...PLACES, ...onPath].find((path) => existsSync(path))
}

function install(): string {
  const wanted =
    "These tests click through pages in a real browser, and none is installed. Install Chromium (Debian, Ubuntu: apt-get install chromium) or Google Chrome, or set CHROMIUM_PATH to the program."
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) throw new Error(wanted)
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" }
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", "chromium"]]) {
    const { status, stderr } = spawnSync("apt-get", ["-o", "DPkg::Lock::Timeout=300", ...args], { env, encoding: "utf8" })
    if (status !== 0) throw new Error(`${wanted}\napt-get ${args[0]} failed: ${stderr.trim().split("\n").at(-1) ?? ""}`)
  }
  const path = installed()
  if (path === undefined) throw new Error(`${wanted}\napt-get installed chromium, but it stands nowhere we look.`)
  return path
}
