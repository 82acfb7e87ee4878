import type beSafe from "./en/be-safe.json"
import type campaign from "./en/campaign.json"
import type caution from "./en/caution.json"
import type openedCase from "./en/case.json"
import type choice from "./en/choice.json"
import type demands from "./en/demands.json"
import type emergency from "./en/emergency.json"
import type evidence from "./en/evidence.json"
import type findHelp from "./en/find-help.json"
import type hello from "./en/hello.json"
import type left from "./en/left.json"
import type menu from "./en/menu.json"
import type need from "./en/need.json"
import type numbers from "./en/numbers.json"
import type pages from "./en/pages.json"
import type person from "./en/person.json"
import type quilt from "./en/quilt.json"
import type report from "./en/report.json"
import type settings from "./en/settings.json"
import type sixteenDays from "./en/sixteen-days.json"
import type tips from "./en/tips.json"

type Texts = {
  "be-safe": typeof beSafe
  campaign: typeof campaign
  case: typeof openedCase
  caution: typeof caution
  choice: typeof choice
  emergency: typeof emergency
  "find-help": typeof findHelp
  hello: typeof hello
  left: typeof left
  menu: typeof menu
  need: typeof need
  person: typeof person
  report: typeof report
  settings: typeof settings
  "sixteen-days": typeof sixteenDays
  tips: typeof tips
}

type Keys<T> = {
  [K in keyof T & string]: K extends `$${string}` ? never : T[K] extends string ? K : `${K}.${Keys<T[K]>}`
}[keyof T & string]

/** The key of a text, as the English files have it: `hello.safe`, `tips.hacked.first-steps`. */
export type MessageKey = Keys<Texts>

/** The key of a text that stands on pages and paper for everybody, and is never sent: `numbers.page.title`. */
export type PageKey = Keys<{ demands: typeof demands; evidence: typeof evidence; numbers: typeof numbers; pages: typeof pages; quilt: typeof quilt }>
