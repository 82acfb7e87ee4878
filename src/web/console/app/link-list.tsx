import { Confirm } from "./confirm.tsx"
import { useStation } from "./hooks.ts"
import { withdraw, type Member, type OpenLink } from "./staff-api.ts"
import { clock, useWords } from "./words.ts"

/** Links that somebody may still come in by, each to be taken back. */
export function LinkList({ links, members, done }: { readonly links: readonly OpenLink[]; readonly members: readonly Member[]; readonly done: () => void }) {
  const words = useWords()
  const station = useStation()
  const { staff } = words
  return (
    <section class="part" aria-labelledby="links-title">
      <h3 id="links-title">{staff.links}</h3>
      {links.length === 0 && <p class="none">{staff.noLinks}</p>}
      <ul class="entries">
        {links.map((link) => (
          <li key={link.id}>
            <span>
              <strong>
                {link.kind === "reset"
                  ? staff.resetOf(members.find(({ id }) => id === link.staffId)?.alias ?? "?")
                  : staff.inviteFor(link.roles.map((role) => staff.role[role] ?? role).join(words.comma))}
              </strong>{" "}
              <span class="aside">{staff.until(clock(link.expiresAt))}</span>
            </span>
            <Confirm label={staff.withdraw} asks={staff.withdrawAsks} sure={staff.withdraw} act={() => station.act(withdraw(link.id)).then(done)} />
          </li>
        ))}
      </ul>
    </section>
  )
}
