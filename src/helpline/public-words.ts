import type { PageKey } from "../locales/message-key.ts"
import type { Language, Texts } from "../locales/texts.ts"

export type { Language }

/** What pages and papers for everybody say, in one language. */
export type PublicWords = {
  readonly language: Language
  readonly dir: "ltr" | "rtl"
  /** A text with its placeholders filled. What runs from left to right stays so inside one that doesn't: `29%`, `2026-Q4`. */
  readonly say: (key: PageKey, values?: Readonly<Record<string, string>>) => string
  /** 2,800, as the language writes it. */
  readonly number: (count: number) => string
  /** A share in whole percent; what is less than one is said to be. */
  readonly share: (count: number, of: number) => string
  /** A day as people say it: `2027-02-01` is 1 February 2027. */
  readonly day: (iso: string) => string
  readonly list: (items: readonly string[]) => string
  /** How a language calls itself. */
  readonly own: (language: Language) => string
}

/** The words of one language. Throws where there are no texts in it. */
export function publicWords(texts: Texts, language: Language): PublicWords {
  // Roman Urdu writes numbers and months as English does.
  const locale = language === "ur-Latn" || language === "en" ? "en-GB" : language
  const rtl = language === "ur"
  const numbers = new Intl.NumberFormat(locale)
  const percents = new Intl.NumberFormat(locale, { style: "percent" })
  const days = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" })
  const lists = new Intl.ListFormat(locale)
  const say: PublicWords["say"] = (key, values) =>
    texts(key, language, values && (rtl ? Object.fromEntries(Object.entries(values).map(([name, value]) => [name, apart(value)])) : values))
  return {
    language,
    dir: rtl ? "rtl" : "ltr",
    say,
    number: (count) => numbers.format(count),
    share: (count, of) => (count > 0 && count / of < 0.01 ? say("numbers.under-one", { percent: percents.format(0.01) }) : percents.format(count / of)),
    day: (iso) => days.format(new Date(iso)),
    list: (items) =>
      lists
        .formatToParts(items)
        .map(({ type, value }) => (type === "literal" && language === "ur-Latn" ? value.replace("and", "aur") : value))
        .join(""),
    own: (other) => texts(`language.${other}`, language),
  }
}

/** Keeps a value in Latin letters or digits from taking the direction of the letters around it (UAX #9, isolates). */
function apart(value: string): string {
  return /\p{Script=Arabic}/u.test(value) ? value : `\u2066${value}\u2069`
}
