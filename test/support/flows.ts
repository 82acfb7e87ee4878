import { BUILT, CONTENT } from "../../src/app.ts"
import { createFlows, type Flows } from "../../src/flows/conversation.ts"
import { readWhole } from "../../src/helpline/whole-content.ts"

/** The flows as the house builds them, of the real content. */
export function realFlows(): Flows {
  const { flows } = readWhole(CONTENT, BUILT)
  // Where an organisation takes pictures there is a place more.
  return createFlows({ ...flows, campaigns: flows.campaigns?.map((campaign) => ({ ...campaign, pictures: true })) })
}
