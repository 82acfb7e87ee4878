import type { ByPasskey } from "./age.ts"

/** What this browser keeps of an officer's key. Nothing in it opens anything without the passphrase or the passkey. */
export type Kept = {
  readonly staff: string
  readonly recipient: string
  readonly byPassphrase: Uint8Array
  readonly byPasskey?: ByPasskey | undefined
  /** Colleagues' keys whose figures were compared. */
  readonly compared: readonly string[]
}

const NAME = "report-key"

/** What this browser keeps for somebody; nothing where there is nothing, or the browser keeps nothing. */
export async function kept(staff: string): Promise<Kept | undefined> {
  try {
    return await within("readonly", (store) => store.get(staff) as IDBRequest<Kept | undefined>)
  } catch {
    return undefined
  }
}

/** Keeps it; asks the browser not to clear it away when room gets short. */
export async function keep(value: Kept): Promise<void> {
  await within("readwrite", (store) => store.put(value))
  await navigator.storage?.persist?.().catch(() => false)
}

/** Takes it out of this browser. */
export async function drop(staff: string): Promise<void> {
  await within("readwrite", (store) => store.delete(staff))
}

async function within<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open(NAME, 1)
  opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore(NAME, { keyPath: "staff" }))
  const database = await done(opening)
  try {
    return await done(act(database.transaction(NAME, mode).objectStore(NAME)))
  } finally {
    database.close()
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result))
    request.addEventListener("error", () => reject(request.error ?? new Error("the browser keeps nothing")))
  })
}
