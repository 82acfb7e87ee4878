import { BUILT, CONTENT } from "../../src/app.ts"
import { flowContent } from "../../src/helpline/flow-content.ts"
import { organisationOf } from "../../src/helpline/organisation.ts"
import { createFlows, type Flows } from "../../src/flows/conversation.ts"
import { areaNames, areasOf, readAreas } from "../../src/helpline/areas.ts"
import { readContent } from "../../src/helpline/content.ts"
import { readDesk } from "../../src/helpline/desk-file.ts"
import { directoryOf, placeNames } from "../../src/helpline/listing.ts"
import { createTexts } from "../../src/locales/texts.ts"

/** The flows as the house builds them, of the real content. */
export function realFlows(): Flows {
  const { helpline, directory } = readContent(CONTENT)
  const areas = readAreas(CONTENT)
  const texts = createTexts({ ...placeNames(directory), ...areaNames(areas) })
  return createFlows({ ...flowContent(texts, BUILT), ...organisationOf(helpline, readDesk(CONTENT).desk), directory: directoryOf(directory), areas: areasOf(areas, directory) })
}
