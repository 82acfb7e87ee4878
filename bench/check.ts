/**
 * `bench check`: whether each contender does what its numbers stand for. One contact goes twice through the dialogue,
 * the first time with a restart in the middle; every text must be answered, and by the same words both times.
 */
import { type Contender, installPeers, missing, ours, peers, startContender } from "./contenders.ts"
import { texts } from "./load.ts"
import type { Options } from "./options.ts"
import { startPostgres } from "./postgres.ts"
import { table } from "./report.ts"

export async function check(options: Options): Promise<void> {
  installPeers()
  const postgres = await startPostgres()
  const rows: string[][] = []
  try {
    for (const name of [ours, ...peers].filter((each) => options.only?.includes(each) ?? true)) {
      const why = missing(name, options.hamraaz)
      if (why !== undefined) {
        console.log(`${name}: left out, ${why}`)
        continue
      }
      let contender: Contender | undefined
      try {
        contender = await startContender(name, await postgres.create(name), { ...options, contacts: 1 })
        rows.push([name, ...(await look(contender))])
      } catch (error) {
        process.exitCode = 1
        console.error(`${name}: ${error instanceof Error ? error.message : error}\n${contender?.process.said() ?? ""}`)
      } finally {
        await contender?.stop()
      }
    }
  } finally {
    await postgres.stop()
  }
  console.log(`\n${table(["", "replies", "different", "same after restart", "characters", "buttons", "wrong secret"], rows)}`)
}

async function look(contender: Contender): Promise<string[]> {
  const { load, standIn } = contender
  const replies: { text: string; buttons: number }[] = []
  const count = standIn.onReply
  standIn.onReply = (chat, body) => {
    const { text, reply_markup } = JSON.parse(Buffer.from(body, "latin1").toString())
    replies.push({ text, buttons: reply_markup?.inline_keyboard?.flat().length ?? 0 })
    count(chat, body)
  }
  const round = async (turns: number) => {
    const from = replies.length
    const end = load.sent + turns
    await load.closed(1, () => load.sent >= end)
    return replies.slice(from).map(({ text }) => text)
  }
  const first = await round(texts.length / 2)
  await contender.restart()
  first.push(...(await round(texts.length / 2)))
  const second = await round(texts.length)
  if (load.failures > 0) throw new Error(`${load.failures} turns failed`)

  const lengths = replies.map(({ text }) => text.length)
  const buttons = replies.map((reply) => reply.buttons)
  return [
    `${replies.length} for ${load.turns} texts`,
    String(new Set(first).size),
    first.join() === second.join() ? "yes" : "no",
    `${Math.min(...lengths)}–${Math.max(...lengths)}`,
    `${Math.min(...buttons)}–${Math.max(...buttons)}`,
    String(await load.knock("wrong")),
  ]
}
