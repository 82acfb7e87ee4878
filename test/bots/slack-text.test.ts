import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { callsSomebody, emojiIn, escaped, messagesOf, plainOf } from "../../src/bots/slack-text.ts"

const none = new Map<string, string>()
const read = (text: string) => plainOf(text, none, (user) => (user === "UMINA" ? "Mina" : "…"))
const unescaped = (text: string) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&")

describe("what a person wrote, for Slack", () => {
  test("means nothing to Slack: no sign of its own is left", () => {
    expect(escaped("<!channel> <@U1> & <http://x|y>")).toBe("&lt;!channel&gt; &lt;@U1&gt; &amp; &lt;http://x|y&gt;")
  })

  test("is cut into messages that Slack takes, and is whole again when they are put together", () => {
    const unit = fc.oneof(
      fc.constantFrom("<", "&", " ", "\n", "😢", "سلام "),
      fc.string({ unit: "grapheme", minLength: 1 }),
      fc.constant("word ".repeat(400)),
      fc.constant("&".repeat(3000)),
    )
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 30 }), (parts) => {
        const text = parts.join("")
        const messages = messagesOf(text)
        for (const sections of messages) {
          expect(sections.join("").length).toBeLessThanOrEqual(13_200)
          for (const section of sections) {
            expect(section.length).toBeLessThanOrEqual(3000)
            expect(section).not.toMatch(/[\ud800-\udbff]$|^[\udc00-\udfff]|&(?!(?:amp|lt|gt);)|[<>]/)
          }
        }
        expect(unescaped(messages.flat().join("")).replace(/\s/g, "")).toBe(text.replace(/\s/g, ""))
      }),
      { numRuns: 200 },
    )
  })

  test("is cut behind a word, not in it", () => {
    const [first = []] = messagesOf("sentence ".repeat(2000))
    expect(first).toHaveLength(4)
    for (const section of first) expect(section).toMatch(/sentence $/)
  })

  test("a space at the very beginning doesn't make the cut", () => {
    const pieces = messagesOf(` ${"x".repeat(9000)}`).flat()
    expect(pieces.map((piece) => piece.length)).toEqual([2900, 2900, 2900, 301])
  })
})

describe("what somebody wrote in Slack, as plain text", () => {
  test.each([
    ["a &amp; b &lt;3 &amp;lt;", "a & b <3 &lt;"],
    ["see <https://example.org/a?b=1&amp;c=2>", "see https://example.org/a?b=1&c=2"],
    ["see <http://example.org|example.org>", "see example.org"],
    ["see <https://example.org/x|this page>", "see this page (https://example.org/x)"],
    ["write <mailto:a@example.org|a@example.org> or <tel:+49301234|+49 30 1234>", "write a@example.org or +49 30 1234 (+49301234)"],
    ["<@UMINA> and <@U0STRANGER|somebody>", "@Mina and @…"],
    ["<#C1|help> <#C2>", "#help #"],
    ["<!here> <!channel|channel> <!subteam^S1|@team> <!date^1700000000^{time}|12:40>", "@here channel @team 12:40"],
    ["1 < 2 > 0", "1 < 2 > 0"],
  ])("%s", (given, wanted) => {
    expect(read(given)).toBe(wanted)
  })

  test("an emoji is its sign, as far as Slack tells which; no other word between colons is", () => {
    const blocks = [
      {
        type: "rich_text",
        elements: [
          {
            type: "rich_text_section",
            elements: [
              { type: "emoji", name: "heart", unicode: "2764-fe0f" },
              { type: "emoji", name: "bad", unicode: "zz" },
            ],
          },
        ],
      },
    ]
    expect(plainOf("you :heart: at 10:30: :bad: :other:", emojiIn(blocks), () => "")).toBe("you ❤️ at 10:30: :bad: :other:")
  })

  test("a colleague who is called is noticed, and nobody else", () => {
    expect(["<@U1> look", "<!here>", "<!subteam^S1>", "<!channel>"].map(callsSomebody)).toEqual([true, true, true, true])
    expect(["@U1", "<https://x|y>", "&lt;@U1&gt;", "<!date^1^{time}|x>", "<#C1>"].map(callsSomebody)).toEqual([false, false, false, false, false])
  })
})
