import type { Browser, BrowserContextOptions, Page } from "playwright-core"
import type { House } from "./house.ts"
import { codeOf, type Person } from "./staff.ts"

/** Somebody who works here, come through the door of the console in a browser of their own. */
export async function atConsole(browser: Browser, house: Pick<House, "url">, person: Person, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: "reduce", locale: "en-GB", viewport: { width: 1280, height: 800 }, ...options })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  await page.goto(`${house.url}/console/`)
  await page.locator("input[autocomplete=username]").fill(person.userName)
  await page.locator("input[type=password]").fill(person.password)
  await page.keyboard.press("Enter")
  // The code of this half minute was used to set the account up.
  await page.locator("input.code").fill(codeOf(person.secret, 1))
  await page.keyboard.press("Enter")
  await page.locator(".list.mine, .sheet").first().waitFor()
  return page
}
