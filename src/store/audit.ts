import type { Store } from "./pool.ts"

/** What was done, by whom, to whom or what. Ids and codes only: it has no place for words. */
export type Deed = { readonly staffId: string | undefined; readonly what: string; readonly subjectId?: string | undefined; readonly reason?: string | undefined }

/** Writes down what was done. */
export async function writeDown({ prisma }: Store, at: Date, { staffId, what, subjectId, reason }: Deed): Promise<void> {
  await prisma.audit.create({ data: { at, staffId: staffId ?? null, what, subjectId: subjectId ?? null, reason: reason ?? null } })
}

/** What was written down last, the newest first; `before` goes on from the last row of the answer before. */
export async function lastDeeds({ prisma }: Store, before: bigint | undefined, limit: number) {
  return prisma.audit.findMany({ ...(before === undefined ? {} : { where: { id: { lt: before } } }), orderBy: { id: "desc" }, take: limit })
}
