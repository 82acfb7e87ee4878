import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/support/postgres.ts",
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two cores, and a third worker for the time that tests wait: for processes, browsers, and what only time can show.
    maxWorkers: 3,
    pool: "forks",
  },
})
