import type caution from "./en/caution.json" with { type: "json" }
import type choice from "./en/choice.json" with { type: "json" }
import type emergency from "./en/emergency.json" with { type: "json" }
import type findHelp from "./en/find-help.json" with { type: "json" }
import type hello from "./en/hello.json" with { type: "json" }
import type left from "./en/left.json" with { type: "json" }
import type menu from "./en/menu.json" with { type: "json" }
import type need from "./en/need.json" with { type: "json" }
import type settings from "./en/settings.json" with { type: "json" }
import type tips from "./en/tips.json" with { type: "json" }

type Texts = {
  caution: typeof caution
  choice: typeof choice
  emergency: typeof emergency
  "find-help": typeof findHelp
  hello: typeof hello
  left: typeof left
  menu: typeof menu
  need: typeof need
  settings: typeof settings
  tips: typeof tips
}

type Keys<T> = {
  [K in keyof T & string]: K extends `$${string}` ? never : T[K] extends string ? K : `${K}.${Keys<T[K]>}`
}[keyof T & string]

/** The key of a text, as the English files have it: `hello.safe`, `tips.hacked.first-steps`. */
export type MessageKey = Keys<Texts>
