import { spawn, type ChildProcess } from "node:child_process"
import { join } from "node:path"

const MAIN = join(import.meta.dirname, "../../src/main.ts")

/** The house as a process of its own, that can be killed. `lines` are what it told. */
export type Running = { readonly child: ChildProcess; readonly url: string; readonly lines: readonly string[] }

/** What a process needs of our environment, and none of the settings in it. */
export function bare(): Readonly<Record<string, string>> {
  return Object.fromEntries(["PATH", "HOME", "NODE_COMPILE_CACHE"].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])))
}

/** Starts the house, or another way into it, and waits until it is ready. */
export async function startHouse(environment: Readonly<Record<string, string>> & { readonly PORT: string }, main = MAIN): Promise<Running> {
  const child = spawn(process.execPath, [main], { env: { ...process.env, NODE_OPTIONS: "", ...environment }, stdio: ["ignore", "pipe", "inherit"] })
  const lines: string[] = []
  let rest = ""
  child.stdout?.setEncoding("utf8").on("data", (chunk: string) => {
    const parts = (rest + chunk).split("\n")
    rest = parts.pop() ?? ""
    lines.push(...parts)
  })
  const url = `http://127.0.0.1:${environment.PORT}`
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`the house didn't open: it ended with ${child.exitCode}`)
    return (await fetch(`${url}/readyz`).catch(() => undefined))?.status === 200
  })
  return { child, url, lines }
}

/** Asks again until it is so: what is waited for is another process, and asking is all there is to do. */
export async function until(done: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 50))
}
