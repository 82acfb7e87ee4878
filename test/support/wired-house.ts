import { registerHooks } from "node:module"
import type { Role } from "../../src/helpline/desk-view.ts"
import { newStaff } from "./desk.ts"
import { answers } from "./parent.ts"

/**
 * A house to be run as a process of its own, by whoever starts it: told of each word that is heard and of each act, its
 * loops turned and its clock set by hand (`HOUSE_AT` to begin with). What it sends goes through the air of its parent.
 */
registerHooks({
  resolve: (specifier, context, next) => next(specifier === "./bots/simulator.ts" ? import.meta.resolve("./simulator-on-air.ts") : specifier, context),
})
const { createApp } = await import("../../src/app.ts")
const { readConfig } = await import("../../src/config.ts")
const { fireTimers } = await import("../../src/helpline/loops.ts")
const { contentIn } = await import("./content.ts")
const { createLog } = await import("../../src/log.ts")
const { reap } = await import("../../src/store/outbox.ts")

let ahead = Number(process.env["HOUSE_AT"]) - Date.now()
const now = () => Date.now() + ahead
const lines: string[] = []
const log = createLog((line) => lines.push(line))
const config = readConfig(process.env)
const app = await createApp(config, config.databaseUrl ?? "", log, now, contentIn(process.env["HOUSE_CONTENT"] ?? ""))
const { store, delivery, desk } = app

// Each statement of a transaction comes a moment late, now and then: so that what can come in between does.
store.pool.on("connect", (client) => {
  const real = client.query.bind(client) as (...values: unknown[]) => unknown
  const late = async (...values: unknown[]) => {
    if (Math.random() < 0.5) await new Promise((resolve) => setTimeout(resolve, Math.random() * 4))
    return real(...values)
  }
  // The pool's own statements stand alone, and tell a function.
  Object.assign(client, { query: (...values: unknown[]) => (typeof values.at(-1) === "function" ? real(...values) : late(...values)) })
})

for (const [does, act] of Object.entries(desk)) answers[`desk.${does}`] = act
Object.assign(answers, {
  hire: (...person: [alias: string, roles: readonly Role[], cap: number]) => newStaff({ app }, ...person),
  receive: app.receive,
  name: () => app.lease.name(),
  sent: () => delivery.idle(),
  fatesKnown: () => app.fates.idle(),
  reap: () => reap(store.pool),
  advance: (ms: number) => void (ahead += ms),
  complaints: () => lines.filter((line) => /loop-failed|turn-parked|unreadable/.test(line)),
  async settle() {
    await fireTimers(store, app.cover, app.receive, new Date(now()))
    await app.idle()
    await desk.turn()
    await app.idle()
    await app.lease.renew()
    do await delivery.idle()
    while ((await delivery.deliverDue()) > 0)
    await delivery.idle()
  },
  close: () => app.close(),
})
process.on("disconnect", () => process.exit())
process.send?.({ n: 0, answer: "open" })
