import { LANGUAGES, localeFiles, type Language } from "./texts.ts"

/** The words of one language that are matched rather than said. */
export type Words = {
  readonly name: string
  readonly alsoCalled: readonly string[]
  /** Greetings that only this language has: often the whole of a first message. */
  readonly greetings: readonly string[]
  readonly exit: readonly string[]
  /** Words with which people stop something; as a whole message they mean EXIT. */
  readonly stopping: readonly string[]
  readonly farewells: readonly string[]
  readonly menu: readonly string[]
  readonly forget: readonly string[]
  readonly emergency: readonly string[]
  /** Real words one letter away from a word for EXIT: they are no misspelt EXIT. */
  readonly lookalikes: readonly string[]
  /** Words that say nothing beside a safety word or an answer. */
  readonly fillers: readonly string[]
  /** Other ways to type an answer, by the option's id. */
  readonly answers: Readonly<Record<string, readonly string[]>>
  /** Words that may follow a yes or a no and leave it one. */
  readonly afterYes: readonly string[]
  readonly afterNo: readonly string[]
  readonly no: readonly string[]
  /** Words of `no` that also begin a sentence which is no answer. */
  readonly negating: readonly string[]
  /** How one says that this is no good moment, and what may stand around it. */
  readonly notNow: readonly string[]
  readonly notNowWith: readonly string[]
  /** How one asks for no more daily messages. */
  readonly campaignOff: readonly string[]
  /** How one thanks. */
  readonly thanks: readonly string[]
  /** Number words, from one on, those of one number separated by spaces. */
  readonly numbers: readonly string[]
  /** Words that stand before a number. */
  readonly option: readonly string[]
  /** How one says a name, up to the name: “my name is”. */
  readonly beforeNames: readonly string[]
  /** How one writes numbers and addresses that may lead to somebody, and what stands beside numbers that don't. */
  readonly details: Readonly<Record<(typeof DETAILS)[number], readonly string[]>>
}

const DETAILS = ["digits", "money", "houses", "numbering", "streetBefore", "streetWithin", "streetAfter", "noStreet", "counted"] as const

/** Reads `words.json` of every language. Throws, naming file and key, when a list is missing. */
export function readWords(): Readonly<Record<Language, Words>> {
  return Object.fromEntries(LANGUAGES.map((language) => [language, wordsOf(language)])) as Record<Language, Words>
}

function wordsOf(language: Language): Words {
  const file = localeFiles(language)["words"] ?? {}
  const list = (key: string, inside: Readonly<Record<string, unknown>> = file): readonly string[] => {
    const value = inside[key]
    if (!Array.isArray(value) || value.some((word) => typeof word !== "string")) throw new Error(`${language}/words.json: "${key}" should be a list of words`)
    return value as string[]
  }
  const details = (file["details"] ?? {}) as Readonly<Record<string, unknown>>
  const typed = (file["answers"] ?? {}) as Readonly<Record<string, unknown>>
  return {
    name: String(file["name"]),
    alsoCalled: list("also-called"),
    greetings: list("greetings"),
    exit: list("exit"),
    stopping: list("stopping"),
    farewells: list("farewells"),
    campaignOff: list("campaign-off"),
    thanks: list("thanks"),
    menu: list("menu"),
    forget: list("forget"),
    emergency: list("emergency"),
    lookalikes: list("lookalikes"),
    fillers: list("fillers"),
    afterYes: list("after-yes"),
    afterNo: list("after-no"),
    no: list("no"),
    negating: list("negating"),
    notNow: list("not-now"),
    notNowWith: list("not-now-with"),
    numbers: list("numbers"),
    option: list("option"),
    beforeNames: list("before-names"),
    details: Object.fromEntries(DETAILS.map((key) => [key, list(key, details)])) as Words["details"],
    answers: {
      yes: list("yes"),
      no: list("no"),
      "not-sure": list("not-sure"),
      more: list("more"),
      back: list("back"),
      ...Object.fromEntries(Object.keys(typed).map((id) => [id, list(id, typed)])),
    },
  }
}
