import type { CampaignAsked } from "./cli-campaigns.ts"
import { complain, contentFolder, count, tell, withStore } from "./cli-tools.ts"
import { readCampaigns } from "./helpline/campaign-file.ts"
import { planOf } from "./helpline/campaigns.ts"
import { daysBy } from "./helpline/campaign-time.ts"
import { accountOf, type DayCount } from "./store/campaign-account.ts"
import { setSwitch, switches, type SwitchState } from "./store/campaign-switch.ts"
import type { Store } from "./store/pool.ts"

/** The commands that hold a campaign, let it go on, end it, and tell what became of its days. */
export const switchCommands = {
  "campaign status": {
    about: "what became of each day of a campaign: sent, held, skipped and why, and whether every person has a row for every day",
    named: true,
    run: (asked: CampaignAsked) => withCampaign(asked, status),
  },
  "campaign pause": {
    about: "nothing more of a campaign leaves, within a second; what is due waits",
    named: true,
    run: (asked: CampaignAsked) => withCampaign(asked, switched("paused")),
  },
  "campaign resume": {
    about: "a paused campaign goes on; what its time has passed over is skipped",
    named: true,
    run: (asked: CampaignAsked) => withCampaign(asked, switched("running")),
  },
  "campaign stop": {
    about: "ends a campaign for good, within a second: what hasn't left is skipped",
    named: true,
    run: (asked: CampaignAsked) => withCampaign(asked, switched("stopped")),
  },
}

type Use = (store: Store, campaign: string) => Promise<number>

async function withCampaign({ name }: CampaignAsked, use: Use): Promise<number> {
  const ids = readCampaigns(contentFolder()).map(({ id }) => id)
  return withStore(async (store) => {
    // One that is no longer among the files may still have people.
    const known = [...new Set([...ids, ...(await switches(store.pool)).keys()])]
    if (known.includes(name)) return use(store, name)
    complain(`${name === "" ? "Which campaign?" : "There is no such campaign."} There are: ${known.join(", ") || "none"}.`)
    return 2
  })
}

function switched(state: SwitchState): Use {
  return async (store, campaign) => {
    if (await setSwitch(store.pool, campaign, state, new Date())) {
      tell(`${campaign} is ${state}.`)
      return 0
    }
    complain(`${campaign} was stopped, and that is for good.`)
    return 1
  }
}

const COLUMNS = ["due", "held", "queued", "sent", "delivered", "refused", "skipped"] as const

async function status(store: Store, campaign: string): Promise<number> {
  const file = readCampaigns(contentFolder()).find(({ id }) => id === campaign)
  const plan = file && planOf(file)
  // Of one whose file is gone nobody knows what was to come.
  const account = accountOf(store.pool, campaign, (group, laid) => (plan === undefined ? 0 : daysBy(plan, group, laid.getTime())))
  const [{ people, days, missing }, states] = [await account, await switches(store.pool)]
  tell(`${campaign} is ${states.get(campaign) ?? "waiting for its first participant"}.`)
  tell(`${count(people.joined, "person", "people")} joined, ${people.left} of them left; the rows of ${people.erased} more are erased.`)
  tell("")
  if (days.length > 0) tell(["day", ...COLUMNS, "all"].map((name) => name.padStart(10)).join(""))
  for (const [day, rows] of Map.groupBy(days, (row) => row.day)) {
    const sum = (of: readonly DayCount[]) => of.reduce((all, row) => all + row.count, 0)
    const whys = rows.flatMap(({ status: what, why, count: n }) => (what === "skipped" ? [`${why ?? "?"} ${n}`] : []))
    tell(
      [day, ...COLUMNS.map((column) => sum(rows.filter((row) => row.status === column))), sum(rows)].map((cell) => String(cell).padStart(10)).join("") +
        (whys.length > 0 ? `  ${whys.join(", ")}` : ""),
    )
  }
  if (plan === undefined) tell("Its file is gone: nobody knows which days were to come.")
  else if (missing === 0) tell("Every person has a row for every day that has come.")
  else complain(`${count(missing, "row is", "rows are")} missing: a day has come, and nothing says what became of it.`)
  return missing === 0 ? 0 : 1
}
