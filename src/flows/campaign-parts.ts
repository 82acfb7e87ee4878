import type { Campaign, ParticipantStep, Participation } from "./campaign-shapes.ts"
import type { Conversation, Turn } from "./conversation.ts"
import type { Effect, TextKey } from "./effect.ts"
import type { Memory } from "./memory.ts"

/** What a place of a campaign asks about whom it talks to. */
export type Around = ReturnType<typeof around>

/** A look at a person and the campaigns around her. */
export function around(campaigns: readonly Campaign[]) {
  const one = ({ campaign }: Memory): Campaign | undefined => campaigns.find(({ id }) => id === campaign)
  const mine = ({ campaign, campaigns: facts }: Memory): Participation | undefined => facts?.mine.find((each) => each.campaign === campaign)
  const open = ({ campaigns: facts, language }: Memory): readonly string[] =>
    campaigns.filter(({ id, languages }) => facts?.open.includes(id) === true && (language === undefined || languages.includes(language))).map(({ id }) => id)
  return {
    one,
    mine,
    /** Whether the campaign that she is with can be joined, in her language. */
    isOpen: (memory: Memory): boolean => open(memory).some((id) => id === memory.campaign),
    /** What she takes part in, then what she could join. */
    listed: (memory: Memory): readonly string[] => {
      const joined = memory.campaigns?.mine.map(({ campaign }) => campaign) ?? []
      return [...joined, ...open(memory).filter((id) => !joined.includes(id))]
    },
    /** A text of the campaign that she is with. */
    text: (memory: Memory, name: string): TextKey => textOf(memory.campaign ?? "", name),
  }
}

/** A text of a campaign, which is a file of the locales like others. */
export function textOf(campaign: string, name: string): TextKey {
  return `${campaign}.${name}` as TextKey
}

/** Something that happens to her part in the campaign that she is with. */
export function step(make: (campaign: string, memory: Memory) => ParticipantStep) {
  return (memory: Memory): Effect => ({ type: "participate", step: make(memory.campaign ?? "", memory) })
}

/** Whether the last that she was told was an action of the day: she asked for it by joining, and has said nothing since. */
export function isUnasked({ place, memory }: Pick<Conversation, "place" | "memory">): boolean {
  return place.startsWith("campaign.") && !memory.safe
}

/** Whoever stops everything takes part in nothing any more. */
export function stopped(turn: Turn, why: "carrier" | "blocked"): Turn {
  return { ...turn, effects: [...turn.effects, { type: "participate", step: { type: "leave-all", why } }] }
}
