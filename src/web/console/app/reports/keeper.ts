import { drop, keep, kept, type Kept } from "./shelf.ts"

/** Without a key or a touch for so long, the key is locked again. */
export const IDLE_MS = 10 * 60_000

/** How my key stands in this browser. The secret half is no part of it. */
export type Standing = { readonly status: "asking" } | { readonly status: "none" } | ({ readonly status: "locked" } & KeyHere) | ({ readonly status: "open" } & KeyHere)

/** The key of this browser: its half that may be shown, whether a passkey opens it, and whose figures were compared. */
export type KeyHere = { readonly recipient: string; readonly passkey: boolean; readonly compared: readonly string[] }

/** The cipher comes when it is first needed: nobody else has to load it. */
const age = () => import("./age.ts")

/**
 * Holds an officer's key while it is unlocked: in memory, for this page, and nowhere else. What is kept of it in this
 * browser is locked by a passphrase, and by a passkey where the device can.
 */
export function createKeeper() {
  const watchers = new Set<() => void>()
  let owner: string | undefined
  let shelf: Kept | undefined
  let identity: string | undefined
  let asked = false
  let touched = 0
  let timer: ReturnType<typeof setInterval> | undefined

  const tell = () => {
    for (const changed of watchers) changed()
  }
  const touch = () => {
    touched = Date.now()
  }
  function lock(): void {
    identity = undefined
    clearInterval(timer)
    timer = undefined
    for (const event of TOUCHES) removeEventListener(event, touch)
    tell()
  }
  function hold(secret: string): void {
    lock()
    identity = secret
    touch()
    for (const event of TOUCHES) addEventListener(event, touch, { passive: true })
    // Looked at rather than waited for: a machine that slept must not wake up open.
    timer = setInterval(() => Date.now() - touched >= IDLE_MS && lock(), 5000)
    tell()
  }
  async function write(value: Kept): Promise<void> {
    await keep(value)
    shelf = value
    tell()
  }

  return {
    watch: (changed: () => void): (() => void) => {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
    standing: (): Standing => {
      if (!asked) return { status: "asking" }
      if (shelf === undefined) return { status: "none" }
      return { status: identity === undefined ? "locked" : "open", recipient: shelf.recipient, passkey: shelf.byPasskey !== undefined, compared: shelf.compared }
    },
    /** Looks for what this browser keeps for somebody. Somebody else's key is locked by that. */
    async look(staff: string): Promise<void> {
      if (owner !== staff) lock()
      owner = staff
      shelf = await kept(staff)
      asked = true
      tell()
    },
    /** Keeps a key here, locked by a passphrase; has it told to the house, and holds it open then. Throws when the browser keeps nothing. */
    async keep(secret: string, passphrase: string, tellHouse: (recipient: string) => Promise<unknown>): Promise<void> {
      if (owner === undefined) throw new Error("nobody to keep a key for")
      const { lock: locked, recipientOf } = await age()
      const recipient = await recipientOf(secret)
      const value = { staff: owner, recipient, byPassphrase: await locked(secret, passphrase), compared: shelf?.compared ?? [] }
      // First here, then there: what is sealed to a key that nobody kept would stay closed.
      await keep(value)
      await tellHouse(recipient)
      shelf = value
      hold(secret)
    },
    /** Whether this was the passphrase. */
    async unlock(passphrase: string): Promise<boolean> {
      const secret = shelf === undefined ? undefined : await (await age()).unlock(shelf.byPassphrase, passphrase)
      if (secret !== undefined) hold(secret)
      return secret !== undefined
    },
    async unlockByPasskey(): Promise<boolean> {
      const secret = shelf?.byPasskey === undefined ? undefined : await (await age()).unlockByPasskey(shelf.byPasskey)
      if (secret !== undefined) hold(secret)
      return secret !== undefined
    },
    /** Lets a passkey of this device unlock it too, from now on. */
    async addPasskey(name: string): Promise<boolean> {
      if (identity === undefined || shelf === undefined) return false
      const byPasskey = await (await age()).lockByPasskey(identity, name)
      if (byPasskey !== undefined) await write({ ...shelf, byPasskey })
      return byPasskey !== undefined
    },
    /** Notes that somebody's figures were compared. */
    async compare(recipient: string): Promise<void> {
      if (shelf !== undefined) await write({ ...shelf, compared: [...new Set([...shelf.compared, recipient])] })
    },
    /** Takes the key out of this browser. */
    drop: async (): Promise<void> => {
      if (owner !== undefined) await drop(owner)
      shelf = undefined
      lock()
    },
    lock,
    /** What is sealed, opened with my key; nothing when it is locked or sealed to others only. */
    async open(sealed: string): Promise<Uint8Array | undefined> {
      return identity === undefined ? undefined : (await age()).open(bytesOf(sealed), identity)
    },
    /** Seals to recipients; as text for the wire. */
    async seal(bytes: Uint8Array, recipients: readonly string[]): Promise<string> {
      return textOf(await (await age()).seal(bytes, recipients))
    },
    isRecipient: async (text: string) => (await age()).isRecipient(text),
    fresh: async () => (await age()).freshKey(),
    recipientOf: async (secret: string) => (await age()).recipientOf(secret),
  }
}

const TOUCHES = ["pointerdown", "keydown", "wheel", "touchmove"] as const

/** The page's one keeper; it lives as long as the page. */
export const keeper = createKeeper()
export type Keeper = ReturnType<typeof createKeeper>

/** Bytes out of base64. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))
}

/** Base64 of bytes. */
function textOf(bytes: Uint8Array): string {
  let text = ""
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(text)
}
