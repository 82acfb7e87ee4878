import { join } from "node:path"

/** The content that comes along, where no other is set. */
export const CONTENT = join(import.meta.dirname, "../content")

/** Where built things stand: browser apps, the learned model. */
export const BUILT = join(import.meta.dirname, "../dist")
