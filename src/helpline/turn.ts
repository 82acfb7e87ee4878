import { randomUUID } from "node:crypto"
import type { Conversation, Flows } from "../flows/conversation.ts"
import { isGift, type CampaignFacts, type GiftStep, type ParticipantStep } from "../flows/campaign-shapes.ts"
import type { DeskFacts, DeskStep as FlowStep, Effect, Facts, Heard, Language, OpenHandoff } from "../flows/effect.ts"
import { FLOW_VERSION } from "../flows/version.ts"
import { codeOf, type Log } from "../log.ts"
import type { DayKey } from "../store/campaign-days.ts"
import type { DeskStep } from "../store/desk-turns.ts"
import type { PartStep } from "../store/participants.ts"
import type { park } from "../store/shelves.ts"
import type { Landing, Shelved } from "../store/turns.ts"
import type { Cover } from "../vault/cover.ts"
import { guestToken } from "./campaign-events.ts"
import { freshId } from "./fresh-id.ts"
import { closeLeaving, type Leaving, type LeavingRow } from "./leaving.ts"
import { madeUpName } from "./made-up-names.ts"
import type { Incoming } from "./receive.ts"
import type { Filing } from "../flows/report-shapes.ts"
import { needsKey } from "./reports-file.ts"
import type { Entry } from "./reports-intake.ts"
import type { Reports } from "./reports.ts"

/** Steps that leave a handoff where it is, and with whom. */
const STAYS: ReadonlySet<DeskStep["type"]> = new Set(["line", "mark", "relay", "rest", "resume"])

/** What one batch makes of one conversation, before any of it is written. */
export type Draft<Taken> = {
  readonly id: string
  readonly begins: boolean
  readonly from: bigint
  readonly to: bigint
  before: Conversation | undefined
  readonly turns: Taken[]
  readonly repeats: Taken[]
  readonly deliveries: { readonly key: string; readonly providerId: string | undefined }[]
  readonly rows: Omit<LeavingRow, "process">[]
  readonly timers: { readonly name: string; readonly dueAt: Date; readonly content: Uint8Array }[]
  /** Turns of it that threw. */
  readonly parked: Parked[]
  /** What happens at the desk, in order. */
  readonly desk: DeskStep[]
  /** What happens to her part in campaigns, in order. */
  readonly parts: PartStep[]
  /** What she gives to campaigns or takes back, in order. */
  readonly gifts: GiftStep[]
  /** Actions of campaigns that were brought to her, each with the message that carries it. */
  readonly actions: (DayKey & { readonly outboxId: string })[]
  /** What has to wait until more is known, and what came after it. */
  readonly postponed: Taken[]
  /** What she gave to the report officers; sealed, what the intake gets. */
  readonly filed: Filing[]
  readonly entries: Entry[]
  /** Her handoff as the store has it, where that was asked. */
  readonly handoff: OpenHandoff | undefined
  /** She has left: nothing older may reach her. */
  hush: boolean
  /** She has written herself, so her phone is on. */
  reachable: boolean
}

export type Parked = Parameters<typeof park>[1]

/** A flow files something that has to be sealed, where it was told that nobody is there to open it. */
class NobodyToSealTo extends Error {
  override name = "NobodyToSealTo"
}

/** What only she can do. */
const OWN_WORDS: ReadonlySet<Heard["type"]> = new Set<Heard["type"]>(["text", "choice", "media", "begin"])

/** Takes conversations through what they hear: reads no database, writes nothing. */
export function createTurns({
  cover,
  flows,
  log,
  now: clock,
  desk,
  reports,
}: {
  readonly cover: Cover
  readonly flows: Flows
  readonly log: Log
  readonly now: () => number
  readonly desk: () => DeskFacts | undefined
  readonly reports: Pick<Reports, "facts">
}) {
  function begin<Taken>(id: string, shelved: Shelved | undefined, handoff: OpenHandoff | undefined): Draft<Taken> {
    return {
      id,
      begins: shelved === undefined,
      from: shelved?.version ?? 0n,
      // A contact who comes back after being forgotten never reuses a number: versions begin at the clock.
      to: shelved === undefined ? BigInt(clock()) : shelved.version + 1n,
      before: shelved === undefined ? undefined : uncover(shelved.state, id),
      turns: [],
      repeats: [],
      deliveries: [],
      rows: [],
      timers: [],
      parked: [],
      desk: [],
      parts: [],
      gifts: [],
      actions: [],
      postponed: [],
      filed: [],
      entries: [],
      handoff,
      hush: false,
      reachable: false,
    }
  }

  function uncover(state: Uint8Array, id: string): Conversation | undefined {
    try {
      return JSON.parse(cover.open("state", state)) as Conversation
    } catch {
      // A place that can't be read costs a greeting, not a silence.
      log.contentGone(id)
      return undefined
    }
  }

  /** The number that somebody is asked about where she is, if she is asked. */
  function numberAskedAbout(id: string, shelved: Shelved | undefined): string | undefined {
    const here = shelved === undefined ? undefined : uncover(shelved.state, id)
    return here?.place === "report.code" ? here.memory.draft?.code : undefined
  }

  /**
   * Takes one delivery. A turn that throws is noted for the operator, and answered with an apology and the menu. What needs
   * more than is known, and all that comes after it, is postponed. An action is `held` where the flow says nothing to it, and
   * `failed` where it throws: nobody is told sorry for what she didn't ask for. Of both, nothing is left in the draft.
   */
  function hear<
    Taken extends { readonly key: string; readonly incoming: Incoming; readonly unsealed?: boolean; readonly unnoted?: boolean; readonly campaigns?: CampaignFacts | undefined },
  >(draft: Draft<Taken>, taken: Taken): "taken" | "postponed" | "held" | "failed" {
    if (draft.postponed.length > 0) return postponed(draft, taken)
    const { incoming } = taken
    const now = clock()
    const standing = desk()
    const kept = reports.facts()
    const facts: Facts = {
      now,
      shape: incoming.shape,
      fresh: freshId(now),
      // Sealing has failed for this very turn: now she is told that it can't be kept.
      reports: taken.unsealed === true ? { ...kept, taken: false } : kept,
      ...(standing && { desk: standing }),
      // What an earlier turn of this batch changes isn't in it: then it is asked for once more.
      ...(taken.campaigns && draft.parts.length + draft.gifts.length === 0 && { campaigns: taken.campaigns }),
      // Once an earlier turn of this batch has moved it, what she remembers holds.
      ...(draft.handoff !== undefined && draft.desk.every(({ type }) => STAYS.has(type)) && { handoff: draft.handoff }),
      ...(incoming.country && { country: incoming.country }),
      ...(incoming.language && { language: incoming.language }),
    }
    let turn: ReturnType<Flows["hear"]>
    try {
      turn = flows.hear(draft.before, incoming.heard, facts)
      if (facts.reports?.taken !== true && turn.effects.some((effect) => effect.type === "file" && needsKey(effect.filing))) throw new NobodyToSealTo()
    } catch (error) {
      // What a code has opened mustn't be written beside the chat, and neither must what stood beside it.
      const heard = cover.close("heard", JSON.stringify(incoming.heard.type === "case" ? { type: "case" } : incoming.heard))
      draft.parked.push({ id: randomUUID(), conversationId: draft.id, channel: incoming.channel, code: codeOf(error), heard })
      if (incoming.action !== undefined) return "failed"
      turn = flows.hear(undefined, { type: "parked", ...("files" in incoming.heard && { files: incoming.heard.files ?? [] }) }, facts)
    }
    if (turn.needs === "campaigns" && facts.campaigns === undefined) return postponed(draft, taken)
    if (incoming.action !== undefined && !turn.effects.some(({ type }) => type === "say" || type === "list")) return "held"
    draft.before = turn.after
    if (turn.hush === true) {
      draft.hush = true
      // What earlier turns of this very batch were about to say is as old as the rest.
      draft.rows.length = 0
    }
    if (OWN_WORDS.has(incoming.heard.type)) draft.reachable = true
    draft.turns.push(taken)
    draft.deliveries.push({ key: taken.key, providerId: incoming.providerId })
    const said = draft.rows.length
    const effects = turn.effects.filter((effect) => effect.type !== "file" || effect.filing.type !== "seen" || taken.unnoted !== true)
    for (const effect of effects) perform(draft, incoming, effect, turn.after.language, { now: facts.now, said })
    const outboxId = draft.rows[said]?.id
    if (incoming.action !== undefined && outboxId !== undefined) draft.actions.push({ ...incoming.action.key, outboxId })
    return "taken"
  }

  function postponed<Taken>(draft: Draft<Taken>, taken: Taken): "postponed" {
    draft.postponed.push(taken)
    return "postponed"
  }

  function perform<Taken>(draft: Draft<Taken>, incoming: Incoming, effect: Effect, language: Language, { now, said }: { readonly now: number; readonly said: number }): void {
    const { channel, address, shape } = incoming
    if (effect.type === "desk") {
      draft.desk.push(stepOf(incoming, effect.step, language))
      return
    }
    if (effect.type === "wait") {
      const content = cover.close("leaving", JSON.stringify({ channel, address, shape }))
      draft.timers.push({ name: effect.name, dueAt: new Date(now + effect.seconds * 1000), content })
      return
    }
    if (effect.type === "file") {
      draft.filed.push(effect.filing)
      return
    }
    if (effect.type === "participate") {
      takePart(draft, incoming, effect.step)
      return
    }
    const leaving: Leaving = { address, shape, language, what: effect, ...(incoming.action && { bulk: incoming.action.bulk }) }
    const id = freshId(now)
    if (effect.type === "relay") {
      const { id: handoff, staffId, key, line, text } = effect
      const introduction = draft.rows.slice(said).map(({ id: row }) => row)
      draft.desk.push({ type: "relay", id: handoff, staffId, key, outboxId: id, introduction, line, content: cover.close("line", text) })
    }
    draft.rows.push({ id, conversationId: draft.id, turn: draft.to, position: draft.rows.length, channel, leaving, attempts: 0, doubts: 0, unknown: false })
  }

  /** A step in a campaign, where its actions go covered. */
  function takePart<Taken>(draft: Draft<Taken>, { channel, address, shape }: Incoming, step: ParticipantStep): void {
    if (step.type === "join") draft.parts.push({ ...step, channel, where: cover.close("leaving", JSON.stringify({ address, shape })) })
    else if (isGift(step)) draft.gifts.push(step)
    else if (step.type === "coming") draft.parts.push({ ...step, token: guestToken(cover, step.event, draft.id) })
    else draft.parts.push(step)
  }

  /** A step at the desk, what people wrote in it covered. */
  function stepOf({ channel, address, shape }: Incoming, step: FlowStep, language: Language): DeskStep {
    switch (step.type) {
      case "ask": {
        const where = cover.close("leaving", JSON.stringify({ channel, address, shape }))
        return { ...step, name: madeUpName(Buffer.from(step.id.slice(-12), "hex")), channel, language, where }
      }
      case "queue":
        return { ...step, language, asked: cover.close("asked", JSON.stringify(step.asked)) }
      case "line":
        return { type: "line", id: step.id, risk: step.risk, content: cover.close("line", step.text) }
      case "mark":
      case "rest":
      case "resume":
      case "leave":
      case "reopen":
      case "survey":
        return step
      default:
        return step satisfies never
    }
  }

  /** All of it, covered and ready to be written. */
  function landing<Taken>(draft: Draft<Taken>): Landing {
    const { id, begins, to, before, deliveries, rows, timers, desk: steps, hush, reachable } = draft
    if (before === undefined) throw new Error("a turn left no conversation")
    return {
      id,
      begins,
      version: to,
      flowVersion: FLOW_VERSION,
      state: cover.close("state", JSON.stringify(before)),
      heardAt: new Date(before.heardAt),
      deliveries,
      outbox: rows.map(({ id: row, position, channel, leaving }) => ({ id: row, position, channel, content: closeLeaving(cover, leaving) })),
      timers,
      hush,
      reachable,
      desk: steps,
    }
  }

  return { begin, hear, landing, numberAskedAbout }
}
