import pg from "pg"
import { openReportHouse, NOTHING_SAID, ALL_CONSENTS } from "./report-house.ts"

/**
 * A house of reports to be killed at a named point: it takes orders line by line, and dies by its own hand, as by kill -9, right
 * before the step that `DIE_AT` names, once it comes to it, or comes to it for the nth time.
 */
const { DATABASE_URL: url = "", KEYRING: keyring = "", DIE_AT: dieAt, DIE_AT_COUNT = "1" } = process.env
const secrets = JSON.parse(keyring) as { pepper: string; key: string }
const house = await openReportHouse(url, {
  keyring: { pepper: Buffer.from(secrets.pepper, "base64"), keys: [{ number: 1, key: Buffer.from(secrets.key, "base64") }] },
})

if (dieAt !== undefined) {
  let count = 0
  const query = Reflect.get(pg.Client.prototype, "query") as (this: pg.Client, ...words: unknown[]) => unknown
  pg.Client.prototype.query = function (this: pg.Client, ...words: unknown[]) {
    const [statement] = words
    const text = typeof statement === "string" ? statement : String((statement as { readonly text: unknown }).text)
    if (text.includes(dieAt) && (count += 1) === Number(DIE_AT_COUNT)) process.kill(process.pid, "SIGKILL")
    return query.apply(this, words)
  } as typeof pg.Client.prototype.query
}

process.on("message", (order: { readonly does: "file" | "stir" | "shelve"; readonly from: string }) => {
  void (async () => {
    if (order.does === "file") {
      const report = { ...NOTHING_SAID, words: [order.from] }
      await house.file(order.from, { type: "report", report, consents: { ...ALL_CONSENTS, keep: false } }, { deliveryId: `delivery of ${order.from}` })
    } else if (order.does === "stir") await house.reports.stirDue()
    else await house.reports.shelve()
    process.send?.(order)
  })()
})
process.send?.("ready")
