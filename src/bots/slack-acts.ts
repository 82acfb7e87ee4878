import type { DeskService } from "../helpline/desk-view.ts"
import { CONNECT_MINUTES, type SlackLinks } from "../helpline/slack-links.ts"
import { codeOf, type Log } from "../log.ts"
import { ask, type Client } from "./slack-api.ts"
import { ACTIONS, isOpen, type Face, type Faces } from "./slack-card.ts"
import type { Pressed } from "./slack-heard.ts"
import type { Relay } from "./slack-relay.ts"
import type { SlackWords } from "./slack-words/words.ts"

export type ActParts = {
  readonly desk: DeskService
  readonly links: SlackLinks
  readonly relay: Relay
  readonly faces: Faces
  readonly words: SlackWords
  readonly log: Log
  readonly mode: "pointers" | "relay"
  readonly publicUrl: string | undefined
  readonly client: () => Promise<Client>
  /** Something changed that the room should show. */
  readonly wake: () => void
}

/**
 * What the buttons do. What came of it is told to who pressed, and to nobody else. An account that isn't connected gets the
 * way to connect it, and nothing is done.
 */
export function createActs({ desk, links, relay, faces, words, log, mode, publicUrl, client, wake }: ActParts) {
  async function press(pressed: Pressed): Promise<void> {
    const person = await links.whoIs(pressed.user)
    if (person === undefined) {
      const token = await links.invite(pressed.user, pressed.name)
      return tell(pressed, faces.connect(publicUrl, token, CONNECT_MINUTES))
    }
    const says = await act(pressed, person.id)
    if (says !== undefined) await tell(pressed, faces.sentence(says))
    wake()
  }

  /** Does it; gives back what has to be said when it wasn't done. */
  async function act({ action, handoffId, at }: Pressed, staff: string): Promise<string | undefined> {
    if (action === ACTIONS.claim) {
      const refused = await desk.claim(staff, handoffId)
      return refused === undefined ? undefined : words.refused[refused]
    }
    if (mode === "pointers") return undefined
    const card = (await desk.cards()).find(({ id }) => id === handoffId)
    if (card === undefined) return words.refused.gone
    // Anybody may stop words from leaving; only the owner may let them leave.
    if (action === ACTIONS.live && (card.ownerId !== staff || !isOpen(card))) return card.ownerId === staff ? words.over : words.onlyOwner
    await relay.turn(handoffId, action === ACTIONS.live ? { liveFrom: at, liveBy: staff } : undefined)
    return undefined
  }

  async function tell({ channel, thread, user }: Pressed, { text, blocks }: Face): Promise<void> {
    const asked = await ask(await client(), "chat.postEphemeral", { channel, user, text, blocks, ...(thread !== undefined && { thread_ts: thread }) })
    if (asked.status !== "ok") log.slackFailed("answer", asked.code)
  }

  return {
    /** One press of a button. Never throws: a button that failed says so, and can be pressed again. */
    async pressed(pressed: Pressed): Promise<void> {
      if (pressed.action !== ACTIONS.claim && pressed.action !== ACTIONS.live && pressed.action !== ACTIONS.stop) return
      try {
        await press(pressed)
      } catch (error) {
        log.slackFailed("button", codeOf(error))
        await tell(pressed, faces.sentence(words.trouble)).catch((again: unknown) => log.slackFailed("answer", codeOf(again)))
      }
    },
  }
}
