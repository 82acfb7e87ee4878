import { step, type Around } from "./campaign-parts.ts"
import type { LocalEvent } from "./campaign-shapes.ts"
import { NOWHERE } from "./directory.ts"
import type { Day, TextKey, Value } from "./effect.ts"
import type { Memory } from "./memory.ts"
import { paged } from "./paged.ts"
import { ask, effect, type Answer, type Part } from "./part.ts"

/**
 * What an organisation announces near her, and whether she says that she comes. Nobody is listed: her word is a number for
 * everybody else, and is taken back as easily as it is given.
 */
export function events({ mine }: Around, all: readonly LocalEvent[]) {
  const coming = (memory: Memory): readonly LocalEvent[] => {
    const country = mine(memory)?.country ?? memory.country
    return all
      .filter(({ campaign, languages, begins }) => campaign === memory.campaign && begins > memory.now && (memory.language === undefined || languages.includes(memory.language)))
      .filter((event) => country === NOWHERE || event.country === country)
      .toSorted((a, b) => a.begins - b.begins)
  }
  const one = ({ event }: Memory): LocalEvent | undefined => all.find(({ id }) => id === event)
  const known = ({ campaigns, event }: Memory) => campaigns?.events?.find(({ id }) => id === event)
  const comes = (memory: Memory): boolean => known(memory)?.comes === true
  const menu: Answer = { label: "choice.menu", to: "campaign.away" }
  const back: Answer = { label: "choice.back", to: "campaign.events", remember: () => ({ page: 0 }) }
  const says = (answer: boolean) => ({
    label: answer ? ("choice.coming" as const) : ("choice.not-coming" as const),
    to: answer ? "campaign.coming" : "campaign.not-coming",
    doing: step((_, memory) => ({ type: "coming", event: one(memory)?.id ?? "", comes: answer, ends: one(memory)?.ends ?? 0 })),
  })
  /** One of its texts, said where the event is still in the content. */
  const told = (key: "campaign.event" | "campaign.event-join", values: (event: LocalEvent) => Readonly<Record<string, Value>>) =>
    effect((memory) => {
      const event = one(memory)
      return event && { type: "say", key, values: values(event) }
    })

  const states = {
    events: paged("campaign.events", {
      key: (memory) => (coming(memory).length === 0 ? "campaign.events-over" : "campaign.events"),
      items: (memory) => coming(memory).map(({ id }) => ({ id: `event:${id}`, label: eventText(id, "label") })),
      prefix: "event:",
      to: "campaign.event",
      remember: (event) => ({ event }),
      also: { menu },
    }),
    // Several short messages, so that each of them fits a text message in every alphabet. What a locked screen shows of the first is harmless.
    event: ask(
      "campaign.event",
      {
        key: (memory) => (one(memory) === undefined ? "campaign.events-over" : "campaign.event-access"),
        values: ({ event = "" }) => ({ access: { key: eventText(event, "access") } }),
      },
      {
        coming: { ...says(true), when: (memory) => one(memory) !== undefined && !comes(memory) },
        "not-coming": { ...says(false), when: comes },
        back,
        menu,
      },
      [
        told("campaign.event", ({ id, date, time }) => ({
          title: { key: eventText(id, "title") },
          place: { key: eventText(id, "place") },
          day: { day: weekday(date) },
          date,
          time,
        })),
        told("campaign.event-join", ({ id }) => ({ join: { key: eventText(id, "join") } })),
        effect((memory) => {
          const count = known(memory)?.count
          return count === undefined ? undefined : { type: "say", key: "campaign.event-many", values: { count: String(count) } }
        }),
      ],
    ),
    coming: ask("campaign.coming", { key: "campaign.coming" }, { "not-coming": says(false), back, menu }),
    "not-coming": ask("campaign.not-coming", { key: "campaign.not-coming" }, { coming: says(true), back, menu }),
  } satisfies Record<string, Part>

  return {
    states,
    /** The way there, where there is something to go to. */
    near: { label: "choice.events", to: "campaign.events", remember: () => ({ page: 0 }), when: (memory) => coming(memory).length > 0 } satisfies Answer,
  }
}

/** A text of an event, which is a name of the content. */
export function eventText(id: string, part: "label" | "title" | "place" | "join" | "access"): TextKey {
  return `place.event-${id}-${part}`
}

function weekday(date: string): Day {
  return (["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const)[new Date(date).getUTCDay()] ?? "mon"
}
