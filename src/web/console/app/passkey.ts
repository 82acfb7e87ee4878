/** The newer half of WebAuthn, which turns JSON into what the browser wants and back. */
type Json = {
  readonly parseRequestOptionsFromJSON?: (options: object) => PublicKeyCredentialRequestOptions
  readonly parseCreationOptionsFromJSON?: (options: object) => PublicKeyCredentialCreationOptions
}

/** Whether this browser can use passkeys. */
export function canUsePasskeys(): boolean {
  return "PublicKeyCredential" in globalThis && (PublicKeyCredential as unknown as Json).parseRequestOptionsFromJSON !== undefined
}

/** Asks the device to answer; nothing when the person turns it down or has no passkey. */
export async function answerOf(options: object): Promise<object | undefined> {
  try {
    const publicKey = (PublicKeyCredential as unknown as Json).parseRequestOptionsFromJSON?.(options)
    if (publicKey === undefined) return undefined
    const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential | null
    return credential === null ? undefined : credential.toJSON()
  } catch {
    return undefined
  }
}

/** Asks the device to make a passkey; nothing when the person turns it down or the device can't. */
export async function freshPasskey(options: object): Promise<object | undefined> {
  try {
    const publicKey = (PublicKeyCredential as unknown as Json).parseCreationOptionsFromJSON?.(options)
    if (publicKey === undefined) return undefined
    const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential | null
    return credential === null ? undefined : credential.toJSON()
  } catch {
    return undefined
  }
}
