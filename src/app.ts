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
import { createDetails } from "./flows/report-details.ts"
import { createSafetyReader } from "./flows/safety-words.ts"
import type { Channel } from "./helpline/channel.ts"
import { areaNames, areasOf, readAreas } from "./helpline/areas.ts"
import { readCanned } from "./helpline/canned.ts"
import { readContent } from "./helpline/content.ts"
import { readDesk, type DeskFile } from "./helpline/desk-file.ts"
import { createDesk, type Desk } from "./helpline/desk.ts"
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
import { cleanRecord, isRecord, readTaxonomy, taxonomyIn } from "./helpline/taxonomy.ts"
import { openUnderstanding } from "./helpline/understanding.ts"
import { listOf } from "./locales/lint-preview.ts"
import { createTexts, LANGUAGES, localeFiles } from "./locales/texts.ts"
import { readWords } from "./locales/words.ts"
import type { Log } from "./log.ts"
import { accountsAdapter } from "./store/accounts.ts"
import { notifyDesk, notifyOfSent } from "./store/desk-writes.ts"
import { createHandoffs, type Care, type HandoffWaits } from "./store/handoffs.ts"
import { listenTo } from "./store/listening.ts"
import { reap, release, reported, type Report } from "./store/outbox.ts"
import { openStore, type Store } from "./store/pool.ts"
import { answers, type Ages } from "./store/shelves.ts"
import { createCover, keyringAt, type Keyring } from "./vault/cover.ts"
import type { Accounts } from "./web/accounts.ts"
import { DESK, deskRoutes } from "./web/console/desk-routes.ts"
import { mayEnter } from "./web/console/router.ts"
import { slackRoutes } from "./web/console/slack-routes.ts"

/** The content that comes along, where no other is set. */
export const CONTENT = join(import.meta.dirname, "../content")

/** Where built things stand: browser apps, the learned model. */
export const BUILT = join(import.meta.dirname, "../dist")

/** The whole house, built and running. */
export type App = Awaited<ReturnType<typeof createApp>>

/** Builds everything from a Config and a database that is migrated. It knows every room; no room knows it. */
export async function createApp(config: Config, databaseUrl: string, log: Log, now: () => number = Date.now, content = config.contentDir ?? CONTENT) {
  const { helpline, directory } = readContent(content)
  const areas = readAreas(content)
  // Broken hours mustn't keep the house from answering; they are told, and nobody claims to know them.
  const { desk: deskFile, problems } = readDesk(content)
  for (const problem of problems) log.contentProblem(problem)
  const texts = createTexts({ ...placeNames(directory), ...areaNames(areas) })
  const keyring = keyringAt(config.keyringFile, true)
  const cover = createCover(keyring)
  const store = openStore(databaseUrl, log.storeBroken)
  const flows = createFlows({ ...flowContent(texts), directory: directoryOf(directory), areas: areasOf(areas, directory), ...organisationOf(helpline, deskFile) })

  const fates = createFates({ store, log, sent: (handoffs) => notifyDesk(store.pool, handoffs) })
  const { waits, care } = waitsOf(deskFile)
  let desk: Desk | undefined
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
    desk: () => desk?.facts(),
    waits,
    care,
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
    const report = async (id: string, told: Report) => {
      const known = await reported(store.pool, id, told)
      if (known) await notifyOfSent(store.pool, id)
      return known
    }
    channels.push(...twilioChannels(parts))
    doors.set("POST /twilio/message", twilioMessageDoor({ ...parts, receive }))
    doors.set("POST /twilio/status", twilioStatusDoor({ ...parts, receive, report }))
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

  const taxonomy = readTaxonomy(content)
  const replies = readCanned(content)
  const atDesk = createDesk({
    store,
    cover,
    log,
    now,
    receive,
    handoffs: createHandoffs(store.pool, waits, care),
    file: deskFile,
    texts,
    cleanRecord: (record) => (isRecord(taxonomy, record) ? cleanRecord(taxonomy, record) : undefined),
    member: (id) => staff.member(id),
    writes: (deed) => staff.writes(deed),
  })
  desk = atDesk
  await atDesk.look()
  const listening = listenTo(databaseUrl, "desk", atDesk.heard, log.storeBroken)
  const console = () => (accounts ??= openAccounts())
  const routes = deskRoutes(
    atDesk,
    {
      taxonomy: (language) => taxonomyIn(taxonomy, language),
      canned: (language) => replies[language],
      previewWords: (language) => listOf(localeFiles(language)["preview"]?.["words"]),
    },
    async (headers) => mayEnter(DESK, (await (await console()).signedIn(headers)).signed) === undefined,
  )

  const { transcriptDays } = deskFile.retention
  const slack = config.slack && (await openSlack({ settings: config.slack, desk: atDesk, staff, store, log, publicUrl: config.publicUrl, transcriptDays, now }))
  for (const [path, door] of slack?.doors ?? []) doors.set(path, door)

  const ages = agesOf(helpline, deskFile)
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
    ages,
    /** What `/privacy` says. */
    retention: { ...helpline.retention, ...deskFile.retention },
    /** What the console is made of. */
    console: { staff, accounts: console, deskRoutes: [...routes, ...(slack?.routes ?? [])], publicUrl: config.publicUrl },
    desk: atDesk,
    slack,
    /** 200 at /readyz: PostgreSQL answers, and webhooks are taken or polling runs. */
    ready: async () => (polling === undefined || polling.running()) && (await answers(store.pool)),
    /** Starts the loops and the channels that have to be told where we are. */
    begin() {
      loops = startLoops({ store, cover, receive, delivery: sending, desk: atDesk, log, lease, now, ages })
      slack?.begin()
      if (polling !== undefined) polled = polling.begin()
      else if (config.telegram !== undefined && config.publicUrl !== undefined) void setTelegramWebhook(config.telegram, config.publicUrl, log)
    },
    /** Finishes the turn in hand and what is under way, and leaves the rest to whoever comes next. */
    async close() {
      polling?.close()
      await slack?.close()
      await loops?.close()
      await listening.close()
      await atDesk.idle()
      await idle()
      await sending.close()
      await polled
      await release(store.pool, lease.name())
      await closeConnections()
      await store.close()
    },
  }
}

/** Longer than she may be left without an answer: that has a timer of its own. */
const IN_SLACK_MS = 20 * 60_000

/** Counsellors in Slack, and the routes by which staff connect their accounts there. Slack's own library isn't loaded by this. */
async function openSlack({
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
  // Slack keeps no console open: whoever has just done something there is taken to be there.
  const inSlack: DeskService = {
    ...desk,
    async claim(who, id) {
      const refusal = await desk.claim(who, id)
      if (refusal === undefined) await desk.seen(who, IN_SLACK_MS)
      return refusal
    },
    async write(who, id, text, key) {
      await desk.seen(who, IN_SLACK_MS)
      return desk.write(who, id, text, key)
    },
  }
  const slack = createSlack({ settings, desk: inSlack, links, shelf: createSlackShelf(store), log, publicUrl, transcriptDays, now, elapsed: () => performance.now() })
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
    details: createDetails(LANGUAGES.map((language) => ({ names: words[language].beforeNames, marks: String(localeFiles(language)["phrases"]?.["marks"] ?? "").split(" ") }))),
  }
}

/** What the flows take from `content/helpline.yaml` and `content/desk.yaml`. */
export function organisationOf(helpline: ReturnType<typeof readContent>["helpline"], desk: DeskFile) {
  return {
    country: helpline.country,
    languages: helpline.languages,
    channels: helpline.otherChannels.join(", "),
    contact: helpline.contact,
    retention: { hours: helpline.retention.flowHours, days: helpline.retention.deliveryDays, transcriptDays: desk.retention.transcriptDays },
    sessionMs: helpline.sessionMinutes * 60_000,
  }
}

/** How old things may grow, as `content/helpline.yaml` and `content/desk.yaml` say. */
export function agesOf({ retention }: ReturnType<typeof readContent>["helpline"], desk: DeskFile): Ages {
  const day = 24 * 3600_000
  return {
    flowMs: retention.flowHours * 3600_000,
    deliveryMs: retention.deliveryDays * day,
    transcriptMs: desk.retention.transcriptDays * day,
    caseMs: desk.retention.caseMonths * 30 * day,
  }
}

/** How long each step of a handoff may take, and when counsellors rest, as `content/desk.yaml` says. */
function waitsOf({ minutes, care }: DeskFile): { readonly waits: HandoffWaits; readonly care: Care } {
  const { consent, queue, answer, offer, silence, close } = minutes
  return {
    waits: { consent: consent * 60, queue: queue * 60, answer: answer * 60, offer: offer * 60, silence: silence * 60, close: close * 60 },
    care: { hardInARow: care.hardInARow, coolSeconds: care.coolMinutes * 60 },
  }
}

/** The password of our own PostgreSQL. It follows from the keyring, so there is nothing more to keep. */
export function databasePassword({ pepper }: Keyring): string {
  return createHmac("sha256", pepper).update("hamraaz/postgres").digest("base64url")
}

/** What the staff's cookies are signed and their secrets encrypted with. It follows from the keyring, too. */
function accountsSecret({ pepper }: Keyring): string {
  return createHmac("sha256", pepper).update("hamraaz/accounts").digest("base64url")
}
