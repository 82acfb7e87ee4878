/**
 * `bench check`: whether each contender does what its numbers stand for. One contact goes three times through the
 * dialogue: once to get to know each other, once with a restart in the middle, and once more. Every text must be
 * answered, and the last two times by the same words.
 */
import { setTimeout as sleep } from "node:timers/promises"
import { type Contender, installPeers, missing, ours, peers, startContender } from "./contenders.ts"
import { texts } from "./load.ts"
import type { Options } from "./options.ts"
import { startPostgres } from "./postgres.ts"
import { table, told } from "./report.ts"

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
        console.error(`${name}: ${told(error)}\n${contender?.process.said() ?? ""}`)
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
  const turns = async (count: number) => {
    const from = replies.length
    for (let n = 0; n < count; n++) {
      const end = load.sent + 1
      await load.closed(1, () => load.sent >= end)
      // A turn counts from its first message on, and a lone contact is next at once: let the others arrive.
      await sleep(100)
    }
    return replies.slice(from).map(({ text }) => text)
  }
  await turns(texts.length)
  const interrupted = await turns(texts.length / 2)
  await contender.restart()
  interrupted.push(...(await turns(texts.length / 2)))
  const steady = await turns(texts.length)
  if (load.failures > 0) throw new Error(`${load.failures} turns failed`)

  const lengths = replies.map(({ text }) => text.length)
  const buttons = replies.map((reply) => reply.buttons)
  return [
    `${replies.length} for ${load.turns} texts`,
    String(new Set(steady).size),
    interrupted.join() === steady.join() ? "yes" : "no",
    `${Math.min(...lengths)}–${Math.max(...lengths)}`,
    `${Math.min(...buttons)}–${Math.max(...buttons)}`,
    String(await load.knock("wrong")),
  ]
}
