import { resolve } from "node:path"
import { z } from "zod"

/** What the process runs with. */
export type Config = {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  /** Where the organisation's content stands; without it, the content that comes along. */
  readonly contentDir: string | undefined
  readonly databaseUrl: string | undefined
  readonly publicUrl: string | undefined
  readonly keyringFile: string
  readonly simulator: boolean
  readonly metricsToken: string | undefined
  readonly telegram: { readonly token: string; readonly webhookSecret: string | undefined; readonly apiRoot: string | undefined; readonly perSecond: number } | undefined
  readonly twilio:
    | {
        readonly accountSid: string
        readonly authToken: string
        readonly smsFrom: string | undefined
        readonly messagingServiceSid: string | undefined
        readonly whatsappFrom: string | undefined
        readonly apiRoot: string | undefined
        readonly smsSegmentsPerSecond: number
        readonly whatsappPerSecond: number
      }
    | undefined
  readonly slack:
    | {
        readonly botToken: string
        /** With it, Slack brings what happens to `POST /slack/events`. */
        readonly signingSecret: string | undefined
        /** With it, we fetch what happens through Socket Mode, and need no public address. */
        readonly appToken: string | undefined
        readonly room: string
        /** Ends in `/api/`. */
        readonly apiRoot: string | undefined
        /** `pointers`: nothing that a person wrote goes to Slack. `relay`: it does, into a thread, for a while. */
        readonly mode: "pointers" | "relay"
        /** What the house itself says there. */
        readonly language: "en" | "ur"
      }
    | undefined
}

/** Settings that can't be used: every wrong one is named at once, and none of their values is told. */
export class SettingsError extends Error {
  override name = "SettingsError"
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`${problems.length} setting(s) can't be used`)
    this.problems = problems
  }
}

/** Environment → Config. An empty variable counts as unset. Throws `SettingsError`. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""))
  const parsed = settings.safeParse(given)
  const problems = parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`)
  const needs = (name: string, others: readonly string[]) => {
    if (others.some((other) => other in given) && !(name in given)) problems.push(`${name}: is needed when ${others.join(" or ")} is set`)
  }
  needs("TELEGRAM_BOT_TOKEN", ["TELEGRAM_WEBHOOK_SECRET"])
  needs("TWILIO_ACCOUNT_SID", ["TWILIO_AUTH_TOKEN", "TWILIO_SMS_FROM", "TWILIO_MESSAGING_SERVICE_SID", "TWILIO_WHATSAPP_FROM"])
  needs("TWILIO_AUTH_TOKEN", ["TWILIO_ACCOUNT_SID"])
  if ("TELEGRAM_BOT_TOKEN" in given && "PUBLIC_URL" in given) needs("TELEGRAM_WEBHOOK_SECRET", ["TELEGRAM_BOT_TOKEN"])
  if ("TWILIO_ACCOUNT_SID" in given) {
    needs("PUBLIC_URL", ["TWILIO_ACCOUNT_SID"])
    if (!["TWILIO_SMS_FROM", "TWILIO_MESSAGING_SERVICE_SID", "TWILIO_WHATSAPP_FROM"].some((name) => name in given)) {
      problems.push("TWILIO_SMS_FROM, TWILIO_MESSAGING_SERVICE_SID or TWILIO_WHATSAPP_FROM: one of them is needed when TWILIO_ACCOUNT_SID is set")
    }
  }
  needs("SLACK_BOT_TOKEN", ["SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "SLACK_ROOM", "SLACK_MODE", "SLACK_LANGUAGE"])
  needs("SLACK_ROOM", ["SLACK_BOT_TOKEN"])
  if ("SLACK_BOT_TOKEN" in given && !("SLACK_SIGNING_SECRET" in given || "SLACK_APP_TOKEN" in given)) {
    problems.push("SLACK_SIGNING_SECRET or SLACK_APP_TOKEN: one of them is needed when SLACK_BOT_TOKEN is set")
  }
  if (!parsed.success || problems.length > 0) throw new SettingsError(problems)
  const s = parsed.data
  const dataDir = resolve(s.DATA_DIR)
  return {
    port: s.PORT,
    host: s.HOST,
    dataDir,
    contentDir: s.CONTENT_DIR === undefined ? undefined : resolve(s.CONTENT_DIR),
    databaseUrl: s.DATABASE_URL,
    publicUrl: s.PUBLIC_URL?.replace(/\/+$/, ""),
    keyringFile: s.KEYRING_FILE === undefined ? resolve(dataDir, "keyring.json") : resolve(s.KEYRING_FILE),
    simulator: s.SIMULATOR === undefined ? s.PUBLIC_URL === undefined : s.SIMULATOR === "on",
    metricsToken: s.METRICS_TOKEN,
    telegram:
      s.TELEGRAM_BOT_TOKEN === undefined
        ? undefined
        : { token: s.TELEGRAM_BOT_TOKEN, webhookSecret: s.TELEGRAM_WEBHOOK_SECRET, apiRoot: s.TELEGRAM_API_ROOT?.replace(/\/+$/, ""), perSecond: s.TELEGRAM_PER_SECOND },
    twilio:
      s.TWILIO_ACCOUNT_SID === undefined || s.TWILIO_AUTH_TOKEN === undefined
        ? undefined
        : {
            accountSid: s.TWILIO_ACCOUNT_SID,
            authToken: s.TWILIO_AUTH_TOKEN,
            smsFrom: s.TWILIO_SMS_FROM,
            messagingServiceSid: s.TWILIO_MESSAGING_SERVICE_SID,
            whatsappFrom: s.TWILIO_WHATSAPP_FROM,
            apiRoot: s.TWILIO_API_ROOT?.replace(/\/+$/, ""),
            smsSegmentsPerSecond: s.SMS_SEGMENTS_PER_SECOND,
            whatsappPerSecond: s.WHATSAPP_PER_SECOND,
          },
    slack:
      s.SLACK_BOT_TOKEN === undefined || s.SLACK_ROOM === undefined
        ? undefined
        : {
            botToken: s.SLACK_BOT_TOKEN,
            signingSecret: s.SLACK_SIGNING_SECRET,
            appToken: s.SLACK_APP_TOKEN,
            room: s.SLACK_ROOM,
            apiRoot: s.SLACK_API_ROOT?.replace(/\/*$/, "/"),
            mode: s.SLACK_MODE,
            language: s.SLACK_LANGUAGE,
          },
  }
}

const web = z.url({ protocol: /^https?$/, error: "should be an address beginning with http:// or https://" })
const pace = (standard: number) => z.coerce.number({ error: "should be a number above 0" }).positive("should be a number above 0").default(standard)

const settings = z.object({
  PORT: z.coerce.number({ error: "should be a port" }).int("should be a port").min(0, "should be a port").max(65535, "should be a port").default(3000),
  HOST: z.string().default("127.0.0.1"),
  DATA_DIR: z.string().default("./data"),
  CONTENT_DIR: z.string().optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "should be an address beginning with postgresql://" }).optional(),
  PUBLIC_URL: web.optional(),
  KEYRING_FILE: z.string().optional(),
  SIMULATOR: z.enum(["on", "off"], { error: "should be on or off" }).optional(),
  METRICS_TOKEN: z.string().min(16, "should have 16 characters or more").optional(),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]+$/, "should look like 123456:ABC-DEF")
    .optional(),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,256}$/, "should be 1 to 256 of A-Z a-z 0-9 _ -")
    .optional(),
  TELEGRAM_API_ROOT: web.optional(),
  TELEGRAM_PER_SECOND: pace(30),
  TWILIO_ACCOUNT_SID: z.string().regex(/^AC/, "should begin with AC").optional(),
  TWILIO_AUTH_TOKEN: z.string().optional(),
  TWILIO_SMS_FROM: z.string().optional(),
  TWILIO_MESSAGING_SERVICE_SID: z.string().regex(/^MG/, "should begin with MG").optional(),
  TWILIO_WHATSAPP_FROM: z.string().optional(),
  TWILIO_API_ROOT: web.optional(),
  SMS_SEGMENTS_PER_SECOND: pace(1),
  WHATSAPP_PER_SECOND: pace(80),
  SLACK_BOT_TOKEN: z
    .string()
    .regex(/^xox[a-z]-\S+$/, "should begin with xoxb-")
    .optional(),
  SLACK_SIGNING_SECRET: z.string().min(8, "should be the signing secret of the app").optional(),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-\S+$/, "should begin with xapp-")
    .optional(),
  SLACK_ROOM: z
    .string()
    .regex(/^[CG][A-Z0-9]+$/, "should be the id of a channel, such as C0123456789")
    .optional(),
  SLACK_API_ROOT: web.refine((url) => /\/api\/*$/.test(url), "should end in /api/").optional(),
  SLACK_MODE: z.enum(["pointers", "relay"], { error: "should be pointers or relay" }).default("pointers"),
  SLACK_LANGUAGE: z.enum(["en", "ur"], { error: "should be en or ur" }).default("en"),
})

/** The name of every setting. */
export const SETTINGS: readonly string[] = Object.keys(settings.shape)
