import type { Keeping } from "./reports-shelve.ts"
import type { HandoffWaits } from "../store/handoff-row.ts"
import type { Care } from "../store/seats.ts"
import type { Ages } from "../store/shelves.ts"
import type { HelplineFile } from "./content.ts"
import type { DeskFile } from "./desk-file.ts"

/** What the flows take from `content/helpline.yaml` and `content/desk.yaml`. */
export function organisationOf(helpline: HelplineFile, desk: DeskFile) {
  return {
    country: helpline.country,
    languages: helpline.languages,
    channels: helpline.otherChannels.join(", "),
    contact: helpline.contact,
    retention: { hours: helpline.retention.flowHours, days: helpline.retention.deliveryDays, transcriptDays: desk.retention.transcriptDays, caseMonths: desk.retention.caseMonths },
    sessionMs: helpline.sessionMinutes * 60_000,
  }
}

/** How old things may grow, as `content/helpline.yaml` and `content/desk.yaml` say. */
export function agesOf({ retention }: HelplineFile, desk: DeskFile): Ages {
  const day = 24 * 3600_000
  return {
    flowMs: retention.flowHours * 3600_000,
    deliveryMs: retention.deliveryDays * day,
    transcriptMs: desk.retention.transcriptDays * day,
    caseMs: desk.retention.caseMonths * 30 * day,
  }
}

/** How long each step of a handoff may take, and when counsellors rest, as `content/desk.yaml` says. */
export function waitsOf({ minutes, care }: DeskFile): { readonly waits: HandoffWaits; readonly care: Care } {
  const { consent, queue, answer, offer, silence, close } = minutes
  return {
    waits: { consent: consent * 60, queue: queue * 60, answer: answer * 60, offer: offer * 60, silence: silence * 60, close: close * 60 },
    care: { hardInARow: care.hardInARow, coolSeconds: care.coolMinutes * 60 },
  }
}

/** How reports are kept, as `content/helpline.yaml` says, by the time zone of `content/desk.yaml`. */
export function keepingOf({ reports: { months, shelveHour } }: HelplineFile, { timeZone }: DeskFile): Keeping {
  return { months, shelveHour, timeZone }
}
