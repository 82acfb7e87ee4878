import { closeConnections } from "./bots/http.ts"
import { openChannels } from "./app-channels.ts"
import { openReports } from "./app-reports.ts"
import { openSlack } from "./app-slack.ts"
import type { Config } from "./config.ts"
import { createFlows } from "./flows/conversation.ts"
import { BUILT, CONTENT } from "./folders.ts"
import { createDesk, type Desk } from "./helpline/desk.ts"
import { createCampaignDesk } from "./helpline/campaign-desk.ts"
import { galleryWords } from "./helpline/gallery-words.ts"
import { wordsOfPayloads } from "./helpline/campaign-invite.ts"
import { createFeed } from "./helpline/campaign-feed.ts"
import { createEvents } from "./helpline/campaign-events.ts"
import { createCampaigns, planOf } from "./helpline/campaigns.ts"
import { createPictures } from "./helpline/contribution-pictures.ts"
import { createContributions } from "./helpline/contributions.ts"
import { moderationFrame } from "./helpline/moderation-frame.ts"
import { createAttempt } from "./helpline/attempt.ts"
import { createClock } from "./helpline/clock.ts"
import { createDelivery, type Delivery } from "./helpline/deliver.ts"
import { createFates } from "./helpline/fates.ts"
import { createListing } from "./helpline/listing.ts"
import { createLease } from "./helpline/lease.ts"
import { startLoops } from "./helpline/loops.ts"
import { agesOf, waitsOf } from "./helpline/organisation.ts"
import { createPhone } from "./helpline/phone.ts"
import { createReceive } from "./helpline/receive.ts"
import { publicWords } from "./helpline/public-words.ts"
import { createStaff } from "./helpline/staff.ts"
import { cleanRecord, isRecord, taxonomyIn } from "./helpline/taxonomy.ts"
import { readHouse } from "./helpline/whole-content.ts"
import { listOf } from "./locales/lint-preview.ts"
import { localeFiles, type Language } from "./locales/texts.ts"
import type { Log } from "./log.ts"
import { accountsAdapter } from "./store/accounts.ts"
import { notifyDesk } from "./store/desk-writes.ts"
import { createHandoffs } from "./store/handoffs.ts"
import { listenTo } from "./store/listening.ts"
import { reap, release } from "./store/outbox.ts"
import { openStore } from "./store/pool.ts"
import { answers, moment } from "./store/shelves.ts"
import { createCover, keyringAt } from "./vault/cover.ts"
import { accountsSecret } from "./vault/derived.ts"
import type { Accounts } from "./web/accounts.ts"
import { campaignRoutes, type LettersFor } from "./web/console/campaign-routes.ts"
import { DESK, deskRoutes } from "./web/console/desk-routes.ts"
import { moderationRoutes } from "./web/console/moderation-routes.ts"
import { releaseRoutes } from "./web/console/release-routes.ts"
import { frameIn } from "./web/console/report-frame.ts"
import { reportRoutes } from "./web/console/report-routes.ts"
import { mayEnter } from "./web/console/router.ts"

export { BUILT, CONTENT }

/** The whole house, built and running. */
export type App = Awaited<ReturnType<typeof createApp>>

/**
 * Builds everything from a Config and a database that is migrated. It knows every room; no room knows it.
 * @param told a clock that somebody else turns; without it the house goes by its database's
 * @param content what it says and whom it names, when it was read before; it is never changed
 */
export async function createApp(config: Config, databaseUrl: string, log: Log, told?: () => number, content = readHouse(config.contentDir ?? CONTENT, BUILT)) {
  const { helpline, directory, areas, desk: deskFile, campaigns: campaignFiles, events: eventFiles, texts, flows: flowContent, taxonomy, replies, problems } = content
  for (const problem of problems) log.contentProblem(problem)
  const keyring = keyringAt(config.keyringFile, true)
  const cover = createCover(keyring)
  const store = openStore(databaseUrl, log.storeBroken)
  const elapsed = () => performance.now()
  const clock = told === undefined ? await createClock(elapsed, () => moment(store.pool)) : { now: told, set: async () => {} }
  const { now } = clock
  const flows = createFlows(flowContent)

  const fates = createFates({ store, log, sent: (handoffs) => notifyDesk(store.pool, handoffs) })
  const { waits, care } = waitsOf(deskFile)
  let desk: Desk | undefined
  let delivery: Delivery | undefined
  const lease = createLease({ store, elapsed, lost: async (name) => delivery?.drop(name) })
  const staff = createStaff({ store, cover, now, slowed: log.signInSlowed })
  const { reports, numbers } = openReports({ helpline, directory, areas, desk: deskFile, taxonomy }, texts, { store, cover, log, now, writes: (deed) => staff.writes(deed) })
  const contributions = createContributions({ store, cover, now, aliasOf: async (id) => (await staff.member(id))?.alias, writes: (deed) => staff.writes(deed) })
  const events = createEvents({ store, cover, events: eventFiles, now })
  const campaigns = createCampaigns({ store, plans: campaignFiles.map(planOf), now, given: contributions.facts, events: events.facts })
  await campaigns.look()
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
    reports,
    campaigns,
    takeGifts: contributions.takeGifts,
  })

  const phone = createPhone(store, cover)
  const { channels, doors, polling, tellWhereWeAre, reach, learnNames } = await openChannels({ config, store, phone, receive, log, joins: wordsOfPayloads(campaignFiles) })
  const attempt = createAttempt({
    store,
    texts,
    listing: createListing(directory, texts),
    log,
    now,
    elapsed,
    receive,
    validMs: helpline.sessionMinutes * 60_000,
    guestTokens: events.tokensOf,
  })
  const sending = createDelivery({ store, cover, channels, log, lease, fates, attempt, elapsed, halted: (campaign) => campaigns.halted(campaign), cutOff: closeConnections })
  delivery = sending
  const pictures = createPictures({ store, cover, now, channels, log })
  const feed = createFeed({ store, cover, campaigns, delivery: sending, receive, log, now })
  await lease.renew()
  await reap(store.pool)

  await reports.look()

  let accounts: Promise<Accounts> | undefined
  // The library behind it takes longer to load than all of the rest: a start doesn't wait for it, the first person of staff does.
  const openAccounts = async () => {
    const { createAccounts } = await import("./web/accounts.ts")
    return createAccounts({ adapter: await accountsAdapter(store), secret: accountsSecret(keyring), publicUrl: config.publicUrl, staff, now })
  }

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
  const frame = { taxonomy, areas, directory, home: helpline.country, group: helpline.reports.shareWith }
  const officers = reportRoutes(reports.desk, (language) => frameIn(frame, language))

  const named = moderationFrame(campaignFiles, texts)
  const campaignDesk = createCampaignDesk({ store, campaigns, announced: events.announced, now, writes: (deed) => staff.writes(deed) })
  const lettersFor: LettersFor = async (id, language) => {
    const campaign = named.campaigns.find((one) => one.id === id)
    if (campaign === undefined) return undefined
    // Fonts and printers are large, and no other page wants them.
    const { lettersPdf } = await import("./helpline/campaign-letters.ts")
    return lettersPdf({ campaign, shown: await contributions.moderation.shown({ campaign: id }), words: publicWords(texts, language), organisation: helpline, on: new Date(now()) })
  }
  const organisers = [...moderationRoutes(contributions.moderation, named), ...campaignRoutes(campaignDesk, named.campaigns, lettersFor)]

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
    areas,
    staff,
    ages,
    /** What `/privacy` says. */
    retention: { ...helpline.retention, ...deskFile.retention, reportMonths: helpline.reports.months },
    /** What `/numbers` and `/stories` are made of. */
    numbers,
    /** What `/quilt`, `/letters`, `/strategies`, `/join` and `/campaigns` are made of. */
    gallery: {
      shown: contributions.moderation.shown,
      counted: contributions.moderation.counted,
      shownPicture: contributions.moderation.shownPicture,
      campaigns: campaignFiles,
      announced: events.announced,
      words: (language: Language) => galleryWords(texts, numbers.words(language)),
      languages: helpline.languages,
      reach,
      author: helpline.name,
      zone: deskFile.timeZone,
      now,
      publicUrl: config.publicUrl,
    },
    /** What moderators of campaigns do. */
    moderation: contributions.moderation,
    /** What public pages say. */
    words: numbers.words,
    /** What the console is made of. */
    console: {
      staff,
      accounts: console,
      deskRoutes: [...routes, ...officers, ...releaseRoutes(numbers.releases, numbers.words("en")), ...organisers, ...(slack?.routes ?? [])],
      publicUrl: config.publicUrl,
      timeZone: deskFile.timeZone,
    },
    desk: atDesk,
    reports,
    campaigns,
    feed,
    /** Brings pictures that were given to campaigns. */
    pictures,
    slack,
    /** 200 at /readyz: PostgreSQL answers, and webhooks are taken or polling runs. */
    ready: async () => (polling === undefined || polling.running()) && (await answers(store.pool)),
    /** Starts the loops and the channels that have to be told where we are. */
    begin() {
      loops = startLoops({ store, cover, receive, delivery: sending, desk: atDesk, reports, campaigns, feed, pictures, log, lease, clock, ages })
      slack?.begin()
      learnNames()
      if (polling !== undefined) polled = polling.begin()
      else tellWhereWeAre()
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
      await reports.idle()
      await release(store.pool, lease.name())
      await closeConnections()
      await store.close()
    },
  }
}
