import { publicWords } from "../../src/helpline/public-words.ts"
import { createTexts, LANGUAGES } from "../../src/locales/texts.ts"
import type { Server } from "node:http"
import { createWeb, type WebParts } from "../../src/web/server.ts"

/** No two alike, and none as it is set elsewhere. */
export const RETENTION = { flowHours: 23, deliveryDays: 6, transcriptDays: 5, caseMonths: 9, reportMonths: 8 }

/** The window with these doors and nothing behind its pages, on a port of its own; whoever opens it closes it. */
export async function openDoors(doors: WebParts["doors"]): Promise<Server> {
  const server = createWeb({
    doors,
    ready: async () => true,
    metrics: async () => "",
    metricsToken: undefined,
    simulator: false,
    dist: "",
    retention: RETENTION,
    words: (language) => publicWords(createTexts({}), language),
    smsPrice: { perSegment: 0, currency: "USD" },
    languages: LANGUAGES.map((language) => ({ language, review: "draft" })),
    rejected: () => {},
    failed: () => {},
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return server
}

/** Closes it at once, whoever is still there. */
export async function closeDoors(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
