import { step, type Around } from "./campaign-parts.ts"
import { WORDING } from "./campaign-join.ts"
import type { Campaign, Given, Kind } from "./campaign-shapes.ts"
import type { Conversation } from "./conversation.ts"
import type { TextKey } from "./effect.ts"
import type { FlowEvent, Giving, Memory } from "./memory.ts"
import { paged } from "./paged.ts"
import { ask, at, chosenAfter, effect, remember, type Answer, type Part } from "./part.ts"
import type { Details } from "./report-details.ts"

/** The most characters of each kind: a square is sewn from one line, a letter fits a page. */
export const MOST: Readonly<Record<Kind, number>> = { square: 100, letter: 600, demand: 600, strategy: 400, tip: 300, story: 800 }
/** The most characters of the name under it. */
export const MOST_NAME = 30

/** What a page can't show and a database won't keep. */
const UNSEEN = /[^\P{Cc}\n]/gu

type Moment = { readonly context: Memory; readonly event: FlowEvent }

/** Places where what she writes is for others to see. */
export const GIVES: ReadonlySet<string> = new Set(["campaign.words", "campaign.too-long", "campaign.name", "campaign.details"])

/** Places where a picture may come instead. */
const PICTURED: ReadonlySet<string> = new Set(["campaign.words", "campaign.too-long", "campaign.picture-show"])

/** Whether a picture that is sent now is meant for a campaign that takes pictures: anywhere else it is never fetched. */
export function takesPicture(campaigns: readonly Campaign[] | undefined, { place, memory: { campaign, giving: so } }: Pick<Conversation, "place" | "memory">): boolean {
  return PICTURED.has(place) && so?.kind === "square" && campaigns?.find(({ id }) => id === campaign)?.pictures === true
}

/**
 * Giving something for others to see: her words, what in them may show who somebody is, her yes to showing it, the name
 * to stand under it (none unless she writes one). Nothing is given before that yes, and it can be taken back.
 */
export function giving({ one }: Around, details: Details): NonNullable<Part["states"]> {
  const menu: Answer = { label: "choice.menu", to: "campaign.away", remember: () => ({ giving: undefined }) }
  const drop: Answer = { label: "choice.drop", to: "campaign.gate", remember: () => ({ giving: undefined }) }
  const typed = (event: FlowEvent) => (event.type === "wrote" ? event.text.replace(UNSEEN, "").trim() : "")
  const most = ({ giving: so }: Memory) => MOST[so?.kind ?? "tip"]
  const settled =
    (change: (held: string) => string | undefined) =>
    ({ giving: so }: Memory): Partial<Memory> => ({
      giving: so && { ...so, held: undefined, text: so.held === undefined ? so.text : change(so.held) },
    })
  // What she was shown, wherever it stands by now: an answer to one thing is never taken for another.
  const shown = ({ campaigns, gift }: Memory): Given | undefined => campaigns?.given?.find(({ id }) => id === gift)
  const pictured = { target: at("campaign.picture-show"), actions: remember(({ giving: so }, event) => ({ giving: so && { kind: so.kind, file: fileIn(event) } })) }
  const wrote = [
    { guard: ({ context, event }: Moment) => [...typed(event)].length > most(context), target: at("campaign.too-long") },
    {
      guard: ({ event }: Moment) => details.found(typed(event)),
      target: at("campaign.details"),
      actions: remember(({ giving: so }, event) => ({ giving: so && { ...so, file: undefined, held: typed(event) } })),
    },
    { target: at("campaign.show"), actions: remember(({ giving: so }, event) => ({ giving: so && { ...so, file: undefined, text: typed(event) } })) },
  ]
  const writing = (place: string, key: "campaign.words" | "campaign.too-long"): Part => {
    const part = ask(`campaign.${place}`, { key: (memory) => (key === "campaign.words" ? asked(memory) : key), values: (memory) => ({ most: String(most(memory)) }) }, { drop })
    return { ...part, on: { ...(part.on as object), wrote, pictured } } as Part
  }
  const asked = (memory: Memory): TextKey =>
    memory.giving?.kind === "square" && one(memory)?.pictures === true ? "campaign.words_square-or-picture" : `campaign.words_${memory.giving?.kind ?? "tip"}`
  const named = ask(
    "campaign.name",
    { key: "campaign.name" },
    { none: { label: "choice.no-name", to: "campaign.given", means: "no", doing: give, remember: () => ({ giving: undefined }) }, drop },
  )
  const shownPicture = ask(
    "campaign.picture-show",
    { key: "campaign.picture-show" },
    {
      yes: { label: "choice.yes", to: "campaign.name" },
      "other-picture": { label: "choice.other-picture", to: "campaign.words", remember: ({ giving: so }) => ({ giving: so && { ...so, file: undefined } }) },
      drop: { ...drop, means: "no" },
    },
  )

  return {
    "give-gate": {
      always: [
        { guard: ({ context }: Moment) => context.campaigns === undefined, target: at("campaign.looking") },
        { guard: ({ context }: Moment) => context.campaigns?.blocked === true, target: at("campaign.no-more") },
        { guard: ({ context }: Moment) => context.giving !== undefined, target: at("campaign.words") },
        { target: at("campaign.kind"), actions: remember(() => ({ page: 0 })) },
      ],
    } as Part,
    kind: {
      ...paged("campaign.kind", {
        key: () => "campaign.kind",
        items: (memory) => (one(memory)?.kinds ?? []).map((kind) => ({ id: `kind:${kind}`, label: `choice.kind_${kind}` })),
        prefix: "kind:",
        to: "campaign.words",
        remember: () => ({}),
        also: { menu },
      }),
      exit: remember((_, event) => {
        const kind = chosenAfter(event, "kind:") as Kind | undefined
        return kind === undefined ? {} : { giving: { kind } }
      }),
    } as Part,
    words: writing("words", "campaign.words"),
    "too-long": writing("too-long", "campaign.too-long"),
    details: {
      ...ask(
        "campaign.details",
        { key: "campaign.details" },
        {
          "details-hide": { label: "choice.details-hide", to: "campaign.show", remember: settled(details.hide) },
          "details-change": { label: "choice.details-change", to: "campaign.words", remember: settled(() => undefined) },
          drop,
        },
      ),
    },
    show: ask(
      "campaign.show",
      { key: "campaign.show", values: ({ giving: so }) => ({ text: so?.text ?? "" }) },
      { yes: { label: "choice.yes", to: "campaign.whose-gate" }, "details-change": { label: "choice.details-change", to: "campaign.words" }, drop: { ...drop, means: "no" } },
    ),
    "whose-gate": { always: [{ guard: ({ context }: Moment) => context.giving?.kind === "story", target: at("campaign.whose") }, { target: at("campaign.name") }] } as Part,
    // What somebody else has lived through is hers to show, or not.
    whose: ask(
      "campaign.whose",
      { key: "campaign.whose" },
      {
        mine: { label: "choice.whose-mine", to: "campaign.name", remember: ({ giving: so }) => ({ giving: so && { ...so, told: undefined } }) },
        told: { label: "choice.whose-told", to: "campaign.name", remember: ({ giving: so }) => ({ giving: so && { ...so, told: true } }) },
        "ask-first": { label: "choice.whose-ask", to: "campaign.gate", saying: "campaign.ask-first", remember: () => ({ giving: undefined }) },
        drop,
      },
    ),
    // A picture shows more than it means to: what to look for is said before her yes.
    "picture-show": {
      ...shownPicture,
      on: { ...(shownPicture.on as object), pictured: { ...pictured, reenter: true } },
    } as Part,
    name: {
      ...named,
      on: {
        ...(named.on as object),
        wrote: [
          { guard: ({ event }: Moment) => isNoName(typed(event)), target: at("campaign.name"), reenter: true },
          {
            target: at("campaign.signed"),
            actions: remember(({ giving: so }, event) => ({ giving: so && { ...so, name: typed(event) } })),
          },
        ],
      },
    } as Part,
    signed: ask(
      "campaign.signed",
      { key: "campaign.signed", values: ({ giving: so }) => ({ name: so?.name ?? "" }) },
      {
        yes: { label: "choice.yes", to: "campaign.given", doing: give, remember: () => ({ giving: undefined }) },
        none: {
          label: "choice.no-name",
          means: "no",
          to: "campaign.given",
          doing: (memory) => give({ ...memory, giving: memory.giving && { ...memory.giving, name: undefined } }),
          remember: () => ({ giving: undefined }),
        },
      },
    ),
    given: ask("campaign.given", { key: "campaign.given" }, { mine: { label: "choice.my-campaign", to: "campaign.gate" }, menu }),
    "no-more": ask("campaign.no-more", { key: "campaign.no-more" }, { menu }),
    // What became of what she gave: said when she looks, and never sent.
    "what-i-gave": ask(
      "campaign.what-i-gave",
      {
        key: (memory) => statusOf(shown(memory)),
        values: (memory) => ({ kind: { key: `choice.kind_${shown(memory)?.kind ?? "tip"}` }, text: shown(memory)?.proposal ?? "", count: String(shown(memory)?.read ?? 0) }),
      },
      {
        yes: {
          label: "choice.yes",
          to: "campaign.gate",
          saying: "campaign.noted",
          doing: step((_, memory) => ({ type: "agree", id: shown(memory)?.id ?? "", agrees: true })),
          when: (memory) => shown(memory)?.status === "changed",
        },
        no: {
          label: "choice.no",
          to: "campaign.gate",
          saying: "campaign.noted",
          doing: step((_, memory) => ({ type: "agree", id: shown(memory)?.id ?? "", agrees: false })),
          when: (memory) => shown(memory)?.status === "changed",
        },
        card: {
          label: "choice.card",
          to: "campaign.gate",
          saying: "campaign.card",
          doing: step((_, memory) => ({ type: "card", id: shown(memory)?.id ?? "", wants: true })),
          when: (memory) => shown(memory)?.status === "published" && shown(memory)?.card !== true,
        },
        "no-card": {
          label: "choice.no-card",
          to: "campaign.gate",
          saying: "campaign.no-card",
          doing: step((_, memory) => ({ type: "card", id: shown(memory)?.id ?? "", wants: false })),
          when: (memory) => shown(memory)?.status === "published" && shown(memory)?.card === true,
        },
        "take-back": {
          label: "choice.take-it-back",
          to: "campaign.gate",
          saying: "campaign.taken-back",
          doing: step((_, memory) => ({ type: "take-back", id: shown(memory)?.id ?? "" })),
          when: (memory) => shown(memory) !== undefined,
        },
        more: {
          label: "choice.more",
          to: "campaign.what-i-gave",
          remember: ({ page }) => ({ page: page + 1 }),
          when: ({ campaigns, page }) => campaigns?.given?.[page + 1] !== undefined,
        },
        menu,
      },
      [remember(({ campaigns, page }) => ({ gift: campaigns?.given?.[page]?.id }))],
    ),
    // Written by somebody for nobody in particular, and read before it came here.
    letter: ask(
      "campaign.letter",
      { key: (memory) => (letter(memory) === undefined ? "campaign.no-letter" : "campaign.letter"), values: (memory) => ({ text: letter(memory)?.text ?? "" }) },
      { another: { label: "choice.another", to: "campaign.letter", when: (memory) => letter(memory) !== undefined }, menu },
      [effect((memory) => counted(letter(memory)?.id))],
    ),
    "letter-gate": { always: [{ guard: ({ context }: Moment) => context.campaigns === undefined, target: at("campaign.looking") }, { target: at("campaign.letter") }] } as Part,
  }

  /** In her own language, and in no other. */
  function letter({ campaigns, language }: Memory) {
    return campaigns?.letters?.find((one) => one.language === language)
  }

  function counted(id: string | undefined) {
    return id === undefined ? undefined : { type: "participate" as const, step: { type: "letter-read" as const, id } }
  }

  function give(memory: Memory) {
    const so: Giving = memory.giving ?? { kind: "tip" }
    const { campaign = "", country, day, language = "en" } = memory
    return {
      type: "participate" as const,
      step: {
        type: "give" as const,
        campaign,
        day,
        kind: so.kind,
        language,
        country,
        text: so.text ?? "",
        ...(so.name !== undefined && { name: so.name }),
        ...(so.told === true && { told: true }),
        ...(so.file !== undefined && { file: so.file }),
        wording: WORDING,
      },
    }
  }

  /** A name that could lead to somebody, or is none. */
  function isNoName(name: string): boolean {
    return name === "" || [...name].length > MOST_NAME || /\p{Nd}|@|\n/u.test(name) || details.found(name)
  }
}

function fileIn(event: FlowEvent): string | undefined {
  return event.type === "pictured" ? event.file : undefined
}

function statusOf(given: Given | undefined): TextKey {
  if (given === undefined) return "campaign.given-none" as const
  if (given.status === "declined") return `campaign.declined_${given.why ?? "off-topic"}` as const
  return given.status === "published" && given.kind === "letter" ? ("campaign.given-read" as const) : (`campaign.given-${given.status}` as const)
}
