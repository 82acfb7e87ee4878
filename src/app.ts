import { createHmac } from "node:crypto"
import { join } from "node:path"
import type { Door } from "./bots/http.ts"
import { closeConnections } from "./bots/http.ts"
import { simulatorChannel, simulatorGet, simulatorPost } from "./bots/simulator.ts"
import { setTelegramWebhook, telegramChannel, telegramDoor, telegramPolling } from "./bots/telegram.ts"
import type { Config } from "./config.ts"
import { createFlows } from "./flows/conversation.ts"
import { plain } from "./flows/directory.ts"
import { createNotNow } from "./flows/not-now.ts"
import { createAnswers } from "./flows/options.ts"
import { createSafetyReader } from "./flows/safety-words.ts"
import type { Channel } from "./helpline/channel.ts"
import { readContent } from "./helpline/content.ts"
import { createAttempt } from "./helpline/attempt.ts"
import { createDelivery, type Delivery } from "./helpline/deliver.ts"
import { createFates } from "./helpline/fates.ts"
import { createListing, directoryOf, placeNames } from "./helpline/listing.ts"
import { createLease } from "./helpline/lease.ts"
import { startLoops } from "./helpline/loops.ts"
import { createPhone } from "./helpline/phone.ts"
import { createReceive } from "./helpline/receive.ts"
import type { DeskService } from "./helpline/desk-view.ts"
import { createSlackLinks } from "./helpline/slack-links.ts"
import { createSlackShelf } from "./helpline/slack-shelf.ts"
import { createStaff, type Staff } from "./helpline/staff.ts"
import { openUnderstanding } from "./helpline/understanding.ts"
import { createTexts, LANGUAGES } from "./locales/texts.ts"
import { readWords } from "./locales/words.ts"
import type { Log } from "./log.ts"
import { accountsAdapter } from "./store/accounts.ts"
import { reap, release, reported } from "./store/outbox.ts"
import { openStore, type Store } from "./store/pool.ts"
import { answers, type Ages } from "./store/shelves.ts"
import { createCover, keyringAt, type Keyring } from "./vault/cover.ts"
import type { Accounts } from "./web/accounts.ts"
import { slackRoutes } from "./web/console/slack-routes.ts"

/** Where an organisation's content stands. */
export const CONTENT = join(import.meta.dirname, "../content")

/** Where built things stand: browser apps, the learned model. */
export const BUILT = join(import.meta.dirname, "../dist")

/** The whole house, built and running. */
export type App = Awaited<ReturnType<typeof createApp>>

/** Builds everything from a Config and a database that is migrated. It knows every room; no room knows it. */
export async function createApp(config: Config, databaseUrl: string, log: Log, now: () => number = Date.now) {
  const { helpline, directory } = readContent(CONTENT)
  const texts = createTexts(placeNames(directory))
  const keyring = keyringAt(config.keyringFile, true)
  const cover = createCover(keyring)
  const store = openStore(databaseUrl, log.storeBroken)
  const flows = createFlows({ ...flowContent(texts), directory: directoryOf(directory), ...organisationOf(helpline) })

  const fates = createFates({ store, log })
  let delivery: Delivery | undefined
  const elapsed = () => performance.now()
  const lease = createLease({ store, elapsed, lost: async (name) => delivery?.drop(name) })
  const { receive, idle } = createReceive({
    store,
    cover,
    flows,
    log,
    lease,
    now,
    fates,
    leave: (rows) => delivery?.accept(rows),
    hush: (id, before) => delivery?.hush(id, before),
  })

  const phone = createPhone(store, cover)
  const doors = new Map<string, Door>()
  const channels: Channel[] = []
  let polling: ReturnType<typeof telegramPolling> | undefined
  if (config.simulator) {
    channels.push(simulatorChannel(phone))
    doors.set("POST /simulator/messages", simulatorPost({ receive }))
    doors.set("GET /simulator/messages", simulatorGet({ phone }))
  }
  if (config.telegram !== undefined) {
    channels.push(telegramChannel(config.telegram))
    const parts = { settings: config.telegram, receive, log }
    if (config.publicUrl === undefined) polling = telegramPolling(parts)
    else doors.set("POST /telegram", telegramDoor(parts))
  }
  if (config.twilio !== undefined && config.publicUrl !== undefined) {
    // Twilio's library is large: a house without it starts a second sooner.
    const { twilioChannels, twilioMessageDoor, twilioStatusDoor } = await import("./bots/twilio.ts")
    const parts = { settings: config.twilio, publicUrl: config.publicUrl, log }
    channels.push(...twilioChannels(parts))
    doors.set("POST /twilio/message", twilioMessageDoor({ ...parts, receive }))
    doors.set("POST /twilio/status", twilioStatusDoor({ ...parts, receive, report: (id, report) => reported(store.pool, id, report) }))
  }
  const attempt = createAttempt({ store, texts, listing: createListing(directory, texts), log, now, elapsed, receive, validMs: helpline.sessionMinutes * 60_000 })
  const sending = createDelivery({ store, cover, channels, log, lease, fates, attempt, elapsed, cutOff: closeConnections })
  delivery = sending
  await lease.renew()
  await reap(store.pool)

  const staff = createStaff({ store, cover, now, slowed: log.signInSlowed })
  let accounts: Promise<Accounts> | undefined
  // The library behind it takes longer to load than all of the rest: a start doesn't wait for it, the first person of staff does.
  const openAccounts = async () => {
    const { createAccounts } = await import("./web/accounts.ts")
    return createAccounts({ adapter: await accountsAdapter(store), secret: accountsSecret(keyring), publicUrl: config.publicUrl, staff, now })
  }

  const ages = agesOf(helpline)
  let loops: ReturnType<typeof startLoops> | undefined
  let polled: Promise<void> | undefined

  return {
    doors,
    flows,
    texts,
    store,
    cover,
    receive,
    /** When every turn that came is taken. */
    idle,
    delivery: sending,
    fates,
    lease,
    helpline,
    staff,
    /** What the console is made of. */
    console: { staff, accounts: () => (accounts ??= openAccounts()), deskRoutes: [], publicUrl: config.publicUrl },
    /** 200 at /readyz: PostgreSQL answers, and webhooks are taken or polling runs. */
    ready: async () => (polling === undefined || polling.running()) && (await answers(store.pool)),
    /** Starts the loops and the channels that have to be told where we are. */
    begin() {
      loops = startLoops({ store, cover, receive, delivery: sending, log, lease, now, ages })
      if (polling !== undefined) polled = polling.begin()
      else if (config.telegram !== undefined && config.publicUrl !== undefined) void setTelegramWebhook(config.telegram, config.publicUrl, log)
    },
    /** Finishes the turn in hand and what is under way, and leaves the rest to whoever comes next. */
    async close() {
      polling?.close()
      await loops?.close()
      await idle()
      await sending.close()
      await polled
      await release(store.pool, lease.name())
      await closeConnections()
      await store.close()
    },
  }
}

/** Counsellors in Slack, and the routes by which staff connect their accounts there. Slack's own library isn't loaded by this. */
export async function openSlack({
  settings,
  desk,
  staff,
  store,
  log,
  publicUrl,
  transcriptDays,
  now = Date.now,
}: {
  readonly settings: NonNullable<Config["slack"]>
  readonly desk: DeskService
  readonly staff: Staff
  readonly store: Store
  readonly log: Log
  readonly publicUrl: string | undefined
  readonly transcriptDays: number
  readonly now?: () => number
}) {
  const { createSlack } = await import("./bots/slack.ts")
  const links = createSlackLinks({ store, staff, now })
  const slack = createSlack({ settings, desk, links, shelf: createSlackShelf(store), log, publicUrl, transcriptDays, now, elapsed: () => performance.now() })
  return { ...slack, routes: slackRoutes(links) }
}

/** What the flows take from the locales. */
export function flowContent(texts: ReturnType<typeof createTexts>) {
  const words = readWords()
  const lists = LANGUAGES.map((language) => ({ language, ...words[language] }))
  const safety = createSafetyReader(lists)
  const names = new Map(LANGUAGES.flatMap((language) => [words[language].name, ...words[language].alsoCalled].map((name) => [plain(name), language] as const)))
  const greetings = new Map(LANGUAGES.flatMap((language) => words[language].greetings.map((greeting) => [plain(greeting), language] as const)))
  return {
    greetedIn: (text: string) => (text.length > 80 ? undefined : (greetings.get(plain(text)) ?? safety(text)?.language)),
    safetyWord: (text: string) => safety(text)?.word,
    notNow: createNotNow(lists),
    ...openUnderstanding(BUILT),
    languageNamed: (text: string) => (text.length > 30 ? undefined : names.get(plain(text))),
    answers: createAnswers(lists, texts),
  }
}

/** What the flows take from `content/helpline.yaml`. */
export function organisationOf(helpline: ReturnType<typeof readContent>["helpline"]) {
  return {
    country: helpline.country,
    languages: helpline.languages,
    channels: helpline.otherChannels.join(", "),
    contact: helpline.contact,
    retention: { hours: helpline.retention.flowHours, days: helpline.retention.deliveryDays },
    sessionMs: helpline.sessionMinutes * 60_000,
  }
}

/** How old things may grow, as `content/helpline.yaml` says. */
export function agesOf({ retention }: ReturnType<typeof readContent>["helpline"]): Ages {
  return { flowMs: retention.flowHours * 3600_000, deliveryMs: retention.deliveryDays * 24 * 3600_000 }
}

/** The password of our own PostgreSQL. It follows from the keyring, so there is nothing more to keep. */
export function databasePassword({ pepper }: Keyring): string {
  return createHmac("sha256", pepper).update("hamraaz/postgres").digest("base64url")
}

/** What the staff's cookies are signed and their secrets encrypted with. It follows from the keyring, too. */
function accountsSecret({ pepper }: Keyring): string {
  return createHmac("sha256", pepper).update("hamraaz/accounts").digest("base64url")
}
