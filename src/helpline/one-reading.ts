/** Something that many ask for, read once for all who ask at the same time. */
export type OneReading<T> = { readonly get: () => Promise<T>; readonly forget: () => void }

/** One reading for all who ask at the same time; whoever asks after a change (`forget`) gets one that began after it. */
export function oneReading<T>(read: () => Promise<T>): OneReading<T> {
  let last: { readonly value: Promise<T>; done: boolean } | undefined
  let next: Promise<T> | undefined
  let stale = true
  const start = (): Promise<T> => {
    stale = false
    const mine = { value: read(), done: false }
    last = mine
    mine.value.then(
      () => (mine.done = true),
      () => {
        mine.done = true
        stale = true
      },
    )
    return mine.value
  }
  return {
    forget: () => void (stale = true),
    get() {
      if (!stale && last !== undefined) return last.value
      if (last === undefined || last.done) return start()
      // A reading is under way that began before the change: one more after it, for everybody.
      return (next ??= last.value.then(
        () => {
          next = undefined
          return start()
        },
        () => {
          next = undefined
          return start()
        },
      ))
    },
  }
}
