import { useEffect, useState } from "preact/hooks"
import { Confirm } from "./confirm.tsx"
import { useStation } from "./hooks.ts"
import * as staff from "./staff-api.ts"
import type { Member, Session } from "./staff-api.ts"
import { clock, useWords } from "./words.ts"

/** Where somebody is signed in, with one end for each and one for all. */
export function SessionList({ member, done }: { readonly member: Member; readonly done: () => void }) {
  const words = useWords()
  const station = useStation()
  const [sessions, setSessions] = useState<readonly Session[] | null>(null)
  const look = () => station.look(staff.sessions(member.id)).then((answer) => answer.ok && setSessions(answer.value))
  const end = async (doing: ReturnType<typeof staff.endSessions>) => {
    await station.act(doing)
    await look()
    done()
  }
  useEffect(() => void look(), [member.id, member.sessions])
  return (
    <section class="sessions" aria-labelledby="sessions-title">
      <h3 id="sessions-title">{words.staff.sessions}</h3>
      {sessions === null && <p class="none">{words.loading}</p>}
      {sessions?.length === 0 && <p class="none">{words.staff.noSessions}</p>}
      <ul class="choices">
        {sessions?.map((session) => (
          <li key={session.id} class="choice">
            <span>
              <bdi>{deviceOf(session.userAgent) ?? words.staff.unknownDevice}</bdi>{" "}
              <span class="aside">
                {words.staff.since(clock(session.createdAt))} · {words.staff.lastSeen(clock(session.updatedAt))}
              </span>
            </span>
            <button type="button" class="link" aria-label={words.staff.endSessionOf(clock(session.createdAt))} onClick={() => void end(staff.endSession(member.id, session.id))}>
              {words.staff.endSession}
            </button>
          </li>
        ))}
      </ul>
      {sessions !== null && sessions.length > 1 && (
        <Confirm label={words.staff.endAll} asks={words.staff.endAllAsks(member.alias)} sure={words.staff.endAllSure} act={() => end(staff.endSessions(member.id))} />
      )}
    </section>
  )
}

/** Browser and system, as far as a browser tells. */
function deviceOf(userAgent: string | null): string | undefined {
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)\//.exec(userAgent ?? "")?.[1]
  // A phone of Android says Linux as well.
  const system = ["Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux"].find((one) => userAgent?.includes(one))
  const names: Readonly<Record<string, string>> = { Edg: "Edge", OPR: "Opera", "Mac OS X": "macOS" }
  const known = [browser, system].flatMap((one) => (one === undefined ? [] : [names[one] ?? one]))
  return known.length === 0 ? undefined : known.join(", ")
}
