import { useState } from "preact/hooks"
import { Confirm } from "./confirm.tsx"
import { Dialog } from "./dialog.tsx"
import { Field } from "./field.tsx"
import { useStation } from "./hooks.ts"
import { OnceLink } from "./once-link.tsx"
import { RoleChoice } from "./role-choice.tsx"
import { SessionList } from "./session-list.tsx"
import * as staff from "./staff-api.ts"
import type { Member } from "./staff-api.ts"
import { useWords } from "./words.ts"

type Props = { readonly member: Member; readonly me: string; readonly close: () => void; readonly done: () => void }

/** One person who works here: what they may do, where they are signed in, and how they are let go or begin anew. */
export function PersonSheet({ member, me, close, done }: Props) {
  const words = useWords()
  const station = useStation()
  const [alias, setAlias] = useState(member.alias)
  const [roles, setRoles] = useState(member.roles)
  const [cap, setCap] = useState(member.cap)
  const [link, setLink] = useState<string | null>(null)
  const [kept, setKept] = useState(false)
  const act = async (doing: ReturnType<typeof staff.activate>) => {
    const outcome = await station.act(doing)
    done()
    return outcome
  }
  const changed = {
    ...(alias.trim() !== member.alias && { alias: alias.trim() }),
    ...(roles.join() !== member.roles.join() && { roles }),
    ...(cap !== member.cap && { cap }),
  }
  if (link !== null)
    return (
      <Dialog key="link" title={words.staff.resetOf(member.alias)} close={close}>
        <OnceLink link={link} />
      </Dialog>
    )
  return (
    <Dialog title={member.alias} hint={words.staff.personHint(member.userName)} close={close} tone="person">
      <form
        class="act-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (roles.length > 0) void act(staff.change(member.id, changed)).then(({ ok }) => setKept(ok))
        }}
        onInput={() => setKept(false)}
      >
        <Field label={words.setUp.alias} hint={words.setUp.aliasHint} dir="auto" autocomplete="off" required minLength={2} maxLength={30} value={alias} change={setAlias} />
        <RoleChoice roles={roles} change={setRoles} />
        <fieldset>
          <legend>{words.staff.cap}</legend>
          <div class="chips">
            {[1, 2, 3].map((one) => (
              <label key={one} class="chip">
                <input type="radio" name="cap" checked={cap === one} onChange={() => setCap(one)} />
                <span>{one}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <div class="note-end">
          <span role="status">{kept && words.record.kept}</span>
          <button type="submit" class="button" disabled={roles.length === 0 || Object.keys(changed).length === 0}>
            {words.staff.keep}
          </button>
        </div>
      </form>
      {member.active && <SessionList member={member} done={done} />}
      <section class="leaving" aria-labelledby="leaving-title">
        <h3 id="leaving-title">{words.staff.entrance}</h3>
        {member.active ? (
          <>
            <Confirm
              label={words.staff.reset}
              asks={words.staff.resetAsks(member.alias)}
              sure={words.staff.resetSure}
              act={async () => {
                const outcome = await station.act(staff.reset(member.id))
                if (outcome.ok) setLink(outcome.link)
                done()
              }}
            />
            {member.id !== me && (
              <Confirm
                label={words.staff.deactivate}
                asks={words.staff.deactivateAsks(member.alias)}
                sure={words.staff.deactivateSure}
                act={() => act(staff.deactivate(member.id))}
              />
            )}
          </>
        ) : (
          <Confirm
            grave={false}
            label={words.staff.activate}
            asks={words.staff.activateAsks(member.alias)}
            sure={words.staff.activateSure}
            act={() => act(staff.activate(member.id))}
          />
        )}
      </section>
    </Dialog>
  )
}
