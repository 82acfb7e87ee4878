/** So many pictures are kept at hand; a poster is a few megabytes. */
const KEPT = 12

/**
 * Pictures that take a while, each drawn once under its name and one at a time, whoever asks for them: a stranger can't keep
 * the house busy with more than one. A name says all that is on the picture, so nothing old is ever handed out.
 */
export function createDrawings(): (name: string, make: () => Promise<Uint8Array>) => Promise<Uint8Array> {
  const kept = new Map<string, Promise<Uint8Array>>()
  let last: Promise<unknown> = Promise.resolve()
  return (name, make) => {
    const known = kept.get(name)
    if (known !== undefined) return known
    const drawn = last.then(make, make)
    last = drawn
    kept.set(name, drawn)
    // What couldn't be drawn is tried again by whoever asks next.
    drawn.catch(() => kept.delete(name))
    const [oldest] = kept.keys()
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
    return drawn
  }
}
