import { SettingsError } from "./config.ts"
import { ContentError } from "./helpline/content-file.ts"
import { codeOf } from "./log.ts"
import { FolderHeld } from "./store/lock.ts"
import { WrongPassword } from "./store/postmaster.ts"

/** What stands in the way, in words for a person at the terminal. Never a stack trace, never a setting's value. */
export class Refusal extends Error {
  override name = "Refusal"
}

/**
 * Says what was thrown, as lines for a person at the terminal.
 * @param undone what comes to nothing by it, as in “Hamraaz can't start”
 */
export function explain(cause: unknown, undone: string): readonly string[] {
  if (cause instanceof SettingsError) return [`${undone}: these settings are wrong.`, ...cause.problems.map((problem) => `  ${problem}`)]
  if (cause instanceof ContentError) return [`${undone}: the content has mistakes.`, ...cause.problems.map((problem) => `  ${problem}`)]
  if (cause instanceof FolderHeld) return [`${undone}: another Hamraaz is running on this data folder. Stop it, or set DATA_DIR to another folder.`]
  if (cause instanceof WrongPassword) return [`${undone}: ${cause.message}. Put back the copy of its keyring file, or correct KEYRING_FILE.`]
  const { code, message } = cause as NodeJS.ErrnoException
  if (code === "EADDRINUSE") return [`${undone}: port ${process.env["PORT"] ?? 3000} is taken by another program. Stop it, or set PORT to another number.`]
  if (code === "EACCES") return [`${undone}: no permission (${message}).`]
  if (code === "ECONNREFUSED") return [`${undone}: no PostgreSQL answers at DATABASE_URL.`]
  // Prisma's and PostgreSQL's names for a table that isn't there.
  if (code === "P2021" || code === "42P01") return [`${undone}: this database has none of Hamraaz's tables yet. Start Hamraaz once.`]
  return [`${undone}: ${message ?? codeOf(cause)}`]
}
