import { BUILT } from "../../src/app.ts"
import { readHouse, type HouseContent } from "../../src/helpline/whole-content.ts"

const known = new Map<string, HouseContent>()

/**
 * What stands in a content folder, read once in this process: nobody writes into one that was read, and no house can change
 * what the next one is built of.
 */
export function contentIn(folder: string): HouseContent {
  const before = known.get(folder)
  if (before !== undefined) return before
  const content = frozen(readHouse(folder, BUILT))
  known.set(folder, content)
  return content
}

function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value
  for (const part of Object.values(value)) frozen(part)
  return Object.freeze(value)
}
