/** A place in a tip path: a step leads on to the next, a fork asks which way to go. A step without `next` closes the path. */
export type TipNode = { readonly kind: "step"; readonly next?: string } | { readonly kind: "fork"; readonly ways: readonly string[] }

/** One area of tips: where its path opens, and every place on it. */
export interface Topic {
  readonly start: string
  readonly nodes: Readonly<Record<string, TipNode>>
}

/**
 * The fifteen areas of tips, in the order of their menu. Paths may meet again, and never run in a circle.
 *
 * The words live in `locales/<language>/tips.json` under the topic: `label` and `about`, one text for each place,
 * and for each way of a fork its label, as in `hacked.where_whatsapp`.
 *
 * Where a change may be noticed, `worse` stands before the steps that change something: people read in this order.
 */
export const topics = {
  accounts: {
    start: "first-steps",
    nodes: {
      "first-steps": { kind: "step", next: "worse" },
      worse: { kind: "step", next: "passwords" },
      passwords: { kind: "step", next: "two-step" },
      "two-step": { kind: "step", next: "check" },
      check: { kind: "step", next: "chat-apps" },
      "chat-apps": { kind: "step", next: "avoid" },
      avoid: { kind: "step" },
    },
  },
  phone: {
    start: "first-steps",
    nodes: {
      "first-steps": { kind: "step", next: "worse" },
      worse: { kind: "step", next: "shared" },
      shared: { kind: "step", next: "kind" },
      kind: { kind: "fork", ways: ["iphone", "android", "avoid"] },
      iphone: { kind: "step", next: "avoid" },
      android: { kind: "step", next: "avoid" },
      avoid: { kind: "step" },
    },
  },
  location: {
    start: "first-steps",
    nodes: {
      "first-steps": { kind: "step", next: "worse" },
      worse: { kind: "step", next: "where" },
      where: { kind: "fork", ways: ["sharing", "tag", "photos"] },
      sharing: { kind: "step" },
      tag: { kind: "step", next: "tag-found" },
      "tag-found": { kind: "step", next: "avoid" },
      avoid: { kind: "step" },
      photos: { kind: "step" },
    },
  },
  images: {
    start: "first-steps",
    nodes: {
      "first-steps": { kind: "step", next: "worse" },
      worse: { kind: "step", next: "age" },
      age: { kind: "fork", ways: ["under-18", "save"] },
      "under-18": { kind: "step", next: "take-it-down" },
      "take-it-down": { kind: "step", next: "where" },
      save: { kind: "step", next: "stopncii" },
      stopncii: { kind: "step", next: "stopncii-limits" },
      "stopncii-limits": { kind: "step", next: "where" },
      where: { kind: "fork", ways: ["google", "meta", "tiktok", "x", "telegram", "other"] },
      google: { kind: "step", next: "country-rules" },
      meta: { kind: "step", next: "country-rules" },
      tiktok: { kind: "step", next: "country-rules" },
      x: { kind: "step", next: "country-rules" },
      telegram: { kind: "step", next: "country-rules" },
      other: { kind: "step", next: "country-rules" },
      "country-rules": { kind: "step", next: "avoid" },
      avoid: { kind: "step" },
    },
  },
  blackmail: {
    start: "first-steps",
    nodes: {
      "first-steps": { kind: "fork", ways: ["stranger", "known"] },
      stranger: { kind: "step", next: "stranger-save" },
      "stranger-save": { kind: "step", next: "stranger-block" },
      "stranger-block": { kind: "step", next: "pictures" },
      known: { kind: "step", next: "worse" },
      worse: { kind: "step", next: "known-save" },
      "known-save": { kind: "step", next: "trusted" },
      trusted: { kind: "step", next: "pictures" },
      pictures: { kind: "step", next: "avoid" },
      avoid: { kind: "step" },
    },
  },
  impersonation: {
    start: "first-steps",
    nodes: {
      "first-steps": { kind: "step", next: "contacts" },
      contacts: { kind: "step", next: "site" },
      site: { kind: "step", next: "worse" },
      worse: { kind: "step", next: "avoid" },
      avoid: { kind: "step", next: "photos" },
      photos: { kind: "step" },
    },
  },
  doxxing: {
    start: "first-steps",
    nodes: {
      "first-steps": { kind: "fork", ways: ["coming", "people"] },
      coming: { kind: "step", next: "people" },
      people: { kind: "step", next: "save" },
      save: { kind: "step", next: "remove" },
      remove: { kind: "step", next: "worse" },
      worse: { kind: "step" },
    },
  },
  harassment: {
    start: "first-steps",
    nodes: {
      "first-steps": { kind: "step", next: "serious" },
      serious: { kind: "fork", ways: ["urgent", "quiet"] },
      urgent: { kind: "step", next: "quiet" },
      quiet: { kind: "step", next: "worse" },
      worse: { kind: "step", next: "avoid" },
      avoid: { kind: "step" },
    },
  },
  hacked: {
    start: "first-steps",
    nodes: {
      "first-steps": { kind: "step", next: "worse" },
      worse: { kind: "step", next: "where" },
      where: { kind: "fork", ways: ["whatsapp", "other-account"] },
      whatsapp: { kind: "step", next: "whatsapp-pin" },
      "whatsapp-pin": { kind: "step", next: "whatsapp-after" },
      "whatsapp-after": { kind: "step", next: "avoid" },
      "other-account": { kind: "step", next: "elsewhere" },
      elsewhere: { kind: "step", next: "avoid" },
      avoid: { kind: "step" },
    },
  },
  deepfakes: {
    start: "first-steps",
    nodes: {
      "first-steps": { kind: "step", next: "worse" },
      worse: { kind: "step", next: "age" },
      age: { kind: "fork", ways: ["under-18", "adult"] },
      "under-18": { kind: "step", next: "remove" },
      adult: { kind: "step", next: "remove" },
      remove: { kind: "step", next: "avoid" },
      avoid: { kind: "step" },
    },
  },
  evidence: {
    start: "first-steps",
    nodes: {
      "first-steps": { kind: "step", next: "worse" },
      worse: { kind: "step", next: "log" },
      log: { kind: "step", next: "screenshots" },
      screenshots: { kind: "step", next: "avoid" },
      avoid: { kind: "step", next: "ours-and-theirs" },
      "ours-and-theirs": { kind: "step" },
    },
  },
  browsing: {
    start: "first-steps",
    nodes: {
      "first-steps": { kind: "step", next: "private-window" },
      "private-window": { kind: "step", next: "worse" },
      worse: { kind: "step", next: "avoid" },
      avoid: { kind: "step", next: "previews" },
      previews: { kind: "step", next: "ours-and-theirs" },
      "ours-and-theirs": { kind: "step" },
    },
  },
  telling: {
    start: "first-steps",
    nodes: {
      "first-steps": { kind: "fork", ways: ["myself", "someone-else"] },
      myself: { kind: "step", next: "words" },
      words: { kind: "step", next: "worse" },
      "someone-else": { kind: "step", next: "avoid" },
      avoid: { kind: "step", next: "worse" },
      worse: { kind: "step" },
    },
  },
  calm: {
    start: "first-steps",
    nodes: {
      "first-steps": { kind: "step", next: "senses" },
      senses: { kind: "step", next: "body" },
      body: { kind: "step", next: "people" },
      people: { kind: "step", next: "avoid" },
      avoid: { kind: "step", next: "worse" },
      worse: { kind: "step" },
    },
  },
  activists: {
    start: "first-steps",
    nodes: {
      "first-steps": { kind: "step", next: "avoid" },
      avoid: { kind: "step", next: "march" },
      march: { kind: "step", next: "carry" },
      carry: { kind: "step", next: "worse" },
      worse: { kind: "step", next: "campaign" },
      campaign: { kind: "step", next: "advice" },
      advice: { kind: "step" },
    },
  },
} as const satisfies Readonly<Record<string, Topic>>

/** The name of an area of tips. */
export type TopicId = keyof typeof topics
