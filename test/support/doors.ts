import { publicWords } from "../../src/helpline/public-words.ts"
import { createTexts } from "../../src/locales/texts.ts"
import type { Server } from "node:http"
import { createWeb, type WebParts } from "../../src/web/server.ts"

/** The window with these doors and nothing behind its pages, on a port of its own; whoever opens it closes it. */
export async function openDoors(doors: WebParts["doors"]): Promise<Server> {
  const server = createWeb({
    doors,
    ready: async () => true,
    metrics: async () => "",
    metricsToken: undefined,
    simulator: false,
    dist: "",
    retention: { flowHours: 24, deliveryDays: 7, transcriptDays: 7, caseMonths: 12, reportMonths: 12 },
    words: (language) => publicWords(createTexts({}), language),
    smsPrice: { perSegment: 0, currency: "USD" },
    languages: [],
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
