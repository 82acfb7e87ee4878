import { useState } from "preact/hooks"
import type { Role } from "../../../helpline/desk-view.ts"
import { Dialog } from "./dialog.tsx"
import { useStation } from "./hooks.ts"
import { OnceLink } from "./once-link.tsx"
import { RoleChoice } from "./role-choice.tsx"
import { invite } from "./staff-api.ts"
import { useWords } from "./words.ts"

/** Makes a link by which somebody gets an account with these roles; it is shown once. */
export function InviteSheet({ close, done }: { readonly close: () => void; readonly done: () => void }) {
  const words = useWords()
  const station = useStation()
  const [roles, setRoles] = useState<readonly Role[]>(["counsellor"])
  const [link, setLink] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  if (link !== null)
    return (
      <Dialog key="link" title={words.staff.invite} close={close}>
        <OnceLink link={link} />
        <div class="buttons">
          <button type="button" class="button quiet" onClick={close}>
            {words.close}
          </button>
        </div>
      </Dialog>
    )
  return (
    <Dialog key="roles" title={words.staff.invite} hint={words.staff.inviteHint} close={close}>
      <form
        class="act-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (busy) return
          setBusy(true)
          void station.act(invite(roles)).then((outcome) => {
            setBusy(false)
            if (!outcome.ok) return
            setLink(outcome.link)
            done()
          })
        }}
      >
        <RoleChoice roles={roles} change={setRoles} first />
        <div class="buttons">
          <button type="button" class="button quiet" onClick={close}>
            {words.cancel}
          </button>
          <button type="submit" class="button" disabled={roles.length === 0 || busy}>
            {words.staff.makeLink}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
