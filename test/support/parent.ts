import { wireTo } from "./wire.ts"

/** What whoever started this process may ask of it. */
export const answers: Parameters<typeof wireTo>[1] = {}

/** Asks whoever started this process. */
export const parent = wireTo(process, answers)
