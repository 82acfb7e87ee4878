import { describe, expect, test } from "vitest"
import { readConfig, SettingsError } from "../../src/config.ts"

const whole = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "0123456789abcdef", SLACK_ROOM: "C0123456789" }

function problemsOf(environment: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig(environment)
    return []
  } catch (error) {
    return (error as SettingsError).problems
  }
}

describe("Slack's settings", () => {
  test("without any, there is no Slack", () => {
    expect(readConfig({}).slack).toBeUndefined()
  })

  test("a webhook by its signing secret, Socket Mode by an app token; nothing that a person wrote goes there unless it is said", () => {
    expect(readConfig(whole).slack).toEqual({
      botToken: "xoxb-1",
      signingSecret: "0123456789abcdef",
      appToken: undefined,
      room: "C0123456789",
      apiRoot: undefined,
      mode: "pointers",
      language: "en",
    })
    const { SLACK_SIGNING_SECRET: _, ...rest } = whole
    const socket = readConfig({ ...rest, SLACK_APP_TOKEN: "xapp-1", SLACK_MODE: "relay", SLACK_API_ROOT: "http://127.0.0.1:9/api" }).slack
    expect(socket).toMatchObject({ appToken: "xapp-1", signingSecret: undefined, mode: "relay", apiRoot: "http://127.0.0.1:9/api/" })
  })

  test("what is wrong is named at once, and no value with it", () => {
    const wrong = {
      SLACK_BOT_TOKEN: "secret-1",
      SLACK_SIGNING_SECRET: "short",
      SLACK_APP_TOKEN: "secret-2",
      SLACK_ROOM: "#help",
      SLACK_MODE: "loud",
      SLACK_LANGUAGE: "tlh",
      SLACK_API_ROOT: "https://slack.example/",
    }
    expect(problemsOf(wrong).map((problem) => problem.split(":")[0])).toEqual(Object.keys(wrong).sort((a, b) => order.indexOf(a) - order.indexOf(b)))
    expect(problemsOf(wrong).join()).not.toMatch(/secret-|short|#help|loud|tlh|slack\.example/)
  })

  test("half of them isn't enough", () => {
    expect(problemsOf({ SLACK_BOT_TOKEN: "xoxb-1" })).toEqual([
      "SLACK_ROOM: is needed when SLACK_BOT_TOKEN is set",
      "SLACK_SIGNING_SECRET or SLACK_APP_TOKEN: one of them is needed when SLACK_BOT_TOKEN is set",
    ])
    expect(problemsOf({ SLACK_ROOM: "C1" })).toEqual([expect.stringMatching(/^SLACK_BOT_TOKEN: is needed/)])
  })
})

const order = ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "SLACK_ROOM", "SLACK_API_ROOT", "SLACK_MODE", "SLACK_LANGUAGE"]
