/** What follows from equations: exactly, over whole numbers of any size, and by bounds, where nothing is below none. */

/** Everything that can be added up from some rows, with exact arithmetic. */
export class Span {
  readonly #rows: { readonly lead: number; readonly row: readonly bigint[] }[] = []

  add(row: readonly bigint[]): void {
    const left = this.#reduced(row)
    const lead = left.findIndex((one) => one !== 0n)
    if (lead >= 0) this.#rows.push({ lead, row: left })
  }

  /** Whether a row follows from those that were added. */
  has(row: readonly bigint[]): boolean {
    return this.#reduced(row).every((one) => one === 0n)
  }

  #reduced(row: readonly bigint[]): readonly bigint[] {
    let left = row
    for (const { lead, row: known } of this.#rows) {
      const [a, b] = [known[lead] ?? 0n, left[lead] ?? 0n]
      if (b === 0n) continue
      const next = left.map((one, i) => one * a - (known[i] ?? 0n) * b)
      const common = next.reduce(divisor, 0n)
      left = common > 1n ? next.map((one) => one / common) : next
    }
    return left
  }
}

function divisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

const NEAR = 1e-7

/**
 * The least and the most that `goal · x` can be, for every x that is nowhere below none and gives `known` (simplex in two
 * steps, Bland's rule).
 */
export function boundsOf(known: readonly (readonly number[])[], values: readonly number[]): (goal: readonly number[]) => { readonly least: number; readonly most: number } {
  const start = feasible(known, values)
  return (goal) => ({
    least: minimum(start, goal),
    most: -minimum(
      start,
      goal.map((one) => -one),
    ),
  })
}

type Tableau = { readonly rows: readonly Float64Array[]; readonly basis: readonly number[]; readonly width: number }

function feasible(known: readonly (readonly number[])[], values: readonly number[]): Tableau {
  const width = known[0]?.length ?? 0
  const rows = known.map((row, i) => Float64Array.from([...row, ...known.map((_, j) => (i === j ? 1 : 0)), values[i] ?? 0]))
  const basis = known.map((_, i) => width + i)
  const cost = new Float64Array(width + known.length + 1)
  for (let i = width; i < width + known.length; i += 1) cost[i] = 1
  const left = run({ rows, basis, width: width + known.length }, cost)
  if (left > NEAR) throw new Error("no world gives these numbers")
  // What was put in to begin with leaves, or its row says nothing of its own.
  for (let i = rows.length - 1; i >= 0; i -= 1) {
    if ((basis[i] ?? 0) < width) continue
    const enter = rows[i]?.subarray(0, width).findIndex((one) => Math.abs(one) > NEAR) ?? -1
    if (enter >= 0) pivot(rows, basis, i, enter)
    else {
      rows.splice(i, 1)
      basis.splice(i, 1)
    }
  }
  return { rows: rows.map((row) => Float64Array.from([...row.subarray(0, width), row.at(-1) ?? 0])), basis, width }
}

function minimum({ rows, basis, width }: Tableau, goal: readonly number[]): number {
  return run({ rows: rows.map((row) => row.slice()), basis: [...basis], width }, Float64Array.from([...goal, 0]))
}

function run({ rows, basis, width }: Tableau, cost: Float64Array): number {
  const held = basis as number[]
  for (const [i, row] of rows.entries()) {
    const factor = cost[held[i] ?? 0] ?? 0
    if (factor !== 0) for (let j = 0; j <= width; j += 1) cost[j] = (cost[j] ?? 0) - factor * (row[j] ?? 0)
  }
  for (;;) {
    const enter = cost.subarray(0, width).findIndex((one) => one < -NEAR)
    if (enter < 0) return -(cost[width] ?? 0)
    let leave = -1
    let best = Infinity
    for (const [i, row] of rows.entries()) {
      const by = row[enter] ?? 0
      if (by <= NEAR) continue
      const ratio = (row[width] ?? 0) / by
      if (ratio < best - NEAR || (ratio < best + NEAR && (held[i] ?? 0) < (held[leave] ?? Infinity))) [leave, best] = [i, ratio]
    }
    if (leave < 0) return -Infinity
    pivot(rows, held, leave, enter)
    const factor = cost[enter] ?? 0
    for (let j = 0; j <= width; j += 1) cost[j] = (cost[j] ?? 0) - factor * (rows[leave]?.[j] ?? 0)
  }
}

function pivot(rows: readonly Float64Array[], basis: number[], leave: number, enter: number): void {
  const row = rows[leave]
  if (row === undefined) return
  const by = row[enter] ?? 1
  for (let j = 0; j < row.length; j += 1) row[j] = (row[j] ?? 0) / by
  for (const other of rows) {
    const factor = other[enter] ?? 0
    if (other === row || Math.abs(factor) < 1e-12) continue
    for (let j = 0; j < other.length; j += 1) other[j] = (other[j] ?? 0) - factor * (row[j] ?? 0)
  }
  basis[leave] = enter
}
