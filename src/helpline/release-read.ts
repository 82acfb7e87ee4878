import { z } from "zod"
import type { ReleaseTables } from "./release-shapes.ts"

/** What is public of a release, as its row has it: written by ourselves once, and frozen since. Throws when it is anything else. */
export function readTables(value: unknown): ReleaseTables {
  return tablesShape.parse(value)
}

const quarter = z.templateLiteral([z.number(), "-Q", z.literal([1, 2, 3, 4])])
const tablesShape: z.ZodType<ReleaseTables> = z.object({
  shape: z.literal(1),
  quarter,
  country: z.string(),
  taxonomy: z.number(),
  threshold: z.number(),
  counted: z.number(),
  tables: z.array(
    z.object({
      id: z.enum(["province-quarter", "province-year", "district-year", "relation-year", "act-year", "platform-year", "action-year"]),
      period: z.string(),
      unit: z.enum(["parts", "named"]),
      of: z.number(),
      rows: z.array(z.object({ id: z.string(), within: z.string().optional(), count: z.number().nullable(), with: z.array(z.string()).optional() })),
    }),
  ),
  year: z.object({ year: z.string(), quarters: z.array(quarter), counted: z.number() }).optional(),
})
