import { defineConfig } from "vitest/config"

/** Rooms whose test files leave nothing behind in a module: those of one worker share one loading of the house, which is a third of their work. */
const SHARING = "flows|locales|bots|helpline|store|web|promises|journeys|print"
/** Of these, what puts something in a module's place. */
const ALONE = ["test/helpline/handoff-rest.test.ts", "test/web/server.test.ts"]

/** Proofs take as long as they take. */
const PATIENCE_MS = process.env["PROOF"] === "1" ? 7200_000 : 120_000
const each = { pool: "forks", testTimeout: PATIENCE_MS, hookTimeout: PATIENCE_MS } as const

export default defineConfig({
  test: {
    globalSetup: "test/support/postgres.ts",
    // Two cores, and a third worker for the time that tests wait: for processes, browsers, and what only time can show.
    maxWorkers: 3,
    projects: [
      { test: { ...each, name: "rooms", include: [`test/(${SHARING})/**/*.test.ts`], exclude: ALONE, isolate: false } },
      { test: { ...each, name: "houses", include: ["test/*.test.ts", `test/!(${SHARING})/**/*.test.ts`, ...ALONE] } },
    ],
  },
})
