/** Whether this is `npm run proof`. `npm test` leaves out what repeats a promise in another form, and no promise. */
export const PROOF = process.env["PROOF"] === "1"

/** What a test goes through: `always`, and in a proof the rest as well. */
export function inBreadth<const A, const B>(always: readonly A[], rest: readonly B[]): readonly (A | B)[] {
  return PROOF ? [...always, ...rest] : always
}
