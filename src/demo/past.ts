import { randomUUID } from "node:crypto"
import type { App } from "../app.ts"
import { freshId } from "../helpline/fresh-id.ts"
import { madeUpName } from "../helpline/made-up-names.ts"
import { LANGUAGES } from "../locales/texts.ts"
import { drawing } from "./drawing.ts"

const DAYS = 30
const DAY_MS = 24 * 3600_000

/**
 * Writes handoffs of the last thirty days, over and without words, as a sweep would have left them: what numbers are
 * counted from. They are rows and nothing else; nobody ever wrote them.
 */
export async function writePast(app: App, counsellors: readonly string[], now: number): Promise<number> {
  const draw = drawing(20)
  const pick = <T>(all: readonly T[]): T => all[Math.floor(draw() * all.length)] as T
  const handoffs = []
  const deeds = []
  for (let day = DAYS; day >= 1; day--) {
    // Fewer on weekends, and more as a month goes on: a line that is straight tells nothing.
    const weekday = new Date(now - day * DAY_MS).getUTCDay()
    const count = Math.round((weekday === 0 || weekday === 6 ? 4 : 9) * (0.7 + draw() * 0.6) + (DAYS - day) / 8)
    for (let n = 0; n < count; n++) {
      // More in the evening than in the morning, as the day is in Karachi.
      const asked = Math.floor((now - day * DAY_MS) / DAY_MS) * DAY_MS + Math.min(draw() + draw(), 1.9) * 0.5 * DAY_MS
      const minutes = (least: number, most: number) => 60_000 * (least + draw() * (most - least))
      const course = draw()
      const queued = course < 0.08 ? null : asked + minutes(0.5, 4)
      const taken = queued !== null && course > 0.24
      const live = taken ? queued + minutes(1, 6) + (draw() < 0.3 ? minutes(5, 30) : 0) : null
      const ended = live === null ? (queued === null ? asked + 30 * 60_000 : course < 0.16 ? queued + minutes(2, 20) : queued + 45 * 60_000) : live + minutes(10, 55)
      const staffId = live === null ? null : pick(counsellors)
      const [endedBy, endedWhy] =
        queued === null
          ? ["system", "not-answered"]
          : live === null
            ? course < 0.16
              ? ["contact", "left"]
              : ["system", "nobody"]
            : pick([
                ["counsellor", "helped"],
                ["counsellor", "helped"],
                ["counsellor", "referred"],
                ["system", "silent"],
                ["contact", "left"],
                ["counsellor", "other"],
              ] as const)
      const id = freshId(asked)
      handoffs.push({
        id,
        name: madeUpName(Buffer.from(randomUUID().slice(-12), "hex")),
        channel: pick(["telegram", "whatsapp", "whatsapp", "sms"]),
        language: pick([...LANGUAGES, "ur", "ur", "ur-Latn", "en"]),
        risk: pick([0, 0, 0, 1, 1, 2]),
        status: "ended",
        staffId,
        consent: queued === null ? null : "person-1",
        askedAt: new Date(asked),
        queuedAt: queued === null ? null : new Date(queued),
        liveAt: live === null ? null : new Date(live),
        endedAt: new Date(ended),
        endedBy,
        endedWhy,
        settled: true,
        survey: endedWhy === "helped" && draw() < 0.6 ? pick(["yes", "yes", "yes", "little", "no"]) : null,
      })
      if (staffId === null || live === null) continue
      deeds.push({ at: new Date(live), staffId, what: "chat-claimed", subjectId: id })
      if (endedBy === "counsellor") deeds.push({ at: new Date(ended), staffId, what: "chat-ended", subjectId: id, reason: endedWhy })
    }
  }
  await app.store.prisma.handoff.createMany({ data: handoffs })
  await app.store.prisma.audit.createMany({ data: deeds.sort((a, b) => a.at.getTime() - b.at.getTime()) })
  return handoffs.length
}
