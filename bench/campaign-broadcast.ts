/** Answers alone, then answers beside a broadcast; of whom the broadcast reaches, one in twenty answers. */
import { subscribe, unsubscribe } from "node:diagnostics_channel"
import { setTimeout as sleep } from "node:timers/promises"
import { drawing } from "../src/demo/drawing.ts"
import { countSms } from "../src/locales/sms.ts"
import { setSwitch } from "../src/store/campaign-switch.ts"
import { addressOf, busiest, type BenchChannel, CAMPAIGN, database, enrol, house, load, mib, settings } from "./campaign-house.ts"
import { standIn } from "./stand-in.ts"
import { percentile } from "./statistics.ts"

/** Past the hour and the spread of everybody here. */
const DUE = Date.parse("2026-11-25T05:21:00Z")
/** In every action, and in nothing else. */
const ACTION = "One thing you could do"
const ANSWER = 0.05
/** People answer within ten minutes in life; here within so many seconds, which is harder. */
const WITHIN_MS = 5000
/** Fewer samples say nothing of a p99. */
const FEWEST = 300
const PATIENCE_MS = 20_000

type Round = { readonly channel: BenchChannel; readonly perSecond: number; readonly seconds: number }

export async function broadcast({ channel, perSecond, seconds }: Round): Promise<void> {
  const people = Math.ceil(perSecond * (seconds + 10))
  const provider = await standIn()
  const { folder, url, stop } = await database()
  const start = performance.now()
  const app = await house(settings(folder, provider.root, channel, perSecond), url, () => Math.round(DUE + performance.now() - start))
  const draw = drawing(2)
  const taken: { readonly alone: number[]; readonly beside: number[] } = { alone: [], beside: [] }
  const waiting = new Map<number, number>()
  /** At the provider. */
  const left: number[] = []
  /** When their bytes went to the wire here: what leaves evenly may still arrive in a bunch. */
  const [sent, all]: [number[], number[]] = [[], []]
  const reached = new Map<number, number>()
  const [answered, served] = [new Set<number>(), new Set<number>()]
  let [running, n, segments] = [false, 0, 0]

  const says = (chat: number, text: string) => {
    waiting.set(chat, performance.now())
    return app.receive({ channel, address: addressOf(channel, chat), shape: channel, deliveryId: `bench:${++n}`, heard: { type: "text", text }, language: "en" }).catch(() => {})
  }
  provider.onReply = (chat, body) => {
    if (isAction(body)) {
      left.push(performance.now())
      reached.set(chat, (reached.get(chat) ?? 0) + 1)
      if (draw() < ANSWER) {
        answered.add(chat)
        setTimeout(() => void says(chat, "4"), draw() * WITHIN_MS)
      }
      return
    }
    const asked = waiting.get(chat)
    if (asked === undefined) return
    waiting.delete(chat)
    if (answered.has(chat)) served.add(chat)
    taken[running ? "beside" : "alone"].push(performance.now() - asked)
  }
  const onWire = (message: unknown) => {
    const { request } = message as { readonly request: { readonly path: string; readonly body: unknown } }
    if (!/\/(sendMessage|Messages\.json)$/.test(request.path)) return
    const body = String(request.body)
    if (running && channel === "sms") segments += countSms(new URLSearchParams(body).get("Body") ?? "").segments
    all.push(performance.now())
    if (isAction(body)) sent.push(performance.now())
  }
  subscribe("undici:client:sendHeaders", onWire)
  const talk = async (from: number, forSeconds: number) => {
    const end = performance.now() + forSeconds * 1000
    const everyMs = 1000 / Math.min(perSecond / 4, 50)
    while (performance.now() < end) {
      if (channel === "telegram") void says(from++, "hi")
      await sleep(everyMs * (0.5 + draw()))
    }
  }

  try {
    await enrol(app, { channel, people, laid: DUE - 6 * 3600_000, begins: "2026-11-25", where: () => ["Asia/Karachi", 10] })
    await app.campaigns.layDue()
    await setSwitch(app.store.pool, CAMPAIGN, "paused", new Date())
    app.begin()
    await talk(1_000_000, channel === "sms" ? 1 : 8)
    taken.alone.length = 0
    if (channel === "telegram") await talk(2_000_000, seconds)
    await setSwitch(app.store.pool, CAMPAIGN, "running", new Date())
    await sleep(3000)
    running = true
    segments = 0
    const [began, before, cpu] = [performance.now(), all.length, process.cpuUsage()]
    await talk(3_000_000, seconds)
    const took = (performance.now() - began) / 1000
    const { user, system } = process.cpuUsage(cpu)
    const used = ((channel === "sms" ? segments : all.length - before) / took / perSecond) * 100
    const rss = process.memoryUsage.rss()
    await setSwitch(app.store.pool, CAMPAIGN, "paused", new Date())
    const over = performance.now() + PATIENCE_MS
    while (served.size < answered.size && performance.now() < over) await sleep(100)
    const twice = [...reached.values()].filter((times) => times > 1).length
    console.log(
      `${channel} at ${perSecond} a second for ${seconds} s: ${used.toFixed(1)} % used; of the broadcast in any second at most ${busiest(sent)} left and ${busiest(left)} arrived, with answers ${busiest(all)} left; ` +
        `reached ${reached.size}, twice ${twice}; ${answered.size} of them answered, ${served.size} were served; ${mib(rss)} MiB, ${((user + system) / took / 10_000).toFixed(0)} % of a core with the stand-in; ${load()}`,
    )
    if (channel === "telegram") {
      for (const share of [0.5, 0.95, 0.99]) {
        const [alone, beside] = [percentile(taken.alone, share), percentile(taken.beside, share)]
        console.log(`  answers' p${share * 100}: ${alone.toFixed(1)} ms alone, ${beside.toFixed(1)} ms beside it, ${(beside / alone).toFixed(2)} times`)
      }
      const few = Math.min(taken.alone.length, taken.beside.length) < FEWEST ? `; fewer than ${FEWEST} say little of a p99` : ""
      console.log(`  of ${taken.alone.length} answers alone and ${taken.beside.length} beside it${few}`)
    }
  } finally {
    unsubscribe("undici:client:sendHeaders", onWire)
    await app.close()
    provider.close()
    await stop()
  }
}

const isAction = (body: string) => body.includes(ACTION) || body.includes(ACTION.replaceAll(" ", "+")) || body.includes(encodeURIComponent(ACTION))
