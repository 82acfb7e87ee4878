// Makes Prisma's client. Its command line wants to download an engine that generating doesn't use; naming any
// executable in its place keeps everything on this machine.
import { spawnSync } from "node:child_process"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"

const cli = join(dirname(createRequire(import.meta.url).resolve("prisma/package.json")), "build/index.js")
const done = spawnSync(process.execPath, [cli, "generate"], {
  cwd: join(import.meta.dirname, ".."),
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1", CHECKPOINT_DISABLE: "1" },
  encoding: "utf8",
})
if (done.status !== 0) {
  console.error(done.stdout, done.stderr)
  process.exit(done.status ?? 1)
}
