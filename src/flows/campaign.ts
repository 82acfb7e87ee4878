import { events } from "./campaign-events.ts"
import { giving } from "./campaign-give.ts"
import { joining } from "./campaign-join.ts"
import { message } from "./campaign-message.ts"
import { around, step, textOf } from "./campaign-parts.ts"
import type { Campaign, LocalEvent } from "./campaign-shapes.ts"
import type { Directory } from "./directory.ts"
import type { FlowEvent, Memory } from "./memory.ts"
import { paged } from "./paged.ts"
import type { Details } from "./report-details.ts"
import { ask, at, effect, remember, say, type Answer, type Part } from "./part.ts"

type Moment = { readonly context: Memory; readonly event: FlowEvent }

/**
 * Taking part in a campaign: joining by a yes of its own, the action of the day and what she makes of it, her own hour,
 * and a way out that costs one answer. It never touches the helpline, nor the helpline it.
 */
export function campaign(campaigns: readonly Campaign[], directory: Directory, details: Details, announced: readonly LocalEvent[] = []): Part {
  const here = around(campaigns)
  const { one, mine, listed, text } = here
  const { states: eventStates, near } = events(here, announced)
  const menu: Answer = { label: "choice.menu", to: "campaign.away" }
  const home: Answer = { label: "choice.my-campaign", to: "campaign.gate" }
  const change = (to: string): Answer => ({ label: "choice.change-time", to, remember: () => ({ page: 0, joining: { changes: true } }) })
  /** The answers under an action, wherever it is told. */
  const acting = {
    done: { label: "choice.did-it", to: "campaign.well", doing: step((id, { day = 1 }) => ({ type: "did", campaign: id, day, did: "done" })) },
    tonight: { label: "choice.tonight", to: "campaign.tonight", doing: step((id, { day = 1 }) => ({ type: "remind", campaign: id, day })) },
    skip: { label: "choice.skip-action", to: "campaign.skipped", doing: step((id, { day = 1 }) => ({ type: "did", campaign: id, day, did: "skipped" })) },
  } as const satisfies Record<string, Answer>
  const action = (memory: Memory) => one(memory)?.actions[(memory.day ?? 1) - 1]?.id ?? ""
  const under = ask(
    "campaign.today",
    { key: "campaign.today" },
    {
      read: { label: "choice.read", to: "campaign.today", remember: () => ({ discreet: undefined }) },
      ...acting,
      other: { label: "choice.other-ways", to: "campaign.other" },
      share: share(),
    },
  )

  return {
    initial: "gate",
    states: {
      // What somebody takes part in isn't known in every turn: where it is needed the turn is taken again with it.
      gate: {
        always: [
          { guard: ({ context }: Moment) => context.campaigns === undefined, target: at("campaign.looking") },
          { guard: ({ context }: Moment) => mine(context) !== undefined, target: at("campaign.mine") },
          { guard: ({ context }: Moment) => here.isOpen(context), target: at("campaign.about") },
          { guard: ({ context }: Moment) => listed(context).length > 1, target: at("campaign.which"), actions: remember(() => ({ page: 0 })) },
          {
            guard: ({ context }: Moment) => listed(context).length === 1 && context.campaign !== listed(context)[0],
            target: at("campaign.gate"),
            reenter: true,
            actions: remember((memory) => ({ campaign: listed(memory)[0] })),
          },
          // It is over or stopped, and nothing else can be joined.
          { target: at("campaign.away"), actions: say("campaign.closed") },
        ],
      },
      looking: {},
      which: paged("campaign.which", {
        key: () => "campaign.which",
        items: (memory) => listed(memory).map((id) => ({ id: `campaign:${id}`, label: textOf(id, "name") })),
        prefix: "campaign:",
        to: "campaign.gate",
        remember: (id) => ({ campaign: id }),
        also: { menu },
      }),
      ...joining(here, directory),
      ...giving(here, details),
      ...eventStates,
      mine: ask(
        "campaign.mine",
        {
          key: (memory) => (mine(memory)?.day === undefined ? "campaign.mine-before" : "campaign.mine"),
          values: (memory) => ({
            name: { key: text(memory, "name") },
            day: String(mine(memory)?.day ?? 0),
            days: String(one(memory)?.actions.length ?? 0),
            done: String(mine(memory)?.done ?? 0),
          }),
        },
        {
          today: {
            label: "choice.todays",
            to: "campaign.today",
            remember: (memory) => ({ day: mine(memory)?.day, discreet: undefined }),
            when: (memory) => mine(memory)?.day !== undefined,
          },
          "change-time": change("campaign.where"),
          "change-neutral": {
            label: "choice.neutral-or-not",
            to: "campaign.mine",
            saying: (memory) => (mine(memory)?.neutral === true ? "campaign.now-plain" : "campaign.now-neutral"),
            doing: step((id, memory) => ({ type: "change", campaign: id, neutral: mine(memory)?.neutral !== true })),
          },
          "other-campaigns": { label: "choice.other-campaigns", to: "campaign.which", remember: () => ({ page: 0 }), when: (memory) => listed(memory).length > 1 },
          events: near,
          give: { label: "choice.give", to: "campaign.give-gate", remember: () => ({ giving: undefined }), when: (memory) => (one(memory)?.kinds ?? []).length > 0 },
          "mine-given": { label: "choice.mine-given", to: "campaign.what-i-gave", remember: () => ({ page: 0 }), when: ({ campaigns: facts }) => (facts?.given ?? []).length > 0 },
          "leave-campaign": { label: "choice.leave-campaign", to: "campaign.gone", doing: step((id) => ({ type: "leave", campaign: id })) },
          menu,
        },
      ),
      today: {
        ...under,
        entry: effect((memory) => {
          const known = one(memory)
          return known === undefined ? undefined : message(known, memory.day ?? 1, memory.discreet === true)
        }),
      } as Part,
      other: ask(
        "campaign.other",
        { key: "campaign.unseen", values: (memory) => ({ safe: { key: text(memory, `${action(memory)}.safe`) } }) },
        { ...acting, share: share(), events: near },
        [say("campaign.offline", (memory) => ({ offline: { key: text(memory, `${action(memory)}.offline`) } }))],
      ),
      well: ask("campaign.well", { key: "campaign.well" }, { share: share(), mine: home, menu }),
      tonight: ask("campaign.tonight", { key: "campaign.tonight" }, { mine: home, menu }),
      skipped: ask("campaign.skipped", { key: "campaign.skipped" }, { mine: home, menu }),
      // Whoever answered an action and goes on to the helpline is asked first whether she can text here.
      away: {
        always: [
          { guard: ({ context }: Moment) => context.safe, target: at("menu.main") },
          { target: at("hello.safe"), actions: remember(() => ({ pending: { to: "menu" as const } })) },
        ],
      },
      // By a word of her own, from wherever in a campaign she is.
      off: {
        entry: effect(({ campaign: id }) => ({ type: "participate", step: id === undefined ? { type: "leave-all", why: "asked" } : { type: "leave", campaign: id } })),
        always: at("campaign.gone"),
      },
      gone: ask("campaign.gone", { key: "campaign.gone" }, { menu }),
    },
  } as Part

  /** Where the action of the day gives something to share. */
  function share(): Answer {
    const kind = (memory: Memory) => one(memory)?.actions[(memory.day ?? 1) - 1]?.gives
    return {
      label: "choice.share",
      to: "campaign.give-gate",
      remember: (memory) => ({ giving: { kind: kind(memory) ?? "tip" } }),
      when: (memory) => kind(memory) !== undefined,
    }
  }
}
