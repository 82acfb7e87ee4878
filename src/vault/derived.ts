import { createHmac } from "node:crypto"
import type { Keyring } from "./cover.ts"

/** The password of our own PostgreSQL. It follows from the keyring, so there is nothing more to keep. */
export function databasePassword({ pepper }: Keyring): string {
  return createHmac("sha256", pepper).update("hamraaz/postgres").digest("base64url")
}

/** What the staff's cookies are signed and their secrets encrypted with. It follows from the keyring, too. */
export function accountsSecret({ pepper }: Keyring): string {
  return createHmac("sha256", pepper).update("hamraaz/accounts").digest("base64url")
}
