import fc from "fast-check"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { bytesArray, dateArray, plainArray, textArray } from "../../src/store/array.ts"
import { freshDatabase } from "../support/database.ts"

let database: Awaited<ReturnType<typeof freshDatabase>>
let client: pg.Client
beforeAll(async () => {
  database = await freshDatabase()
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

async function read(type: string, literal: string): Promise<readonly unknown[]> {
  const { rows } = await client.query<{ list: unknown[] }>(`select $1::${type}[] as list`, [literal])
  return rows[0]?.list ?? []
}

// PostgreSQL keeps no NUL in a text, whoever writes it.
const text = fc.string({ unit: "grapheme", maxLength: 40 }).map((one) => one.replaceAll("\0", ""))

test("PostgreSQL reads back the texts that an array was made of, whatever they are", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(text, fc.constantFrom("null", "NULL", "", '"', "\\", "{}", "a,b", " x "), fc.constant(null))), async (list) => {
      expect(await read("text", textArray(list))).toEqual(list)
    }),
  )
})

test("PostgreSQL reads back bytes, moments and plain values", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 60 })),
      fc.array(fc.option(fc.date({ noInvalidDate: true, min: new Date("1971-01-01"), max: new Date("2999-01-01") }))),
      async (bytes, moments) => {
        expect(await read("bytea", bytesArray(bytes))).toEqual(bytes.map((one) => Buffer.from(one)))
        expect(await read("timestamptz", dateArray(moments))).toEqual(moments)
      },
    ),
  )
  expect(await read("bigint", plainArray([1n, -2n, null]))).toEqual(["1", "-2", null])
  expect(await read("boolean", plainArray([true, false]))).toEqual([true, false])
  expect(await read("int", plainArray([]))).toEqual([])
})
