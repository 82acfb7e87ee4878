/** Rises whenever a released place is renamed or removed; `movedPlaces` then says where those who are in it go. */
export const FLOW_VERSION = 1

/** Places of older flow versions and where they went. */
export const movedPlaces: Readonly<Record<string, string>> = {}
