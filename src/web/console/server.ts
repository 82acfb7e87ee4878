import { serveStatic } from "@hono/node-server/serve-static"
import { Hono } from "hono"
import type { Staff } from "../../helpline/staff.ts"
import type { Accounts } from "../accounts.ts"
import { accountRoutes } from "./account-routes.ts"
import { createRouter, type Route } from "./router.ts"
import { signInRoutes } from "./sign-in-routes.ts"
import { staffRoutes } from "./staff-routes.ts"

/** What the console is made of. */
export type ConsoleParts = {
  readonly staff: Staff
  /** Asked for when the first person comes: what is behind it takes a while to load, and a start shouldn't. */
  readonly accounts: () => Promise<Accounts>
  /** The desk's own routes, each with its roles (`post` and `get` of `router.ts`). */
  readonly deskRoutes: readonly Route[]
  /** In which the desk counts days. */
  readonly timeZone: string
  readonly publicUrl: string | undefined
  /** The address that links to the console begin with. */
  readonly here: () => string
  readonly dist: string
  readonly failed: (code: string) => void
}

/** Every route of the console, with the roles that may enter. */
export function consoleRoutes({ staff, accounts, here, deskRoutes, timeZone }: Pick<ConsoleParts, "staff" | "accounts" | "here" | "deskRoutes" | "timeZone">): readonly Route[] {
  return [...signInRoutes(staff, accounts), ...accountRoutes(staff, accounts, timeZone), ...staffRoutes(staff, here), ...deskRoutes]
}

/** The console: its routes under `/api`, and the browser app. Nothing of it is kept by a browser or a proxy. */
export function createConsole(parts: ConsoleParts): Hono {
  const app = new Hono()
  app.use(async (context, next) => {
    await next()
    context.header("cache-control", "no-store")
  })
  app.route("/api", createRouter(consoleRoutes(parts), parts.accounts, parts.publicUrl))
  app.get("/", (context) => context.redirect("/console/"))
  app.get("/*", serveStatic({ root: parts.dist, rewriteRequestPath: (path) => (path === "/console/" ? "/console/index.html" : path) }))
  app.onError((error, context) => {
    parts.failed((error as { code?: string }).code ?? error.name)
    return context.json({ ok: false, why: "broken" }, 500)
  })
  return app
}
