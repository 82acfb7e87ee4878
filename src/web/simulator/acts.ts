import type { Choice } from "./house.ts"
import type { ReceivedEntry, SentEntry } from "./phone.ts"

/** What a bubble may ask of the phone it is on. */
export type BubbleActs = {
  readonly tap: (choice: Choice) => void
  readonly openList: (entry: ReceivedEntry) => void
  readonly retry: (entry: SentEntry) => void
}
