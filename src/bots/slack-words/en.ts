import type { HandoffStatus, Refused, Risk } from "../../helpline/desk-view.ts"

/** All that the house says in Slack, in English; the other languages have the same names. None of it is ever read by anybody but staff. */
export const en = {
  /** As browsers call languages. */
  language: "en",
  romanUrdu: "Roman Urdu",
  waiting: "Someone is waiting",
  notWaiting: "No longer waiting",
  message: "A new message",
  top: "About this thread",

  risk: ["No risk heard", "⚠️ Something may be wrong", "🚨 Danger, suicide or a child"] as Readonly<Record<Risk, string>>,
  fields: { risk: "Risk", language: "Language", status: "Now" },
  status: {
    asked: () => "Asking",
    queued: () => "Waiting",
    claimed: (owner) => `Taken by ${owner}`,
    live: (owner) => `Talking with ${owner}`,
    transferring: (owner) => `Being handed over by ${owner}`,
    ended: () => "Ended",
  } as Readonly<Record<HandoffStatus, (owner: string) => string>>,
  left: "They have left. Nothing can be written any more.",
  nobody: "a colleague",
  claim: "Claim",
  open: "Open in the console",

  off: (owner: string) => `📝 Off: what is written in this thread is a note for the team, and goes no further. Only ${owner} can go live.`,
  live: (owner: string) => `🔴 LIVE: what ${owner} writes in this thread is sent to the person. Everybody else's words stay notes.`,
  over: "⏹️ This thread is closed: nothing in it is sent to the person.",
  goLive: "Go live",
  stop: "Stop",
  elsewhere: "💬 A message that Slack can't show. Open the chat in the console.",
  media: "🖼️ Something that isn't text was sent. It isn't kept.",

  notice: {
    edited: "✏️ Changed in Slack only: she has already received the first version.",
    deleted: "🗑️ Deleted in Slack only: she has already received the first version.",
    "edited-note": "✏️ Changed in Slack only: the note keeps its first version.",
    "deleted-note": "🗑️ Deleted in Slack only: the note stays.",
    files: "📎 Files aren't passed on. Only words can be sent.",
    unsure: "❔ It isn't known whether this was sent. Look at the chat in the console before writing it again.",
    failed: "❌ This didn't arrive. It can be sent again in the console.",
    "called-somebody": "📝 Kept as a note, though this thread is live: it calls a colleague.",
  },
  refused: {
    taken: "Somebody else has taken this.",
    "not-yours": "This chat isn't yours.",
    ended: "This chat has ended.",
    left: "They have left. Nothing was sent.",
    full: "You have as many chats as you should have.",
    cooling: "Not yet: you are resting after hard chats.",
    "not-offered": "This isn't offered to you any more.",
    gone: "This is no longer there.",
    forgotten: "Nothing leads from this chat to them any more.",
    away: "You are away. Say in the console that you are available.",
    unreadable: "This can't be taken as it is.",
    "too-long": "Too long for one text message. Send it in shorter pieces.",
  } as Readonly<Record<Refused, string>>,
  trouble: "That didn't work. Try once more, or use the console.",
  onlyOwner: "Only who has taken this chat can do that.",
  connect: (minutes: number) => `This Slack account isn't connected yet. Open this link, sign in and confirm; it works once, for ${minutes} minutes. Then press the button again.`,
  connectButton: "Connect",
}

export type SlackWords = typeof en
