import { entriesFor, type Directory, type Need } from "./directory.ts"
import type { Value } from "./effect.ts"
import type { Memory } from "./memory.ts"
import { ask, say, type Answer, type Part } from "./part.ts"

/**
 * Danger, suicide or self-harm, a child, pictures or blackmail. Reached by key, by menu and by words; nothing here
 * scores anybody, it raises a question and a number.
 */
export function emergency(directory: Directory): Part {
  const dials = (memory: Memory, need: Need): Value => {
    const two = (wanted: Need) => entriesFor(directory, memory.country, memory.province, wanted, memory.now).filter(({ dial }) => /\d/.test(dial))
    const entries = two(need).length > 0 ? two(need) : two("emergency")
    // A number that nobody could verify stands behind one that somebody has.
    const best = [...entries].sort((a, b) => Number(a.unverified) - Number(b.unverified)).slice(0, 2)
    return { dials: best.map(({ dial, unverified }) => ({ dial, unverified })) }
  }
  const numbers = (memory: Memory) => ({
    emergency: dials(memory, "emergency"),
    suicide: dials(memory, "suicide"),
    child: dials(memory, "child"),
  })
  const more = (need: Need): Answer => ({ label: "choice.numbers", to: "find-help.entries", remember: () => ({ need, page: 0 }) })
  const menu: Answer = { label: "choice.menu", to: "menu.main" }
  const pictures: Answer = { label: "choice.pictures-or-money", to: "emergency.images" }
  const elsewhere = (need: Need): Answer => ({ label: "choice.other-country", to: "find-help.country", remember: () => ({ need, page: 0 }) })
  const plainly = {
    yes: { label: "choice.yes", to: "emergency.suicide-yes" },
    no: { label: "choice.no", to: "menu.main", saying: "emergency.suicide-no", values: numbers },
    "not-sure": { label: "choice.not-sure", to: "emergency.suicide-yes" },
    "someone-else": { label: "choice.someone-else", to: "emergency.suicide-other" },
  } satisfies Record<string, Answer>

  return {
    initial: "which",
    states: {
      which: ask(
        "emergency.which",
        { key: "emergency.which", values: numbers },
        {
          danger: { label: "choice.not-safe", to: "emergency.danger" },
          suicide: { label: "choice.dark-thoughts", to: "emergency.suicide-ask" },
          child: { label: "choice.under-18", to: "emergency.child" },
          images: pictures,
          "other-country": elsewhere("emergency"),
          menu,
        },
      ),
      danger: ask(
        "emergency.danger",
        { key: "emergency.danger", values: numbers },
        {
          "here-again": { label: "choice.here-again", to: "menu.main" },
          numbers: more("violence"),
          "other-country": elsewhere("emergency"),
        },
      ),
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
      suicide: ask("emergency.suicide", { key: "emergency.suicide-ask" }, plainly, [say("emergency.suicide", numbers)]),
      "suicide-ask": ask("emergency.suicide-ask", { key: "emergency.suicide-ask" }, plainly),
      "suicide-yes": ask(
        "emergency.suicide-yes",
        { key: "emergency.suicide-yes", values: numbers },
        {
          numbers: more("suicide"),
          "other-country": elsewhere("suicide"),
          menu,
        },
      ),
      "suicide-other": ask(
        "emergency.suicide-other",
        { key: "emergency.suicide-other", values: numbers },
        {
          yes: { label: "choice.yes", to: "emergency.danger" },
          no: { label: "choice.no", to: "menu.main", saying: "emergency.danger-no" },
          numbers: more("suicide"),
        },
      ),
      child: ask(
        "emergency.child",
        { key: "emergency.child", values: numbers },
        {
          numbers: more("child"),
          images: { label: "choice.pictures", to: "tips.images.take-it-down", remember: () => ({ topic: "images", trail: [] }) },
          person: { label: "choice.person", to: "menu.person", remember: () => ({ need: "child", page: 0 }) },
          menu,
        },
      ),
      images: ask(
        "emergency.images",
        { key: "emergency.images" },
        {
          pictures: { label: "choice.pictures", to: "emergency.age" },
          demands: { label: "choice.demands", to: "tips.blackmail.first-steps", remember: () => ({ topic: "blackmail", trail: [] }) },
          "something-else": { label: "choice.something-else", to: "tips.list", remember: () => ({ page: 0 }) },
          urgent: { label: "choice.not-safe", to: "emergency.danger" },
        },
      ),
      age: ask(
        "emergency.age",
        { key: "emergency.age" },
        {
          "under-18": { label: "choice.under-18", to: "tips.images.take-it-down", remember: () => ({ topic: "images", trail: [] }) },
          adult: { label: "choice.adult", to: "tips.images.first-steps", remember: () => ({ topic: "images", trail: [] }) },
          skip: { label: "choice.skip", to: "tips.images.first-steps", remember: () => ({ topic: "images", trail: [] }) },
        },
      ),
    },
  }
}
