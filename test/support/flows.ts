import { BUILT, CONTENT } from "../../src/app.ts"
import { createFlows, type Flows } from "../../src/flows/conversation.ts"
import { readWhole } from "../../src/helpline/whole-content.ts"

/** The flows as the house builds them, of the real content. */
export function realFlows(): Flows {
  return createFlows(readWhole(CONTENT, BUILT).flows)
}
