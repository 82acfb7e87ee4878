import { chatHead } from "../store/desk-reads.ts"
import { liftBlock } from "../store/desk-writes.ts"
import type { Ending } from "../store/handoffs.ts"
import type { DeskTools } from "./desk-parts.ts"
import { colleaguesOf } from "./desk-shapes.ts"
import type { DeskService, Refused } from "./desk-view.ts"

/** Who has which chat: claims, offers, ends, blocks. */
export function deskActs({ parts, pool, rows, now, act, isSupervisor }: DeskTools) {
  const { handoffs } = parts

  /** Taking what one has already is done: a second click, or another try after an answer that got lost. */
  async function take(staff: string, id: string, doing: Promise<Refused | undefined>): Promise<Refused | undefined> {
    const refusal = await act(doing)
    if (refusal !== "taken" && refusal !== "not-offered") return refusal
    const head = await chatHead(pool, id)
    return head?.staffId === staff && head.status !== "ended" ? undefined : refusal
  }

  const endedBy = async (staff: string): Promise<Ending> => ({ staffId: staff, supervisor: await isSupervisor(staff) })

  return {
    claim: (staff, id) => take(staff, id, handoffs.claim(id, staff, now())),
    release: (staff, id) => act(handoffs.release(id, staff, now())),
    async transfer(staff, id, to) {
      if (to === "queue") return act(handoffs.release(id, staff, now()))
      if (to !== "supervisor") return act(handoffs.offer(id, staff, to, now()))
      // Whoever has just come or gone counts as such.
      rows.forget()
      const free = colleaguesOf(await rows.get(), now()).filter((one) => one.id !== staff && one.supervisor && one.canTake)
      const [least] = free.sort((a, b) => a.load - b.load)
      return least === undefined ? "away" : act(handoffs.offer(id, staff, least.id, now()))
    },
    accept: (staff, id) => take(staff, id, handoffs.accept(id, staff, now())),
    refuse: (staff, id) => act(handoffs.refuse(id, staff, now())),
    async takeOver(staff, id) {
      return (await isSupervisor(staff)) ? take(staff, id, handoffs.takeOver(id, staff, now())) : "not-yours"
    },
    async end(staff, id, why) {
      return act(handoffs.end(id, await endedBy(staff), why, now()))
    },
    async block(staff, id, reason, hours) {
      return act(handoffs.end(id, await endedBy(staff), "blocked", now(), { reason, until: new Date(parts.now() + hours * 3600_000) }))
    },
    async unblock(staff, blockId) {
      if (!(await isSupervisor(staff))) return "not-yours"
      return act(liftBlock(pool, { id: blockId, staffId: staff, at: now() }).then((lifted) => (lifted ? undefined : "gone")))
    },
  } satisfies Partial<DeskService>
}
