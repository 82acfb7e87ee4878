import type { Context } from "hono"
import { detectFromHeader } from "hono/language"
import type { Language } from "../helpline/public-words.ts"

/** The paths at which a page stands: its own, which speaks the reader's language, and one for each language. */
export function inLanguages(path: string, languages: readonly Language[]): string[] {
  // In a group of their own: what stands around them has to hold for each.
  return [path, `/:language{(?:${languages.join("|")})}${path}`]
}

/** The language that a path names, where it names one. */
export function namedLanguage(context: Context): Language | undefined {
  return context.req.param("language") as Language | undefined
}

/** The language of a page: the one that its path names, or the first that the browser asks for and we have, or else our first. */
export function languageOf(context: Context, languages: readonly Language[]): Language {
  const [first = "en"] = languages
  const named = namedLanguage(context)
  if (named !== undefined) return named
  context.header("vary", "Accept-Language")
  const asked = detectFromHeader(context, { ...DETECTION, supportedLanguages: [...languages], fallbackLanguage: first })
  return (asked as Language | undefined) ?? first
}

/** Nothing is remembered of what somebody reads. */
const DETECTION = {
  order: ["header"],
  caches: false,
  ignoreCase: true,
  debug: false,
  lookupQueryString: "",
  lookupCookie: "",
  lookupFromHeaderKey: "accept-language",
  lookupFromPathIndex: 0,
} as const satisfies Partial<Parameters<typeof detectFromHeader>[1]>
