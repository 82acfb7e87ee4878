import type { Role } from "../../../helpline/desk-view.ts"
import { useWords } from "./words.ts"

/** Every role, in the order in which they are offered. */
const ROLES: readonly Role[] = ["counsellor", "supervisor", "officer", "moderator", "admin"]

/** Which roles an account has, each with what it opens. */
export function RoleChoice({ roles, change, first = false }: { readonly roles: readonly Role[]; readonly change: (roles: readonly Role[]) => void; readonly first?: boolean }) {
  const words = useWords()
  return (
    <fieldset class="role-choice">
      <legend>{words.staff.roles}</legend>
      {ROLES.map((role, i) => (
        <label key={role} class="tick">
          <input
            type="checkbox"
            checked={roles.includes(role)}
            onChange={() => change(ROLES.filter((one) => (one === role ? !roles.includes(role) : roles.includes(one))))}
            {...(first && i === 0 && { "data-first": true })}
          />
          <span>
            <strong>{words.staff.role[role]}</strong> <span class="aside">{words.staff.roleHint[role]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
