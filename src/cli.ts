import { createInterface } from "node:readline"
import { parseArgs } from "node:util"
import { switchCommands } from "./cli-campaign-switch.ts"
import { campaignCommands, type CampaignAsked } from "./cli-campaigns.ts"
import { reportCommands, type ReleaseAsked } from "./cli-reports.ts"
import { complain, contentFolder, count, tell, withStore } from "./cli-tools.ts"
import { readConfig } from "./config.ts"
import { explain } from "./explain.ts"
import { BUILT } from "./folders.ts"
import { createSafetyWords } from "./flows/safety-words.ts"
import { createExplanation } from "./flows/understanding/understanding.ts"
import { readContent } from "./helpline/content.ts"
import { readDesk } from "./helpline/desk-file.ts"
import { checkDirectory, type Finding } from "./helpline/directory-check.ts"
import { agesOf } from "./helpline/organisation.ts"
import { reportSegments } from "./helpline/report-segments.ts"
import { rehearse } from "./helpline/rehearsal.ts"
import { createStaff, LINK_HOURS, linkAddress, ROLES } from "./helpline/staff.ts"
import { openUnderstanding } from "./helpline/understanding.ts"
import { lintLocales } from "./locales/lint.ts"
import { statusOf } from "./locales/status.ts"
import { LANGUAGES, localeFiles } from "./locales/texts.ts"
import { type Store } from "./store/pool.ts"
import { parkedTurns, sweep } from "./store/shelves.ts"
import { createCover, keyringAt } from "./vault/cover.ts"
import { readWhole } from "./helpline/whole-content.ts"

/** What may be said with a command. */
type Asked = ReleaseAsked & CampaignAsked & { readonly roles: readonly string[] }

/** Each command of the operator's side door; it gives back the exit code. `named`: it may be followed by a name. */
const commands: Readonly<Record<string, { readonly about: string; readonly named?: boolean; readonly run: (asked: Asked) => number | Promise<number> }>> = {
  "locales status": { about: "each language's files: draft or reviewed, and how many texts", run: localesStatus },
  "locales check": { about: "every text that can be sent; exits 1 when one breaks a rule", run: localesCheck },
  "directory check": { about: "mistakes (exits 1), and old, unverified and hidden entries", run: directoryCheck },
  "report segments": { about: "how many SMS segments a whole report takes, in each language", run: segments },
  parked: { about: "turns that threw: when, on which channel, what was thrown", run: () => withStore(parked) },
  understand: { about: "reads a line typed here, and tells what was understood and which rules spoke", run: understandLine },
  sweep: { about: "erases now what has reached its age, and tells how many rows", run: () => withStore(sweepNow) },
  "staff invite": { about: "a one-time link for a new colleague: --role counsellor (or supervisor, officer, moderator, admin; several go)", run: invite },
  ...reportCommands,
  ...campaignCommands,
  ...switchCommands,
  help: { about: "this list", run: help },
}

// Whoever reads along may stop reading, as `head` does.
process.stdout.on("error", () => process.exit())
process.exitCode = await main(process.argv.slice(2))

async function main(words: readonly string[]): Promise<number> {
  try {
    const { positionals, values } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h" },
        role: { type: "string", multiple: true },
        quarter: { type: "string" },
        to: { type: "string" },
        language: { type: "string" },
        preview: { type: "boolean" },
        participants: { type: "string" },
      },
    })
    const said = positionals.join(" ")
    if (values.help === true) return help()
    const [name = "", command] = Object.entries(commands).find(([one, { named }]) => said === one || (named === true && said.startsWith(`${one} `))) ?? []
    const { role: roles = [], quarter, preview = false, to, language, participants } = values
    if (command !== undefined) return await command.run({ roles, quarter, preview, to, language, participants, name: said.slice(name.length + 1) })
    complain(said === "" ? "No command given. Try: npm run helpline -- help" : `There is no command “${said}”. Try: npm run helpline -- help`)
    return 2
  } catch (cause) {
    if (isArgumentError(cause)) {
      complain(`${cause.message.split(". ")[0]}. Try: npm run helpline -- help`)
      return 2
    }
    for (const line of explain(cause, "This can't be done")) complain(line)
    return 1
  }
}

function isArgumentError(cause: unknown): cause is Error {
  return cause instanceof TypeError && String((cause as { code?: unknown }).code).startsWith("ERR_PARSE_ARGS")
}

function help(): number {
  tell("npm run helpline -- <command>")
  for (const [name, { about }] of Object.entries(commands)) tell(`  ${name.padEnd(17)}${about}`)
  return 0
}

/** For a counsellor who asks why the bot asked that. The line is read, answered and forgotten. */
async function understandLine(): Promise<number> {
  const lists = Object.fromEntries(LANGUAGES.map((language) => [language, localeFiles(language)["phrases"]])) as never
  const rules = createExplanation(lists)
  const { understand: together } = openUnderstanding(BUILT)
  for await (const line of createInterface({ input: process.stdin })) {
    const { risks, intent, language } = together(line)
    tell(`risks     ${risks.map(({ path, tier }) => `${path} (${tier})`).join(", ") || "none"}`)
    tell(`intent    ${intent ?? "none"}`)
    tell(`language  ${language ?? "not sure"}`)
    tell(`rules     ${rules(line).rules.join(", ") || "none: what was raised, the model raised"}`)
  }
  return 0
}

function localesStatus(): number {
  const statuses = LANGUAGES.map((language) => [language, statusOf(localeFiles(language))] as const)
  const files = [...new Set(statuses.flatMap(([, status]) => Object.keys(status.files)))].sort()
  const row = (name: string, cells: readonly string[]) => tell(`${name.padEnd(11)}${cells.map((cell) => cell.padEnd(14)).join("")}`.trimEnd())
  row(
    "",
    statuses.map(([language]) => language),
  )
  for (const file of files) {
    row(
      file,
      statuses.map(([, status]) => {
        const found = status.files[file]
        return found === undefined ? "missing" : `${found.review ?? "list"} ${found.texts}`
      }),
    )
  }
  row(
    "",
    statuses.map(([, { review }]) => review),
  )
  return 0
}

/** All that is said, and what the flows are made of. */
function everyText() {
  const { directory, texts, flows: content } = readWhole(contentFolder(), BUILT)
  return { directory, texts, content }
}

function localesCheck(): number {
  const { directory, texts, content } = everyText()
  const said = rehearse(content, directory, texts)
  // Without any list of ours, these are the carriers' own words and those with which people stop something.
  const reserved = createSafetyWords([])
  const files = Object.fromEntries(LANGUAGES.map((language) => [language, localeFiles(language)]))
  const problems = lintLocales({ files, said, carrierWord: (text) => reserved(text) !== undefined })
  for (const { language, key, problem } of problems) tell(`${language} ${key}: ${problem}`)
  tell(`${count(problems.length, "problem")} in ${count(said.length, "message")} and ${LANGUAGES.length} languages.`)
  return problems.length === 0 ? 0 : 1
}

function segments(): number {
  const { directory, texts, content } = everyText()
  const all = reportSegments(content, directory, texts)
  tell("language   answered: messages, segments   skipped: messages, segments   longest message")
  for (const { language, told, skipped, longest } of all) {
    const cells = [told.messages, told.segments, skipped.messages, skipped.segments, longest].map((number, index) => String(number).padStart([19, 10, 21, 10, 17][index] ?? 0))
    tell(`${language.padEnd(11)}${cells.join("")}`)
  }
  return 0
}

function directoryCheck(): number {
  const { directory } = readContent(contentFolder())
  const english = localeFiles("en")
  const findings = checkDirectory(directory, Date.now(), (key) => {
    const [file = "", name = ""] = key.split(".")
    return typeof english[file]?.[name] === "string"
  })
  const told = (kind: Finding["kind"], heading: string) => {
    const found = Map.groupBy(
      findings.filter((one) => one.kind === kind),
      ({ country, entry }) => [country, entry].filter(Boolean).join(" "),
    )
    if (found.size > 0) tell(heading)
    for (const [where, here] of found) tell(`  ${where}: ${here.map(({ problem }) => problem).join("; ")}`)
    return found.size
  }
  const mistakes = told("mistake", "To be corrected:")
  const flags = told("flag", "To be looked at:")
  tell(
    `${count(directory.flatMap(({ entries }) => entries).length, "entry", "entries")} in ${count(directory.length, "file")}: ${mistakes} to be corrected, ${flags} to be looked at.`,
  )
  return mistakes === 0 ? 0 : 1
}

async function parked(store: Store): Promise<number> {
  const turns = await parkedTurns(store)
  if (turns.length === 0) tell("No turn has thrown.")
  for (const { id, at, channel, code } of turns) tell(`${id}  ${at.toISOString()}  ${channel}  ${code}`)
  return 0
}

async function sweepNow(store: Store): Promise<number> {
  const counts = Object.entries(await sweep(store, new Date(), agesOf(readContent(contentFolder()).helpline, readDesk(contentFolder()).desk)))
  for (const [kind, rows] of counts) tell(`${String(rows).padStart(7)}  ${kind}`)
  return 0
}

async function invite({ roles }: Asked): Promise<number> {
  const wanted = ROLES.filter((role) => roles.includes(role))
  if (wanted.length === 0 || roles.some((role) => !wanted.some((one) => one === role))) {
    complain(`Name the roles: --role ${ROLES.join(", --role ")}. Try: npm run helpline -- staff invite --role counsellor`)
    return 2
  }
  const { keyringFile, publicUrl, host, port } = readConfig(process.env)
  return withStore(async (store) => {
    const staff = createStaff({ store, cover: createCover(keyringAt(keyringFile, false)), now: Date.now, slowed: () => {} })
    const token = await staff.invite(undefined, wanted)
    tell(linkAddress(publicUrl ?? `http://${host}:${port}`, token))
    tell(`It lets one person in, once, within ${LINK_HOURS} hours, as ${wanted.join(", ")}.`)
    return 0
  })
}
