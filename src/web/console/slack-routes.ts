import { z } from "zod"
import { SLACK_ROLES, type SlackLinks } from "../../helpline/slack-links.ts"
import { get, post, type Answer, type Route } from "./router.ts"

const token = z.object({ token: z.string().min(1).max(100) })

/** What a person does with their account of Slack: see which one a link stands for, connect it, take it off again. */
export function slackRoutes(links: SlackLinks): readonly Route[] {
  return [
    get("me/slack", SLACK_ROLES, async ({ signed }) => ({ json: { connected: await links.connected(signed.id) } })),
    post("me/slack/opened", SLACK_ROLES, token, async ({ body }) => {
      const name = await links.opened(body.token)
      return name === undefined ? GONE : { json: { ok: true, name } }
    }),
    post("me/slack", SLACK_ROLES, token, async ({ signed, body }) => ((await links.connect(signed.id, body.token)) ? DONE : GONE)),
    post("me/slack/remove", SLACK_ROLES, z.object({}), async ({ signed }) => ((await links.disconnect(signed.id)) ? DONE : GONE)),
  ]
}

const DONE: Answer = { json: { ok: true } }
const GONE: Answer = { json: { ok: false, why: "gone" }, status: 404 }
