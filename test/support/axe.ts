import axe from "axe-core"
import type { Page } from "playwright-core"

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

/** What axe has to say in light colours, and of the contrasts of dark ones: nothing else of a page differs between the two. */
export async function complaintsInBoth(page: Page): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: "light" })
  const light = await complaintsOf(page)
  await page.emulateMedia({ colorScheme: "dark" })
  return [...light, ...(await complaintsOf(page, true)).map((one) => `dark: ${one}`)]
}
