import { afterAll, beforeEach } from "vitest"
import { openHouse } from "./house.ts"
import { openTwilio } from "./twilio.ts"

/** A house for a test file whose channels are Twilio's. */
export async function openAtTwilio() {
  const provider = await openTwilio()
  const house = await openHouse(provider.environment)
  provider.keepTime(house.now)
  afterAll(async () => {
    await house.close()
    await provider.close()
  })
  // The house's clock stands still; the database's doesn't, and what is due is due by both.
  beforeEach(() => house.advance(Date.now() - house.now()))
  return { provider, house }
}
