const HEAD = "AGE-SECRET-KEY-1"
const GROUP = 6

/** The secret half of a key out of what somebody typed, pasted or read from a recovery file; nothing where there is none. */
export function identityIn(text: string): string | undefined {
  const plain = text
    .split("\n")
    .filter((line) => !line.trimStart().startsWith("#"))
    .join("")
    .replace(/\s/g, "")
    .toUpperCase()
  return /AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}/.exec(plain)?.[0]
}

/** What stands on the recovery page: the secret after its head, in groups that can be typed. */
export function groupsOf(identity: string): readonly string[] {
  return identity.slice(HEAD.length).match(new RegExp(`.{1,${GROUP}}`, "g")) ?? []
}

/** The recovery file, as the ordinary `age` command takes it for an identity file. */
export function recoveryFile(identity: string, recipient: string, title: string): string {
  return `# ${title}\n# public key: ${recipient}\n${identity}\n`
}

/** A key as thirty figures that can be read out over the telephone: five groups a line, the same for everybody. */
export async function figuresOf(recipient: string): Promise<readonly string[]> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(recipient)))
  return Array.from({ length: 6 }, (_, group) => {
    const five = hash.subarray(group * 5, group * 5 + 5).reduce((sum, byte) => sum * 256 + byte, 0)
    return String(five % 100_000).padStart(5, "0")
  })
}

export type Strength = "short" | "plain" | "fair" | "good"

/** What is to be said of a passphrase; `short` and `plain` won't do. */
export function strengthOf(passphrase: string): Strength {
  const text = passphrase.trim()
  if (text.length < 14) return "short"
  const words = new Set(text.toLowerCase().split(/\s+/))
  if (new Set(text.toLowerCase()).size < 7 || /^\d+$/.test(text) || /0123456789|qwertyuiop|asdfghjkl|password/i.test(text)) return "plain"
  return words.size >= 4 && text.length >= 18 ? "good" : text.length >= 20 && /[^\p{L}]/u.test(text) ? "good" : "fair"
}
