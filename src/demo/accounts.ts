import { randomBytes } from "node:crypto"
import type { App } from "../app.ts"
import { withCookies } from "../web/cookies.ts"
import type { Cast } from "./cast.ts"
import type { Account } from "./marker.ts"
import { codeOf } from "./one-time-code.ts"

/** Makes the staff of a demonstration, each by invitation and with a second step, as everybody comes in; gives back what they sign in with. */
export async function hire(app: App, staff: Cast["staff"]): Promise<readonly (Account & { readonly id: string })[]> {
  const house = await app.console.accounts()
  const made: (Account & { readonly id: string })[] = []
  let admin: string | undefined
  for (const { userName, alias, roles, cap } of staff) {
    const password = `demo-${randomBytes(6).toString("hex")}`
    const token = admin === undefined ? await app.staff.firstLink() : await app.staff.invite(admin, roles)
    const done = token === undefined ? "gone" : await app.staff.join(token, { userName, alias, passwordHash: await house.hash(password) })
    if (done !== "done") throw new Error(`${userName} couldn't come in: ${done}`)
    const headers = new Headers()
    const signed = must(await house.signIn({ headers, address: "127.0.0.1" }, userName, password))
    const inside = withCookies(headers, signed.cookies)
    const person = (await house.signedIn(inside)).signed
    if (person === undefined) throw new Error(`${userName} isn't signed in`)
    const { uri } = must(await house.beginTotp(inside, person, password))
    const secret = new URL(uri).searchParams.get("secret") ?? ""
    const { cookies } = must(await house.confirmTotp(inside, person, codeOf(secret)))
    await house.signOut(withCookies(headers, cookies))
    admin ??= person.id
    if (cap > 1) await app.staff.change(admin, person.id, { cap })
    made.push({ id: person.id, userName, alias, roles, password, secret })
  }
  return made
}

function must<T extends { readonly ok: boolean }>(done: T): Extract<T, { readonly ok: true }> {
  if (!done.ok) throw new Error(`a step of the sign-in was refused: ${JSON.stringify(done)}`)
  return done as Extract<T, { readonly ok: true }>
}
