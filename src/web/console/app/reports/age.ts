import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient, webauthn } from "age-encryption"

/** Work for a guess at the passphrase (2^n): 128 MiB and about a second. More, and a phone gives up. */
const WORK = 17

/** A fresh key, made here: the secret half as text, and the half that may be shown. */
export async function freshKey(): Promise<{ readonly identity: string; readonly recipient: string }> {
  const identity = await generateX25519Identity()
  return { identity, recipient: await identityToRecipient(identity) }
}

/** The half of a key that may be shown. */
export const recipientOf = (identity: string): Promise<string> => identityToRecipient(identity)

/** Whether something can be sealed to this text. */
export function isRecipient(text: string): boolean {
  try {
    new Encrypter().addRecipient(text)
    return true
  } catch {
    return false
  }
}

/** Seals to everybody whose recipient is named; each can open it alone. */
export async function seal(bytes: Uint8Array | string, recipients: readonly string[]): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  return encrypter.encrypt(bytes)
}

/** Opens what is sealed to this key; nothing when it is sealed to others only, or isn't whole. */
export function open(sealed: Uint8Array, identity: string): Promise<Uint8Array | undefined> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  return quietly(() => decrypter.decrypt(sealed))
}

/** Locks a secret with a passphrase, so that it may be kept. */
export async function lock(identity: string, passphrase: string): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  encrypter.setScryptWorkFactor(WORK)
  encrypter.setPassphrase(passphrase)
  return encrypter.encrypt(identity)
}

/** The secret behind a passphrase; nothing when it is another one. */
export function unlock(locked: Uint8Array, passphrase: string): Promise<string | undefined> {
  const decrypter = new Decrypter()
  decrypter.addPassphrase(passphrase)
  return quietly(() => decrypter.decrypt(locked, "text"))
}

/** What a passkey has locked, and which passkey it was. */
export type ByPasskey = { readonly credential: string; readonly locked: Uint8Array }

/** Makes a passkey and locks a secret with it; nothing when the device can't, or the person turns it down. */
export function lockByPasskey(identity: string, keyName: string): Promise<ByPasskey | undefined> {
  return quietly(async () => {
    const credential = await webauthn.createCredential({ keyName })
    const encrypter = new Encrypter()
    encrypter.addRecipient(new webauthn.WebAuthnRecipient({ identity: credential }))
    return { credential, locked: await encrypter.encrypt(identity) }
  })
}

/** The secret behind a passkey; nothing when the person turns it down or the device has it no more. */
export function unlockByPasskey({ credential, locked }: ByPasskey): Promise<string | undefined> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(new webauthn.WebAuthnIdentity({ identity: credential }))
  return quietly(() => decrypter.decrypt(locked, "text"))
}

async function quietly<T>(doing: () => Promise<T>): Promise<T | undefined> {
  try {
    return await doing()
  } catch {
    return undefined
  }
}
