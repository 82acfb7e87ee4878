/** Most characters of one section of a message; Slack's limit is 3,000. */
const SECTION = 2900
/** Sections of one message: Slack refuses one whose blocks have much more than 13,000 characters together. */
const SECTIONS = 4

/** What a person wrote, as Slack has to be given it so that nothing in it means anything to Slack. */
export function escaped(text: string): string {
  return text.replace(/[&<>]/g, (sign) => (sign === "&" ? "&amp;" : sign === "<" ? "&lt;" : "&gt;"))
}

/**
 * Cuts what a person wrote into messages, and each message into sections, all of them escaped. Put together again they
 * are the whole of it: a cut comes behind a line or a word where there is one, and never inside a character.
 */
export function messagesOf(text: string): readonly (readonly string[])[] {
  const sections: string[] = []
  for (let rest = text; rest.length > 0; ) {
    const at = cutOf(rest)
    sections.push(escaped(rest.slice(0, at)))
    rest = rest.slice(at)
  }
  const shown = sections.filter((section) => section.trim() !== "")
  const messages: string[][] = []
  for (let at = 0; at < shown.length; at += SECTIONS) messages.push(shown.slice(at, at + SECTIONS))
  return messages
}

/** How many characters of a text fit into one section once they are escaped. */
function cutOf(text: string): number {
  let size = 0
  let space = 0
  for (let at = 0; at < text.length; ) {
    const sign = String.fromCodePoint(text.codePointAt(at) as number)
    size += escaped(sign).length
    if (size > SECTION) return space > at / 2 ? space : at
    at += sign.length
    if (/\s/.test(sign)) space = at
  }
  return text.length
}

/**
 * What somebody wrote in Slack, as plain text: Slack's own signs for people, rooms and links become what they look like.
 * @param nameOf what a person of Slack is called here; nothing of an id of Slack is left
 */
export function plainOf(text: string, emoji: ReadonlyMap<string, string>, nameOf: (slackUser: string) => string): string {
  const read = text.replace(/<([@#!][^<>]*|[a-z][a-z+.-]*:[^<>]*)>/gi, (_, inside: string) => {
    const [target = "", label] = inside.split("|", 2)
    if (target.startsWith("@")) return `@${nameOf(target.slice(1))}`
    if (target.startsWith("#")) return label === undefined ? "#" : `#${label}`
    if (target.startsWith("!")) return label ?? (target.startsWith("!subteam") ? "@" : `@${target.slice(1)}`)
    const address = target.replace(/^(?:mailto|tel):/, "")
    // What Slack made a link of by itself is given back as it was typed.
    if (label === undefined || address === label || address.replace(/^https?:\/\//, "").replace(/\/$/, "") === label.replace(/\/$/, "")) return label ?? address
    return `${label} (${address})`
  })
  return read
    .replace(/:([\w+'-]+)::?(?:skin-tone-\d:)?/g, (whole, name: string) => emoji.get(name) ?? whole)
    .replace(/&(amp|lt|gt);/g, (_, name: string) => (name === "amp" ? "&" : name === "lt" ? "<" : ">"))
}

/** Whether somebody of Slack is called by what was written: then it is meant for them. */
export function callsSomebody(text: string): boolean {
  return /<(?:@|!(?:subteam|here|channel|everyone))/.test(text)
}

/** The signs behind Slack's names for emoji, as far as a message tells them. */
export function emojiIn(blocks: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const look = (value: unknown, depth: number): void => {
    if (typeof value !== "object" || value === null || depth > 10) return
    if (Array.isArray(value)) {
      for (const one of value) look(one, depth + 1)
      return
    }
    const { type, name, unicode, elements } = value as { readonly type?: unknown; readonly name?: unknown; readonly unicode?: unknown; readonly elements?: unknown }
    if (type === "emoji" && typeof name === "string" && typeof unicode === "string" && /^[0-9a-f]{2,6}(-[0-9a-f]{2,6})*$/i.test(unicode)) {
      const points = unicode.split("-").map((hex) => Number.parseInt(hex, 16))
      if (points.every((point) => point <= 0x10ffff)) found.set(name, String.fromCodePoint(...points))
    }
    look(elements, depth + 1)
  }
  look(blocks, 0)
  return found
}
