import fc from "fast-check"
import { afterAll, beforeAll, test } from "vitest"
import { steps } from "../support/handoff-commands.ts"
import { comesToAnEnd } from "../support/handoff-rules.ts"
import { PROOF } from "../support/proof.ts"
import { World } from "../support/handoff-world.ts"

/** Every test run takes the same stories; `HANDOFF_RUNS` is for a long proof with others each time, `HANDOFF_SEED` to see one of them again. */
const { HANDOFF_RUNS, HANDOFF_SEED } = process.env
const runs = Number(HANDOFF_RUNS ?? (PROOF ? 6 : 3))
const seed = HANDOFF_SEED ?? (HANDOFF_RUNS === undefined ? "20261121" : undefined)

let world: World
beforeAll(async () => {
  world = await World.open()
})
afterAll(() => world.houses.close())

test("whatever people, counsellors, time and two houses do, no chat is stranded, doubled, lost or told wrongly", { timeout: 30_000 + runs * 10_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands([...steps], { maxCommands: 40, size: "max" }), async (commands) => {
      await world.begin()
      try {
        await fc.asyncModelRun(() => ({ model: {}, real: world }), commands)
        await comesToAnEnd(world)
      } catch (cause) {
        throw new Error(`${(cause as Error).message}\n${world.story.join("\n")}`, { cause })
      }
    }),
    {
      numRuns: runs,
      ...(seed !== undefined && { seed: Number(seed) }),
      interruptAfterTimeLimit: 25_000 + runs * 10_000,
      endOnFailure: process.env["HANDOFF_SHRINK"] === undefined,
    },
  )
})
