import type { Language } from "./effect.ts"
import type { Organisation } from "./machine.ts"
import { at, ask, effect, remember, say, type Answer, type Part } from "./part.ts"

/** How long a question about erasing everything stands open; after that a stray “1” erases nothing. */
export const FORGET_SECONDS = 600

/** Language, what is kept, and FORGET. */
export function settings(languages: readonly Language[], retention: Organisation["retention"]): Part {
  const named = languages.map((language): [string, Answer] => [`language:${language}`, { label: `language.${language}`, to: "menu.main" }])
  const menu: Answer = { label: "choice.menu", to: "menu.main" }
  const asked = ask(
    "settings.forget",
    { key: "settings.forget" },
    {
      yes: { label: "choice.yes", to: "settings.forgetting" },
      no: { label: "choice.no", to: "menu.main", saying: "settings.kept" },
    },
    [effect({ type: "wait", name: "forget", seconds: FORGET_SECONDS }), remember(({ now }) => ({ forgetUntil: now + FORGET_SECONDS * 1000 }))],
  )
  return {
    initial: "main",
    states: {
      main: ask(
        "settings.main",
        { key: "settings.main" },
        {
          language: { label: "choice.language", to: "settings.language" },
          keep: { label: "choice.keep", to: "settings.keep" },
          erase: { label: "choice.erase", to: "settings.forget" },
          menu,
        },
      ),
      language: ask("settings.language", { key: "settings.language" }, Object.fromEntries(named)),
      keep: ask(
        "settings.keep",
        { key: "settings.keep-chat", values: { days: String(retention.transcriptDays), months: String(retention.caseMonths) } },
        {
          erase: { label: "choice.erase", to: "settings.forget" },
          menu,
        },
        [say("settings.keep", { hours: String(retention.hours), days: String(retention.days) })],
      ),
      forget: { ...asked, on: { ...(asked.on as object), waited: at("settings.expired") } },
      // The question has lapsed: the next words begin at the menu, and nothing is sent now.
      expired: {},
      forgetting: {
        entry: effect({ type: "forget" }),
        on: {
          forgotten: [
            {
              guard: ({ event }: { event: { type: string; atProvider?: boolean } }) => event.atProvider === true,
              target: at("left"),
              actions: say("settings.forgotten-all"),
            },
            { target: at("left"), actions: say("settings.forgotten-here") },
          ],
        },
      },
    },
  } as Part
}
