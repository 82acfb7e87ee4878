import { createHash } from "node:crypto"
import type { types } from "@slack/bolt"
import type { Card } from "../helpline/desk-view.ts"
import { connectAddress } from "../helpline/slack-links.ts"
import { escaped } from "./slack-text.ts"
import type { SlackWords } from "./slack-words/words.ts"

/** What a message of ours shows: blocks, and the text of notices and lock screens. */
export type Face = { readonly text: string; readonly blocks: types.KnownBlock[] }

/** The buttons that we put into Slack. */
export const ACTIONS = { claim: "hamraaz-claim", live: "hamraaz-live", stop: "hamraaz-stop", open: "hamraaz-open", connect: "hamraaz-connect" } as const

export type Faces = ReturnType<typeof createFaces>

/** The faces of all that we put into Slack, in one language. */
export function createFaces(words: SlackWords) {
  /** The card of a handoff: nothing that anybody wrote, and no sign of who she is. */
  function cardFace(card: Card, publicUrl: string | undefined): Face {
    const waiting = card.status === "queued"
    const status = words.status[card.status](ownerOf(card))
    const elements: types.Button[] = [
      ...(waiting ? [{ ...button(ACTIONS.claim, words.claim, card.id), style: "primary" as const }] : []),
      ...(publicUrl === undefined || card.status === "ended" ? [] : [{ ...button(ACTIONS.open, words.open, card.id), url: `${publicUrl}/console/#/chat/${card.id}` }]),
    ]
    return {
      text: waiting ? words.waiting : words.notWaiting,
      blocks: [
        { type: "header", text: plain(escaped(card.name).slice(0, 150)) },
        {
          type: "section",
          fields: [
            plain(`${words.fields.risk}\n${words.risk[card.risk]}`),
            plain(`${words.fields.language}\n${languageIn(card.language)}`),
            waiting ? since(status, card.since) : plain(`${words.fields.status}\n${card.left && card.status !== "ended" ? words.left : status}`),
          ],
        },
        ...(elements.length === 0 ? [] : [{ type: "actions" as const, elements }]),
      ],
    }
  }

  /** What stands at the top of a thread: whether it is live, and the button that changes it. */
  function topFace(card: Card, live: boolean): Face {
    const open = isOpen(card)
    const owner = ownerOf(card)
    const says = !open ? words.over : live ? words.live(owner) : words.off(owner)
    return {
      text: words.top,
      blocks: [
        { type: "section", text: plain(says) },
        ...(open
          ? [
              {
                type: "actions" as const,
                elements: [live ? { ...button(ACTIONS.stop, words.stop, card.id), style: "danger" as const } : button(ACTIONS.live, words.goLive, card.id)],
              },
            ]
          : []),
      ],
    }
  }

  /** Words of hers, cut and escaped. */
  function wordsFace(sections: readonly string[]): Face {
    return { text: words.message, blocks: sections.map((section) => ({ type: "section", text: plain(section) })) }
  }

  /** One sentence of the house. */
  function sentenceFace(sentence: string): Face {
    return { text: words.top, blocks: [{ type: "context", elements: [plain(sentence)] }] }
  }

  /** The way to connect an account, for one pair of eyes. */
  function connectFace(base: string | undefined, token: string, minutes: number): Face {
    const address = connectAddress(base ?? "", token)
    const says = words.connect(minutes)
    if (base === undefined) return { text: words.top, blocks: [{ type: "section", text: plain(`${says}\n${address}`) }] }
    return {
      text: words.top,
      blocks: [
        { type: "section", text: plain(says) },
        { type: "actions", elements: [{ ...button(ACTIONS.connect, words.connectButton, "connect"), url: address }] },
      ],
    }
  }

  function ownerOf({ owner }: Card): string {
    return owner === null ? words.nobody : escaped(owner)
  }

  /** How long somebody waits is told by Slack itself, so that no card has to change with every minute. */
  function since(status: string, at: string): types.MrkdwnElement {
    const moment = new Date(at)
    const fallback = `${moment.toISOString().slice(11, 16)} UTC`
    return { type: "mrkdwn", text: `${words.fields.status}\n${status}: <!date^${Math.floor(moment.getTime() / 1000)}^{ago}, {time}|${fallback}>`, verbatim: true }
  }

  function languageIn(code: string): string {
    if (code === "ur-Latn") return words.romanUrdu
    try {
      return new Intl.DisplayNames([words.language], { type: "language" }).of(code) ?? code
    } catch {
      return "?"
    }
  }

  return { card: cardFace, top: topFace, words: wordsFace, sentence: sentenceFace, connect: connectFace }
}

/** Whether words may go to her from a thread at all. */
export function isOpen({ status, left }: Card): boolean {
  return (status === "claimed" || status === "live" || status === "transferring") && !left
}

/** What a face comes to, to compare it with what stands in Slack. */
export function hashOf(face: Face): string {
  return createHash("sha256").update(JSON.stringify(face)).digest("base64url")
}

function plain(text: string): types.PlainTextElement {
  // No emoji of Slack's and no signs of its own are looked for in it.
  return { type: "plain_text", text, emoji: false }
}

function button(id: string, label: string, value: string): types.Button {
  return { type: "button", action_id: id, text: plain(label), value }
}
