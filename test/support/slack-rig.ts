import { randomUUID } from "node:crypto"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { createSlack, type SlackParts } from "../../src/bots/slack.ts"
import { createSlackLinks } from "../../src/helpline/slack-links.ts"
import { createSlackShelf } from "../../src/helpline/slack-shelf.ts"
import { createLog } from "../../src/log.ts"
import { writeDown } from "../../src/store/audit.ts"
import { openStore } from "../../src/store/pool.ts"
import { publicWords } from "../../src/helpline/public-words.ts"
import { createTexts } from "../../src/locales/texts.ts"
import { createWeb } from "../../src/web/server.ts"
import { freshDatabase } from "./database.ts"
import { APP_TOKEN, BOT_TOKEN, openSlackStandIn, ROOM, SIGNING_SECRET, type Standing } from "./slack.ts"
import { bring } from "./slack-door.ts"
import { FakeDesk } from "./slack-desk.ts"

export const PUBLIC_URL = "https://helpline.example"
export const DAYS = 7

/** One for all tests of a file, emptied for each: making one takes longer than most tests. It goes with the run. */
let database: ReturnType<typeof freshDatabase> | undefined

export type Rig = Awaited<ReturnType<typeof openRig>>

type RigOptions = { readonly socket?: boolean; readonly language?: "en" | "ur" }

/** Slack as a stand-in, a desk that remembers, a real database, and between them the part under test, its loop turned by hand. Waiting costs no time: it moves the clock. */
export async function openRig(mode: "pointers" | "relay", { socket = false, language = "en" }: RigOptions = {}) {
  const { url: databaseUrl } = await (database ??= freshDatabase())
  const store = openStore(databaseUrl, () => {})
  await store.prisma.$executeRaw`truncate slack_card, slack_invitation, slack_turn, staff, audit cascade`
  let ahead = 0
  const now = () => Date.now() + ahead
  const elapsed = () => performance.now() + ahead
  const stand = await openSlackStandIn(now)
  const desk = new FakeDesk(now)
  const lines: string[] = []
  const log = createLog((line) => lines.push(line))
  const links = createSlackLinks({ store, staff: { writes: (deed) => writeDown(store, new Date(now()), deed) }, now })
  const settings = {
    botToken: BOT_TOKEN,
    signingSecret: socket ? undefined : SIGNING_SECRET,
    appToken: socket ? APP_TOKEN : undefined,
    room: ROOM,
    apiRoot: stand.apiRoot,
    mode,
    language,
  }
  const open = (more: Partial<SlackParts> = {}) =>
    createSlack({
      settings,
      desk: desk.service,
      links,
      shelf: createSlackShelf(store),
      log,
      publicUrl: PUBLIC_URL,
      transcriptDays: DAYS,
      now,
      elapsed,
      pause: async (ms) => {
        ahead += ms
      },
      ...more,
    })
  const slack = open()
  const none = async () => ""
  const web = createWeb({
    doors: slack.doors,
    ready: async () => true,
    metrics: none,
    metricsToken: undefined,
    simulator: false,
    dist: join(import.meta.dirname, "../../dist"),
    retention: { flowHours: 24, deliveryDays: 7, transcriptDays: 7, caseMonths: 12, reportMonths: 12 },
    words: (language) => publicWords(createTexts({}), language),
    smsPrice: { perSegment: 0, currency: "USD" },
    languages: [],
    rejected: (status, door) => log.rejected(status, door),
    failed: (code) => log.loopFailed("web", code),
  })
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve))
  const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}`
  const others: ReturnType<typeof open>[] = []

  const rig = {
    stand,
    desk,
    store,
    links,
    lines: lines as readonly string[],
    url,
    slack,
    now,
    advance: (ms: number) => (ahead += ms),
    /** A second process of the same house. */
    another(more: Partial<SlackParts> = {}) {
      const other = open(more)
      others.push(other)
      return other
    },
    /** Turns the loop until there is nothing left to do. */
    async settle(which = slack): Promise<void> {
      for (let turns = 0; turns < 100; turns++) if ((await which.step()).waitMs > 0) return
      throw new Error("it never comes to rest")
    },
    bring: (body: object | string, more: Omit<Parameters<typeof bring>[2], "at"> & { readonly at?: number } = {}) => bring(url, body, { at: now(), ...more }),
    /** Somebody presses a button, and all that follows from it is done. */
    async press(slackUser: string, message: Standing, action: string): Promise<void> {
      await bring(url, stand.presses(slackUser, message, action), { at: now() })
      await slack.idle()
      await rig.settle()
    },
    /** Somebody of staff whose account of Slack is connected. */
    async hire(alias: string, roles: readonly string[] = ["counsellor"]) {
      const id = randomUUID()
      const slackUser = `U${alias.toUpperCase()}`
      await store.prisma.staff.create({ data: { id, userName: alias.toLowerCase(), alias, roles: [...roles] } })
      desk.aliases.set(id, alias)
      await links.connect(id, await links.invite(slackUser, alias))
      return { id, slackUser }
    },
    card(): Standing {
      const [card, more] = stand.room()
      if (card === undefined || more !== undefined) throw new Error("there should be one card")
      return card
    },
    /** A chat that this person has taken, its thread standing, live or not. */
    async taken({ id: staff, slackUser }: { readonly id: string; readonly slackUser: string }, live = false) {
      const id = desk.asks()
      desk.says(id, "salaam")
      await rig.settle()
      await desk.service.claim(staff, id)
      await rig.settle()
      const card = rig.card()
      if (live) await rig.press(slackUser, rig.top(), "hamraaz-live")
      return { id, thread: card.ts }
    },
    /** What stands at the top of the one thread. */
    top: (): Standing => stand.thread(rig.card().ts).find(({ blocks }) => blocks[0]?.block_id?.endsWith(":0:0")) as Standing,
    async close(): Promise<void> {
      await Promise.all([slack, ...others].map((one) => one.close()))
      await new Promise((resolve) => web.close(resolve))
      await stand.close()
      await store.close()
    },
  }
  return rig
}
