import { setup } from "xstate"
import type { Areas } from "./areas.ts"
import { campaign } from "./campaign.ts"
import type { Campaign, LocalEvent } from "./campaign-shapes.ts"
import { openedCase } from "./case.ts"
import type { Directory } from "./directory.ts"
import type { Effect, Language } from "./effect.ts"
import { emergency } from "./emergency.ts"
import { createNumbers } from "./emergency-numbers.ts"
import { findHelp } from "./find-help.ts"
import { hello } from "./hello.ts"
import { blank, carried, type Destination, type FlowEvent, type Memory } from "./memory.ts"
import { menu } from "./menu.ts"
import { person } from "./person.ts"
import { at, remember, say, type Part } from "./part.ts"
import { report } from "./report.ts"
import type { Details } from "./report-details.ts"
import { settings } from "./settings.ts"
import { tips } from "./tips/tips.ts"

/** What an organisation decides, as far as the flows need it. */
export type Organisation = {
  readonly directory: Directory
  /** What each country is divided into; without it the provinces of the directory. */
  readonly areas?: Areas | undefined
  /** None where the organisation runs none. */
  readonly campaigns?: readonly Campaign[] | undefined
  /** What is announced near people who take part in them. */
  readonly events?: readonly LocalEvent[] | undefined
  readonly country: string
  readonly languages: readonly Language[]
  readonly channels: string
  readonly contact: string
  readonly retention: { readonly hours: number; readonly days: number; readonly transcriptDays: number; readonly caseMonths: number }
}

/**
 * Where each destination leads. They are taken from `gate`, a place that no flow is in, so no flow can shadow them:
 * a safety word works from everywhere because it never asks the place where she is.
 */
const destinations: Readonly<Record<Destination, string>> = {
  hello: "hello.safe",
  exit: "gate.exit",
  "opt-out": "left",
  "opt-in": "gate.opt-in",
  group: "gate.group",
  menu: "menu.main",
  help: "menu.help",
  lost: "menu.lost",
  sorry: "menu.sorry",
  person: "person.gate",
  report: "report.gate",
  case: "case.gate",
  emergency: "emergency.which",
  danger: "emergency.danger",
  "danger-ask": "emergency.danger-ask",
  suicide: "emergency.suicide",
  "suicide-ask": "emergency.suicide-ask",
  child: "emergency.child",
  "images-risk": "emergency.images",
  tips: "tips.list",
  topic: "menu.topic",
  "find-help": "find-help.here",
  settings: "settings.main",
  language: "settings.language",
  privacy: "settings.keep",
  forget: "settings.forget",
  campaign: "campaign.gate",
  action: "campaign.today",
  letter: "campaign.letter-gate",
  "campaign-off": "campaign.off",
}

/** Builds the whole machine of values; it reads no clock, no file and no chance. */
export function createMachine(organisation: Organisation & { readonly details: Details }) {
  const numbers = createNumbers(organisation.directory)
  const pending = Object.entries(destinations).map(([to, place]) => ({
    guard: ({ context }: { context: Memory }) => context.pending?.to === to,
    target: at(place),
    actions: remember(({ pending: jump }) => ({ pending: undefined, ...(jump && carried(jump)) })),
  }))
  const gate: Part = {
    initial: "open",
    states: {
      open: {},
      pending: { always: [...pending, { target: at("menu.main") }] },
      exit: { entry: say("left.exit"), always: at("left") },
      "opt-in": { entry: say("left.back"), always: at("left") },
      group: { entry: { type: "effect", params: { type: "leave-group", key: "left.group" } }, always: at("left") },
    },
    on: {
      go: Object.entries(destinations).map(([to, place]) => ({
        guard: ({ event }: { event: FlowEvent }) => event.type === "go" && event.to === to,
        target: at(place),
      })),
    },
  } as Part
  return setup({
    types: {},
    actions: { effect: (_args, _effect: Effect | undefined) => {} },
  }).createMachine({
    id: "hamraaz",
    context: blank("sms", organisation.country, 0),
    initial: "gate",
    states: {
      gate,
      hello: hello(organisation.channels),
      menu: menu(organisation.contact, organisation.campaigns ?? []),
      tips: tips(),
      "find-help": findHelp(organisation.directory),
      person: person(organisation.retention.transcriptDays, numbers),
      report: report(organisation, numbers),
      case: openedCase(organisation.details, numbers),
      emergency: emergency(organisation.directory),
      campaign: campaign(organisation.campaigns ?? [], organisation.directory, organisation.details, organisation.events),
      settings: settings(organisation.languages, organisation.retention),
      // Quiet until she writes again.
      left: {},
    } as never,
  })
}
