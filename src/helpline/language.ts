import { z } from "zod"
import { LANGUAGES, type Language } from "../locales/texts.ts"

export type { Language }

/** One of the languages in which people are answered. */
export const language: z.ZodType<Language> = z.enum(LANGUAGES as [Language, ...Language[]])
