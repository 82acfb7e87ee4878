import { expect } from "vitest"
import type { Language, Shape } from "../../src/flows/effect.ts"
import type { OpenCase, Report } from "../../src/flows/report-shapes.ts"
import type { Coding } from "../../src/helpline/report-view.ts"
import { somebody } from "./spoken.ts"

/** What the house says of reports: that they are taken, and by whom; `code` is what the next one is given. */
export const REPORTS = { taken: true, code: "909090909090909090", group: "Example Rights Foundation" }

/** How somebody types the same account in each language: numbers, words and labels, as people do. */
export const TYPED: Readonly<Record<Language, readonly string[]>> = {
  en: [
    "tell what happened",
    "begin",
    "18 to 30",
    "me",
    "1, 2",
    "1",
    "2 please",
    "1 and 5",
    "my ex",
    "1 2",
    "blocking, telling someone",
    "nothing changed",
    "2",
    "this month",
    "lahore",
    "woman or girl",
    "he wrote every day",
    "and then at night",
    "done",
    "right",
    "yes",
    "yes",
    "no",
    "yes",
    "i have it",
  ],
  ur: [
    "جو ہوا وہ بتائیں",
    "شروع کریں",
    "۲",
    "میری",
    "۱، ۲",
    "۱",
    "۲",
    "۱ اور ۵",
    "سابق شوہر",
    "۱ ۲",
    "۲ ۳",
    "کچھ نہیں بدلا",
    "۲",
    "اس مہینے",
    "لاہور",
    "عورت یا لڑکی",
    "وہ روز لکھتا تھا",
    "پھر رات کو بھی",
    "ہو گیا",
    "سب ٹھیک ہے",
    "ہاں",
    "جی ہاں",
    "نہیں",
    "ہاں",
    "میرے پاس ہے",
  ],
  "ur-Latn": [
    "jo hua woh batayein",
    "shuru",
    "18 se 30",
    "meri",
    "1, 2",
    "1",
    "2",
    "1 aur 5",
    "mera ex",
    "1 2",
    "2,3",
    "kuch nahi badla",
    "2",
    "is mahine",
    "lahore mein",
    "aurat ya larki",
    "woh roz likhta tha",
    "phir raat ko bhi",
    "ho gaya",
    "sab theek hai",
    "haan",
    "ji haan",
    "nahi",
    "haan",
    "mere paas hai",
  ],
  es: [
    "contar qué pasó",
    "empezar",
    "de 18 a 30",
    "a mí",
    "1, 2",
    "1",
    "2",
    "1 y 5",
    "mi ex",
    "1 2",
    "2 3",
    "nada cambió",
    "2",
    "este mes",
    "en lahore",
    "mujer o niña",
    "escribía todos los días",
    "y después de noche",
    "listo",
    "todo está bien",
    "sí",
    "sí",
    "no",
    "sí",
    "lo tengo",
  ],
  fr: [
    "raconter les faits",
    "commencer",
    "de 18 à 30 ans",
    "moi",
    "1, 2",
    "1",
    "2",
    "1 et 5",
    "mon ex",
    "1 2",
    "2 3",
    "rien n'a changé",
    "2",
    "ce mois-ci",
    "à lahore",
    "femme ou fille",
    "il écrivait tous les jours",
    "et puis la nuit",
    "fini",
    "tout est juste",
    "oui",
    "oui",
    "non",
    "oui",
    "je l'ai",
  ],
}

/** On a screen with buttons one number is one of several; what was chosen is shown, and she says when that is all. */
const DONE: Readonly<Record<Language, string>> = { en: "that's all", ur: "بس اتنا ہی", "ur-Latn": "bas itna hi", es: "eso es todo", fr: "c'est tout" }

/** Where in the account a lone number is one of several. */
const ONE_OF_SEVERAL: ReadonlySet<number> = new Set([5, 6])

/** The same account, typed on a channel. */
export function typedOn(shape: Shape, language: Language): readonly string[] {
  return TYPED[language].flatMap((text, n) => (shape !== "sms" && ONE_OF_SEVERAL.has(n) ? [text, DONE[language]] : [text]))
}

/** What that account is, in ids; `month` is the one in which it was told. */
export function toldIn(language: Language, month: string): Report {
  return {
    language,
    about: "self",
    acts: ["images-shared", "threats"],
    platforms: ["whatsapp", "calls-sms"],
    relation: "ex-partner",
    harms: ["psychological", "social"],
    actions: [
      { action: "blocked", outcome: "nothing" },
      { action: "told-someone", outcome: "partly" },
    ],
    when: month,
    country: "PK",
    province: "punjab",
    district: "lahore",
    age: "from-18-to-30",
    gender: "woman",
    words: TYPED[language].slice(16, 18),
  }
}

/** What of an account is counted. */
export function codingOf({ about, acts, platforms, relation, harms, actions, country, province, district, age, gender }: Report): Coding {
  return { about, acts, platforms, relation, harms, actions, country, province, district, age, gender }
}

/** Somebody who has come to her own words. */
export function atWords(shape: Shape = "telegram") {
  const her = somebody({ shape, country: "PK", reports: REPORTS })
  her.answers("report", "begin", "from-18-to-30", "skip", "skip", "skip", "skip", "skip", "skip", "skip", "skip", "skip")
  expect(her.place()).toBe("report.words")
  return her
}

/** A case that is kept: two answers, a story, and everything agreed to but to share. */
export const KEPT: OpenCase = {
  ref: "a-ref",
  state: "kept",
  consents: { keep: true, count: false, share: false, publish: true, wording: "report-1" },
  answers: [
    { id: "1", text: "First answer." },
    { id: "2", text: "Second answer." },
  ],
  keptUntil: "2027-11",
  counted: false,
  story: { id: "story-1", text: "Somebody was written to." },
}

/** Somebody who is safe and has typed a code. */
export function withCase(opened: OpenCase | "unknown" | "later" = KEPT) {
  const her = somebody({ country: "PK", reports: REPORTS })
  return { her, said: her.hears({ type: "case", opened }).join("\n") }
}
