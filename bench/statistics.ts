export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? at(sorted, middle) : (at(sorted, middle - 1) + at(sorted, middle)) / 2
}

/** `share` of 0.99 gives the p99. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return at(sorted, Math.ceil(sorted.length * share) - 1)
}

/** The median of the ratios of two series taken side by side, so that a slow moment of the machine weighs on both. */
export function ratio(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((our, round) => our / at(theirs, round)))
}

function at(numbers: readonly number[], index: number): number {
  return numbers[index] ?? Number.NaN
}
