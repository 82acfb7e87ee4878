import { useEffect, useState } from "preact/hooks"
import { AuditList } from "./audit-list.tsx"
import { Columns } from "./columns.tsx"
import { useStation } from "./hooks.ts"
import { Sign } from "./icons.tsx"
import { InviteSheet } from "./invite-sheet.tsx"
import { LinkList } from "./link-list.tsx"
import { PersonSheet } from "./person-sheet.tsx"
import * as staff from "./staff-api.ts"
import type { Member, OpenLink } from "./staff-api.ts"
import { useWords } from "./words.ts"

/** Everybody who works here, for admins: who they are, how they come in, what was done. `me`: whoever looks. */
export function StaffPage({ me }: { readonly me: string }) {
  const words = useWords()
  const station = useStation()
  const [members, setMembers] = useState<readonly Member[] | null>(null)
  const [links, setLinks] = useState<readonly OpenLink[]>([])
  const [open, setOpen] = useState<string | null>(null)
  const [inviting, setInviting] = useState(false)
  const [count, setCount] = useState(0)
  const look = async () => {
    const [people, waiting] = await Promise.all([station.look(staff.all()), station.look(staff.links())])
    if (people.ok) setMembers(people.value)
    else station.refuse(people.why)
    if (waiting.ok) setLinks(waiting.value)
    setCount((before) => before + 1)
  }
  const again = () => void look()
  useEffect(again, [])
  const member = members?.find(({ id }) => id === open)
  return (
    <section class="sheet staff-page" aria-labelledby="staff-title">
      <header class="sheet-head">
        <h2 id="staff-title">{words.staff.title}</h2>
        <button type="button" class="button small" onClick={() => setInviting(true)}>
          <Sign name="person" /> {words.staff.invite}
        </button>
      </header>
      {members === null ? <p class="none">{words.loading}</p> : <People members={members} me={me} show={setOpen} />}
      <LinkList links={links} members={members ?? []} done={again} />
      <AuditList members={members ?? []} count={count} />
      {inviting && <InviteSheet close={() => setInviting(false)} done={again} />}
      {member !== undefined && <PersonSheet key={member.id} member={member} me={me} close={() => setOpen(null)} done={again} />}
    </section>
  )
}

function People({ members, me, show }: { readonly members: readonly Member[]; readonly me: string; readonly show: (id: string) => void }) {
  const words = useWords()
  const of = words.staff
  const sorted = [...members].sort((a, b) => Number(b.active) - Number(a.active) || a.alias.localeCompare(b.alias))
  return (
    <table class="cards people">
      <Columns names={[words.setUp.alias, of.roles, of.cap, of.secondStep, of.sessions, of.state]} />
      <tbody>
        {sorted.map((one) => (
          <tr key={one.id} class={one.active ? undefined : "let-go"}>
            <th scope="row">
              <button type="button" class="link" data-item="open" aria-label={of.open(one.alias)} onClick={() => show(one.id)}>
                <bdi>{one.alias}</bdi>
              </button>
              {one.id === me && <span class="aside"> ({words.colleagues.you})</span>}
              <span class="facts">
                <bdi dir="ltr">{one.userName}</bdi>
              </span>
            </th>
            <td data-label={of.roles}>{one.roles.map((role) => of.role[role]).join(words.comma)}</td>
            <td data-label={of.cap}>{one.cap}</td>
            <td data-label={of.secondStep}>{one.secondStep ? of.set : <em>{of.notSet}</em>}</td>
            <td data-label={of.sessions}>{one.sessions}</td>
            <td data-label={of.state}>{one.active ? of.active : <em>{of.inactive}</em>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
