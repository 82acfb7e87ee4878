/** Does something for each, so many at once. */
export async function atOnce<T>(most: number, all: readonly T[], work: (one: T, n: number) => Promise<void>): Promise<void> {
  let next = 0
  const line = async () => {
    for (let n = next++; n < all.length; n = next++) await work(all[n] as T, n)
  }
  await Promise.all(Array.from({ length: most }, line))
}
