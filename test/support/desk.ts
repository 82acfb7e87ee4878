import { randomUUID } from "node:crypto"
import type { Role } from "../../src/helpline/desk-view.ts"
import type { House } from "./house.ts"

/** Somebody who works here, without a way to sign in: what the desk itself needs of a person. */
export async function newStaff(house: { readonly app: Pick<House["app"], "store"> }, alias: string, roles: readonly Role[], cap = 1): Promise<string> {
  const id = randomUUID()
  await house.app.store.prisma.staff.create({ data: { id, userName: alias.toLowerCase(), alias, roles: [...roles], cap, secondStep: true } })
  return id
}
