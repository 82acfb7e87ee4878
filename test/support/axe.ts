import axe from "axe-core"
import type { Page } from "playwright-core"
import { PROOF } from "./proof.ts"

/** What axe has to say of a page as it is now. `colours`: only of its contrasts. */
async function complaintsOf(page: Page, colours = false): Promise<readonly string[]> {
  // Put in once for each page that was loaded: it is half a megabyte.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source)
  return page.evaluate(async (only) => {
    const { run } = (globalThis as unknown as { axe: typeof axe }).axe
    const { violations } = await run(document, { resultTypes: ["violations"], ...(only && { runOnly: ["color-contrast"] }) })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary ?? ""}`))
  }, colours)
}

/** What axe has to say of a page in these colours; in a proof also of the contrasts of the others: nothing else of a page differs between the two. */
export async function complaintsIn(colours: "light" | "dark", page: Page): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: colours })
  const complaints = await complaintsOf(page)
  if (!PROOF) return complaints
  const others = colours === "light" ? "dark" : "light"
  await page.emulateMedia({ colorScheme: others })
  return [...complaints, ...(await complaintsOf(page, true)).map((one) => `${others}: ${one}`)]
}
