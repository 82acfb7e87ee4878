import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { readUpdate } from "../../src/bots/telegram-update.ts"

const chat = { id: 7, type: "private" }
const group = { id: -7, type: "supergroup" }
const meaning = (content: object) => readUpdate({ update_id: 1, ...content })?.meaning
const heard = (message: object) => {
  const meant = meaning({ message: { message_id: 3, date: 0, chat, from: { id: 7, language_code: "en" }, ...message } })
  return meant?.type === "turn" ? meant.heard : meant
}

describe("reading an update", () => {
  test("a text is a turn with its address, its message and the language of the app", () => {
    expect(readUpdate({ update_id: 9, message: { message_id: 3, date: 0, chat, from: { id: 7, language_code: "es-MX" }, text: "hola" } })).toEqual({
      updateId: 9,
      meaning: { type: "turn", address: "7", heard: { type: "text", text: "hola" }, language: "es", messageId: "3" },
    })
  })

  test("addresses of 52 bits keep every digit", () => {
    expect(meaning({ message: { message_id: 3, chat: { id: 4_503_599_627_370_495, type: "private" }, text: "hi" } })).toMatchObject({ address: "4503599627370495" })
  })

  test("a language that there are no texts for is no guess", () => {
    for (const code of ["de", "", "english", "e", "zh-hans", undefined])
      expect(meaning({ message: { message_id: 3, chat, from: { id: 7, language_code: code }, text: "hi" } })).toMatchObject({ language: undefined })
    for (const code of ["en", "en-GB", "ur", "ur-PK", "fr-CA", "es-419"])
      expect(meaning({ message: { message_id: 3, chat, from: { id: 7, language_code: code }, text: "hi" } })).toMatchObject({ language: code.slice(0, 2) })
  })

  test("/start begins, with or without what a link adds; other commands are their words", () => {
    for (const text of ["/start", "/start abc", "/start@helpline_bot"]) expect(heard({ text })).toEqual({ type: "begin" })
    for (const text of ["/privacy", "/privacy@helpline_bot"]) expect(heard({ text })).toEqual({ type: "privacy" })
    expect(heard({ text: "/exit" })).toEqual({ type: "text", text: "exit" })
    expect(heard({ text: "/menu@helpline_bot" })).toEqual({ type: "text", text: "menu" })
    for (const text of ["start", "/started it all", "/", "and/or", "a /exit"]) expect(heard({ text })).toEqual({ type: "text", text })
  })

  test("a link that carries a campaign's word is that word; one that carries anything else begins", () => {
    const joins = new Map([["sixteen-days", "sixteen days"]])
    const heardBy = (text: string) => {
      const read = readUpdate({ update_id: 1, message: { message_id: 3, chat, text } }, joins)?.meaning
      return read?.type === "turn" ? read.heard : undefined
    }
    expect(heardBy("/start sixteen-days")).toEqual({ type: "text", text: "sixteen days" })
    for (const text of ["/start", "/start forget", "/start 0", "/start STOP", "/start sixteen-days and more"]) expect(heardBy(text)).toEqual({ type: "begin" })
  })

  test("a tap is a choice, and names what has to be answered", () => {
    const message = { message_id: 3, date: 0, chat }
    expect(meaning({ callback_query: { id: "12", from: { id: 7, language_code: "ur" }, data: "yes", message } })).toEqual({
      type: "turn",
      address: "7",
      heard: { type: "choice", id: "yes" },
      language: "ur",
      tap: "12",
    })
    expect(meaning({ callback_query: { id: "12", from: { id: 7 }, game_short_name: "x", message } })).toEqual({ type: "nothing", kind: "callback_query" })
    expect(meaning({ callback_query: { id: "12", from: { id: 7 }, data: "yes", inline_message_id: "x" } })).toEqual({ type: "nothing", kind: "callback_query" })
  })

  test("whatever isn't words is media, with its album and the words under it", () => {
    for (const kind of [
      "photo",
      "video",
      "voice",
      "audio",
      "video_note",
      "document",
      "animation",
      "sticker",
      "location",
      "contact",
      "poll",
      "venue",
      "dice",
      "story",
      "paid_media",
    ]) {
      expect(heard({ [kind]: {} })).toEqual({ type: "media" })
    }
    expect(heard({ photo: [], media_group_id: "5", caption: "help" })).toEqual({ type: "media", album: "5", caption: "help" })
  })

  test("a service message, an edit and a channel's post are nothing, told by kind", () => {
    expect(heard({ pinned_message: {} })).toEqual({ type: "nothing", kind: "service-message" })
    expect(meaning({ edited_message: { message_id: 3, chat, text: "a secret of hers" } })).toEqual({ type: "nothing", kind: "edited_message" })
    expect(meaning({ channel_post: { message_id: 3, chat: { id: -1, type: "channel" }, text: "x" } })).toEqual({ type: "nothing", kind: "channel_post" })
    expect(meaning({})).toEqual({ type: "nothing", kind: "empty" })
  })

  test("any message of a group is the group, whatever it says", () => {
    for (const message of [{ text: "EXIT" }, { photo: [] }, { new_chat_members: [] }])
      expect(meaning({ message: { message_id: 3, chat: group, ...message } })).toMatchObject({ heard: { type: "group" }, address: "-7" })
  })

  test("being put into a group is the group; being put out of it, or into a channel, is nothing", () => {
    const member = (where: object, status: string) => meaning({ my_chat_member: { chat: where, new_chat_member: { status } } })
    expect(member(group, "member")).toMatchObject({ heard: { type: "group" } })
    expect(member(group, "administrator")).toMatchObject({ heard: { type: "group" } })
    for (const status of ["left", "kicked", "restricted"]) expect(member(group, status)).toEqual({ type: "nothing", kind: "my_chat_member" })
    expect(member({ id: -1, type: "channel" }, "administrator")).toEqual({ type: "nothing", kind: "my_chat_member" })
  })

  test("a person who blocks is heard, one who comes back isn't until she writes", () => {
    expect(meaning({ my_chat_member: { chat, new_chat_member: { status: "kicked" } } })).toEqual({ type: "turn", address: "7", heard: { type: "blocked" } })
    expect(meaning({ my_chat_member: { chat, new_chat_member: { status: "member" } } })).toEqual({ type: "nothing", kind: "unblocked" })
  })

  test("what is no update is nothing at all", () => {
    for (const value of [undefined, null, 7, "x", [], {}, { update_id: "1" }, { update_id: Number.NaN }]) expect(readUpdate(value)).toBeUndefined()
  })
})

describe("whatever comes", () => {
  test("any JSON is read without a throw, and what is read has an address of digits", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => void readUpdate(value)),
      { numRuns: 500 },
    )
  })

  test("any update with parts of any kind is read without a throw", () => {
    const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.oneof({ weight: 5, arbitrary }, { weight: 1, arbitrary: fc.jsonValue() })
    const where = some(fc.record({ id: some(fc.maxSafeInteger()), type: some(fc.constantFrom("private", "group", "supergroup", "channel")) }))
    const user = some(fc.record({ id: fc.nat(), language_code: some(fc.string()) }, { requiredKeys: [] }))
    const message = some(
      fc.record(
        {
          message_id: some(fc.nat()),
          chat: where,
          from: user,
          text: some(fc.string({ unit: "binary" })),
          caption: fc.string(),
          photo: fc.jsonValue(),
          media_group_id: fc.string(),
        },
        { requiredKeys: ["message_id", "chat"] },
      ),
    )
    const update = fc.record(
      {
        update_id: some(fc.nat()),
        message,
        edited_message: message,
        callback_query: some(fc.record({ id: some(fc.string()), from: user, data: some(fc.string()), message })),
        my_chat_member: some(fc.record({ chat: where, new_chat_member: some(fc.record({ status: some(fc.constantFrom("member", "kicked", "left")) })) })),
      },
      { requiredKeys: ["update_id"] },
    )
    fc.assert(
      fc.property(update, (value) => {
        const read = readUpdate(value)
        if (read?.meaning.type === "turn") expect(read.meaning.address).toMatch(/^-?\d+$/)
      }),
      { numRuns: 2000 },
    )
  })
})
