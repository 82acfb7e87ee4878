import { BUILT, CONTENT } from "../../src/app.ts"
import { flowContent } from "../../src/helpline/flow-content.ts"
import { organisationOf } from "../../src/helpline/organisation.ts"
import { createFlows, type Flows } from "../../src/flows/conversation.ts"
import { readContent } from "../../src/helpline/content.ts"
import { readDesk } from "../../src/helpline/desk-file.ts"
import { directoryOf, placeNames } from "../../src/helpline/listing.ts"
import { createTexts } from "../../src/locales/texts.ts"

/** The flows as the house builds them, of the real content. */
export function realFlows(): Flows {
  const { helpline, directory } = readContent(CONTENT)
  const texts = createTexts(placeNames(directory))
  return createFlows({ ...flowContent(texts, BUILT), ...organisationOf(helpline, readDesk(CONTENT).desk), directory: directoryOf(directory) })
}
