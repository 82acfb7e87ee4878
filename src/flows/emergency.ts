import { countryOf, type Directory, type Need } from "./directory.ts"
import { createNumbers } from "./emergency-numbers.ts"
import type { FlowEvent, Memory } from "./memory.ts"
import { ask, at, chose, remember, say, type Answer, type Part } from "./part.ts"

/**
 * Danger, suicide or self-harm, a child, pictures or blackmail. Reached by key, by menu and by words; nothing here
 * scores anybody, it raises a question and a number.
 */
export function emergency(directory: Directory): Part {
  const numbers = createNumbers(directory)
  const isListed = ({ country }: Memory) => countryOf(directory, country) !== undefined
  const more = (need: Need, when: (memory: Memory) => boolean = () => true): Answer => ({
    label: "choice.numbers",
    to: "find-help.where",
    remember: () => ({ need, page: 0 }),
    when: (memory) => isListed(memory) && when(memory),
  })
  const pictured = (to: string, age?: Memory["age"]) => ({ to, remember: () => ({ topic: "images" as const, trail: [], ...(age && { age }) }) })
  const menu: Answer = { label: "choice.menu", to: "menu.main" }
  const pictures: Answer = { label: "choice.pictures-or-money", to: "emergency.images" }
  const elsewhere = (need: Need): Answer => ({ label: "choice.other-country", to: "find-help.country", remember: () => ({ need, page: 0 }) })
  const plainly = {
    yes: { label: "choice.yes", to: "emergency.suicide-yes" },
    no: { label: "choice.no", to: "menu.main", saying: "emergency.suicide-no", values: numbers.suicideNo },
    "not-sure": { label: "choice.not-sure", to: "emergency.suicide-yes" },
    "someone-else": { label: "choice.someone-else", to: "emergency.suicide-other" },
  } satisfies Record<string, Answer>

  return {
    initial: "which",
    states: {
      which: ask(
        "emergency.which",
        { key: "emergency.which", values: numbers.which },
        {
          danger: { label: "choice.not-safe", to: "emergency.danger" },
          suicide: { label: "choice.dark-thoughts", to: "emergency.suicide-ask" },
          child: { label: "choice.under-18", to: "emergency.child", remember: () => ({ age: "under-18" }) },
          images: pictures,
          "other-country": elsewhere("emergency"),
          menu,
        },
      ),
      danger: ask(
        "emergency.danger",
        { key: "emergency.danger", values: numbers.danger },
        {
          "here-again": { label: "choice.here-again", to: "emergency.here", remember: () => ({ safe: true, quiet: undefined }) },
          numbers: more("violence"),
          "other-country": elsewhere("emergency"),
        },
      ),
      // Whoever had asked for a person, or was with one, goes on where that was left.
      here: {
        always: [
          {
            guard: ({ context: { handoff, reopens, unsaid } }: { context: Memory }) => handoff !== undefined || reopens === true || unsaid !== undefined,
            target: at("person.gate"),
          },
          { target: at("menu.main") },
        ],
      },
      "danger-ask": ask(
        "emergency.danger-ask",
        { key: "emergency.danger-ask" },
        {
          yes: { label: "choice.yes", to: "emergency.danger" },
          "not-sure": { label: "choice.not-sure", to: "emergency.danger" },
          no: { label: "choice.no", to: "menu.main", saying: "emergency.danger-no" },
        },
      ),
      // Words that leave no doubt get the number with the question, not after it.
      suicide: ask("emergency.suicide", { key: "emergency.suicide-ask" }, plainly, [say("emergency.suicide", numbers.suicide)]),
      "suicide-ask": ask("emergency.suicide-ask", { key: "emergency.suicide-ask" }, plainly),
      "suicide-yes": ask(
        "emergency.suicide-yes",
        { key: "emergency.suicide-yes", values: numbers.suicideYes },
        {
          person: { label: "choice.person", to: "person.gate" },
          numbers: more("suicide"),
          "other-country": elsewhere("suicide"),
          menu,
        },
      ),
      "suicide-other": ask(
        "emergency.suicide-other",
        { key: "emergency.suicide-other", values: numbers.suicideOther },
        {
          yes: { label: "choice.yes", to: "emergency.danger" },
          no: { label: "choice.no", to: "menu.main", saying: "emergency.danger-no" },
          numbers: more("suicide"),
        },
      ),
      child: ask(
        "emergency.child",
        { key: "emergency.child", values: numbers.child },
        {
          numbers: more("child"),
          "other-country": { ...elsewhere("child"), when: (memory) => !isListed(memory) },
          images: { label: "choice.pictures", ...pictured("tips.images.under-18", "under-18") },
          person: { label: "choice.person", to: "person.gate", remember: () => ({ need: "child", page: 0 }) },
          menu,
        },
      ),
      images: knowing(
        "emergency.images",
        { key: ({ age }) => (age === "under-18" ? "emergency.images-young" : "emergency.images") },
        {
          pictures: { label: "choice.pictures", to: "emergency.age" },
          demands: { label: "choice.demands", to: "tips.blackmail.first-steps", remember: () => ({ topic: "blackmail", trail: [] }) },
          "something-else": { label: "choice.something-else", to: "tips.list", remember: () => ({ page: 0 }) },
          urgent: { label: "choice.not-safe", to: "emergency.danger" },
          numbers: more("child", ({ age }) => age === "under-18"),
        },
      ),
      age: ask(
        "emergency.age",
        { key: "emergency.age" },
        {
          "under-18": { label: "choice.under-18", ...pictured("tips.images.under-18", "under-18") },
          adult: { label: "choice.adult", ...pictured("tips.images.first-steps", "adult") },
          skip: { label: "choice.skip", ...pictured("tips.images.first-steps", "unsaid") },
        },
      ),
    },
  }
}

/** A question whose way to the pictures goes past the age where that is known. */
function knowing(...[place, text, answers]: Parameters<typeof ask>): Part {
  const asked = ask(place, text, answers)
  const past = (to: string, known: (age: Memory["age"]) => boolean) => ({
    guard: ({ context, event }: { context: Memory; event: FlowEvent }) => chose(event, "pictures") && known(context.age),
    target: at(to),
    actions: remember(() => ({ topic: "images" as const, trail: [] })),
  })
  const ways = [past("tips.images.under-18", (age) => age === "under-18"), past("tips.images.first-steps", (age) => age !== undefined)]
  return { ...asked, on: { ...asked.on, choose: [...ways, ...(asked.on as { choose: readonly unknown[] }).choose] } } as Part
}
