import { hoursOf, localDay, zonesOf } from "./campaign-dates.ts"
import { step, type Around } from "./campaign-parts.ts"
import type { Directory } from "./directory.ts"
import type { Option, Value } from "./effect.ts"
import type { FlowEvent, Memory } from "./memory.ts"
import { paged } from "./paged.ts"
import { ask, at, chosenAfter, effect, remember, say, type Answer, type Part } from "./part.ts"

/** The version of the sentences that somebody agrees to who joins; it rises with every change of what is promised. */
export const WORDING = 1

/** Where nobody has chosen: after breakfast, before noon. */
const USUAL_HOUR = 10

type Moment = { readonly context: Memory; readonly event: FlowEvent }

/** Joining: what it is, where she is, when to write and how, and a yes of its own. The same questions change it later. */
export function joining({ one, text }: Around, directory: Directory): NonNullable<Part["states"]> {
  const menu: Answer = { label: "choice.menu", to: "menu.main", remember: () => ({ joining: undefined }) }
  const zones = ({ country, now }: Memory) => zonesOf(country, now)
  const hours = (memory: Memory): readonly Option[] => {
    const known = one(memory)
    return known === undefined ? [] : hoursOf(known, memory.country).map((hour) => ({ id: `hour:${hour}`, label: `place.hour-${hour}` }))
  }
  /** A list whose answer belongs to the joining. */
  const chosen = (part: Part, prefix: string, change: (value: string) => Memory["joining"]): Part =>
    ({
      ...part,
      exit: remember((memory, event) => {
        const value = chosenAfter(event, prefix)
        return value === undefined ? {} : { joining: { ...memory.joining, ...change(value) } }
      }),
    }) as Part

  return {
    about: ask(
      "campaign.about",
      { key: (memory) => text(memory, "about") },
      { join: { label: "choice.join", means: "yes", to: "campaign.where", remember: () => ({ joining: {} }) }, menu: { ...menu, means: "no" } },
    ),
    // A country that has no clock of its own isn't asked about.
    where: {
      ...ask(
        "campaign.where",
        { key: "campaign.where", values: ({ country }) => ({ country: { key: `place.${country}` } }) },
        {
          yes: { label: "choice.yes", to: "campaign.clock" },
          "other-country": { label: "choice.other-country", means: "no", to: "campaign.country", remember: () => ({ page: 0 }) },
        },
      ),
      always: { guard: ({ context }: Moment) => zones(context).length === 0, target: at("campaign.country") },
    } as Part,
    country: paged("campaign.country", {
      key: () => "find-help.country",
      items: () => directory.countries.map(({ code }) => ({ id: `country:${code}`, label: `place.${code}` })),
      prefix: "country:",
      to: "campaign.clock",
      remember: (country) => ({ country, province: undefined }),
      also: { menu },
    }),
    clock: {
      always: [
        { guard: ({ context }: Moment) => zones(context).length === 0, target: at("campaign.country") },
        // WhatsApp carries no daily messages to the numbers of that country.
        { guard: ({ context }: Moment) => context.shape === "whatsapp" && context.country === "US", target: at("campaign.elsewhere") },
        {
          guard: ({ context }: Moment) => zones(context).length === 1,
          target: at("campaign.hour"),
          actions: remember((memory) => ({ page: 0, joining: { ...memory.joining, zone: zones(memory)[0] } })),
        },
        { target: at("campaign.zone") },
      ],
    } as Part,
    elsewhere: ask("campaign.elsewhere", { key: "campaign.elsewhere" }, { menu }),
    zone: chosen(
      paged("campaign.zone", {
        key: () => "campaign.zone",
        // A slash would part the answer from its question.
        items: (memory) => zones(memory).map((zone) => ({ id: `zone:${zone.replaceAll("/", "~")}`, label: `place.zone-${zone}` })),
        prefix: "zone:",
        to: "campaign.hour",
        remember: () => ({}),
        also: { menu },
      }),
      "zone:",
      (zone) => ({ zone: zone.replaceAll("~", "/") }),
    ),
    hour: chosen(
      paged("campaign.hour", { key: () => "campaign.hour", items: hours, prefix: "hour:", to: "campaign.timed", remember: () => ({}), also: { menu } }),
      "hour:",
      (hour) => ({ hour: Number(hour) }),
    ),
    timed: {
      always: [
        {
          guard: ({ context }: Moment) => context.joining?.changes === true,
          target: at("campaign.gate"),
          actions: [
            effect(step((campaign, { joining: { zone, hour } = {} }) => ({ type: "change", campaign, ...(zone !== undefined && { zone }), ...(hour !== undefined && { hour }) }))),
            say("campaign.noted"),
            remember(() => ({ joining: undefined })),
          ],
        },
        { target: at("campaign.neutral") },
      ],
    } as Part,
    neutral: ask(
      "campaign.neutral",
      { key: "campaign.neutral" },
      {
        plain: { label: "choice.say-it", to: "campaign.agree", remember: ({ joining: so }) => ({ joining: { ...so, neutral: false } }) },
        neutral: { label: "choice.neutral", to: "campaign.agree", remember: ({ joining: so }) => ({ joining: { ...so, neutral: true } }) },
      },
    ),
    // A yes of its own to how often, for how long and at whose cost.
    agree: ask(
      "campaign.agree",
      {
        key: ({ shape }) => `campaign.agree_${shape}`,
        values: (memory) => ({ days: String(one(memory)?.actions.length ?? 0), hour: { key: `place.hour-${memory.joining?.hour ?? USUAL_HOUR}` } }),
      },
      {
        yes: {
          label: "choice.yes",
          to: "campaign.joined",
          doing: step((campaign, { language = "en", country, now, joining: { zone, hour = USUAL_HOUR, neutral = true } = {} }) => ({
            type: "join",
            campaign,
            language,
            country,
            zone: zone ?? zonesOf(country, now)[0] ?? "UTC",
            hour,
            neutral,
            wording: WORDING,
          })),
        },
        no: { label: "choice.no", to: "menu.main", remember: () => ({ joining: undefined, campaign: undefined }) },
      },
    ),
    joined: ask(
      "campaign.joined",
      {
        key: (memory) => (begins(memory) === undefined ? "campaign.joined" : "campaign.joined-before"),
        values: (memory) => ({ name: { key: text(memory, "name") }, date: begins(memory) ?? "", when: next(memory) }),
      },
      { mine: { label: "choice.my-campaign", to: "campaign.gate", remember: () => ({ joining: undefined }) }, menu },
    ),
  }

  /** The first day's date, where it is still to come. */
  function begins(memory: Memory): string | undefined {
    const first = one(memory)?.begins
    const today = localDay(memory.now, memory.joining?.zone ?? "UTC").date
    return first === undefined || first === "joining" || first <= today ? undefined : first
  }

  /** The weekday on which her hour comes next. */
  function next({ now, joining: { zone = "UTC", hour = USUAL_HOUR } = {} }: Memory): Value {
    const today = localDay(now, zone)
    return { day: today.hour < hour ? today.weekday : localDay(now + 24 * 3600_000, zone).weekday }
  }
}
