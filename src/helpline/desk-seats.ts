import { putClosing } from "../store/desk-writes.ts"
import { clearDebrief, here, setPresence } from "../store/seats.ts"
import { HERE_MS, type DeskTools } from "./desk-parts.ts"
import type { DeskService } from "./desk-view.ts"

/** Who is there, and whether the line is open. */
export function deskSeats({ parts, pool, now, changed }: DeskTools) {
  return {
    async presence(staff, presence) {
      await setPresence(pool, staff, presence, now(), new Date(parts.now() + HERE_MS))
      changed()
    },
    async debriefed(staff) {
      await clearDebrief(pool, staff)
      changed()
    },
    seen: (staff, forMs = HERE_MS) => here(pool, staff, now(), new Date(parts.now() + forMs)),
    async close(staff, { reason, until }) {
      await putClosing(pool, { reason, until: new Date(until), staffId: staff })
      await parts.writes({ staffId: staff, what: "desk-closed", reason })
      changed()
    },
    async reopen(staff) {
      await putClosing(pool, { reason: "other", until: now(), staffId: staff })
      await parts.writes({ staffId: staff, what: "desk-opened" })
      changed()
    },
  } satisfies Partial<DeskService>
}
