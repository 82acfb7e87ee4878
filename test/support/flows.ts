import { CONTENT } from "../../src/app.ts"
import { createFlows, type Flows } from "../../src/flows/conversation.ts"
import { everyEvent } from "../../src/helpline/rehearsal-campaigns.ts"
import { contentIn } from "./content.ts"

/**
 * The flows as the house builds them, of the real content, where pictures are taken.
 * @param announcedAt a moment at which events are announced near everybody, though the real content has none
 */
export function realFlows(announcedAt?: number): Flows {
  const { flows } = contentIn(CONTENT)
  const campaigns = flows.campaigns?.map((campaign) => ({ ...campaign, pictures: true }))
  return createFlows({ ...flows, campaigns, ...(announcedAt !== undefined && { events: everyEvent(flows.campaigns ?? [], flows.country, announcedAt) }) })
}
