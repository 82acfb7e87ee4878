import { join } from "node:path"
import { createApp } from "../../src/app.ts"
import type { Door } from "../../src/bots/http.ts"
import { readConfig } from "../../src/config.ts"
import { createLog } from "../../src/log.ts"
import { createWeb } from "../../src/web/server.ts"
import { contentIn } from "./content.ts"

/**
 * A house to be run as a process of its own and killed: with the content of `HOUSE_CONTENT`, its loops running, and two
 * doors more. Through one a contact is heard as by a provider that repeats what wasn't acknowledged; through the other
 * staff act, without signing in. `HOUSE_CLOCK`: by how many milliseconds its machine takes the time to be later than it is.
 */
const wrong = Number(process.env["HOUSE_CLOCK"] ?? 0)
const RealDate = Date
globalThis.Date = class extends RealDate {
  static override now = () => RealDate.now() + wrong
  constructor(...values: []) {
    super(...(values.length === 0 ? ([RealDate.now() + wrong] as unknown as []) : values))
  }
} as DateConstructor
const log = createLog((line) => process.stdout.write(line))
const config = readConfig(process.env)
const app = await createApp(config, config.databaseUrl ?? "", log, undefined, contentIn(process.env["HOUSE_CONTENT"] ?? ""))

function door(answer: (body: never) => Promise<unknown>): Door {
  return { admits: () => true, answer: async ({ body }) => ({ status: 200, body: JSON.stringify({ answer: await answer(JSON.parse(body.toString("utf8")) as never) }) }) }
}

type Heard = { readonly from: string; readonly text: string; readonly deliveryId: string }
type Act = { readonly does: "claim"; readonly by: readonly [string, string] }
const doors = new Map([
  ...app.doors,
  [
    "POST /hear",
    door(({ from, text, deliveryId }: Heard) => app.receive({ channel: "simulator", address: `sms:${from}`, shape: "sms", deliveryId, heard: { type: "text", text } })),
  ] as const,
  ["POST /act", door(({ does, by }: Act) => app.desk[does](...by))] as const,
])
const server = createWeb({
  doors,
  ready: app.ready,
  metrics: () => log.registry.metrics(),
  metricsToken: undefined,
  simulator: true,
  dist: join(import.meta.dirname, "../../dist"),
  retention: app.retention,
  words: app.words,
  smsPrice: { perSegment: 0.05, currency: "USD" },
  languages: [],
  console: { ...app.console, here: () => "" },
  rejected: (status, path) => log.rejected(status, path),
  failed: (code) => log.loopFailed("request", code),
})
server.listen(config.port, config.host, () => app.begin())
