import { z } from "zod"
import { linkAddress, ROLES, type Staff } from "../../helpline/staff.ts"
import { ended, idIn } from "./account-routes.ts"
import { get, post, type Answer, type Route } from "./router.ts"
import { alias } from "./sign-in-routes.ts"

const roles = z.array(z.enum(ROLES)).min(1).max(ROLES.length)
const ADMIN = ["admin"] as const

/** What admins do with everybody's accounts. They see user names and roles, never a password, a code or a key. */
export function staffRoutes(staff: Staff, here: () => string): readonly Route[] {
  const changed = (done: Awaited<ReturnType<Staff["change"]>>): Answer =>
    done === "done" ? { json: { ok: true } } : { json: { ok: false, why: done }, status: done === "gone" ? 404 : 409 }
  return [
    get("staff", ADMIN, async () => ({ json: await staff.all() })),
    post("staff/invite", ADMIN, z.object({ roles }), async ({ signed, body }) => ({ json: { ok: true, link: linkAddress(here(), await staff.invite(signed.id, body.roles)) } })),
    get("staff/links", ADMIN, async () => ({ json: await staff.links() })),
    post("staff/links/:link/withdraw", ADMIN, z.object({}), async ({ signed, params }) => changed((await staff.withdraw(signed.id, idIn(params["link"]))) ? "done" : "gone")),
    post("staff/:id/change", ADMIN, z.object({ roles: roles.optional(), alias: alias.optional(), cap: z.int().min(1).max(3).optional() }), async ({ signed, params, body }) =>
      changed(await staff.change(signed.id, idIn(params["id"]), body)),
    ),
    post("staff/:id/deactivate", ADMIN, z.object({}), async ({ signed, params }) => changed(await staff.change(signed.id, idIn(params["id"]), { active: false }))),
    post("staff/:id/activate", ADMIN, z.object({}), async ({ signed, params }) => changed(await staff.change(signed.id, idIn(params["id"]), { active: true }))),
    post("staff/:id/reset", ADMIN, z.object({}), async ({ signed, params }) => {
      const done = await staff.reset(signed.id, idIn(params["id"]))
      return typeof done === "string" ? changed(done) : { json: { ok: true, link: linkAddress(here(), done.token) } }
    }),
    get("staff/:id/sessions", ADMIN, async ({ params }) => ({ json: await staff.sessions(idIn(params["id"])) })),
    post("staff/:id/sessions/end", ADMIN, z.object({}), async ({ signed, params }) => ({
      json: { ok: true, ended: await staff.endSessions(signed.id, idIn(params["id"]), { but: undefined }) },
    })),
    post("staff/:id/sessions/:session/end", ADMIN, z.object({}), async ({ signed, params }) =>
      ended(await staff.endSessions(signed.id, idIn(params["id"]), { id: idIn(params["session"]) })),
    ),
    get("audit", ADMIN, async ({ query }) => ({ json: await staff.deeds(/^\d{1,18}$/.exec(query.get("before") ?? "")?.[0]) })),
  ]
}
