import { Encrypter } from "age-encryption"
import type { Page } from "playwright-core"

export const PASSPHRASE = "seven quiet lamps over water"
/** Both halves of an officer's key. */
export type Key = { readonly identity: string; readonly recipient: string }

/** Puts a key into the browser of a page, as if it had been made there; with less work for a guess than a real one has. */
export async function putKey(page: Page, staff: string, { identity, recipient }: Key, compared: readonly string[] = []): Promise<void> {
  const encrypter = new Encrypter()
  encrypter.setScryptWorkFactor(8)
  encrypter.setPassphrase(PASSPHRASE)
  const locked = [...(await encrypter.encrypt(identity))]
  await page.evaluate(
    ({ staff, recipient, locked, compared }) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open("report-key", 1)
        opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore("report-key", { keyPath: "staff" }))
        opening.addEventListener("error", () => reject(opening.error ?? new Error("no database")))
        opening.addEventListener("success", () => {
          const transaction = opening.result.transaction("report-key", "readwrite")
          transaction.objectStore("report-key").put({ staff, recipient, byPassphrase: Uint8Array.from(locked), compared })
          transaction.addEventListener("complete", () => {
            opening.result.close()
            resolve()
          })
        })
      }),
    { staff, recipient, locked, compared },
  )
}

export async function unlock(page: Page): Promise<void> {
  await page.locator(".unlock input").fill(PASSPHRASE)
  await page.keyboard.press("Enter")
  await page.locator(".reports-page").waitFor()
}
