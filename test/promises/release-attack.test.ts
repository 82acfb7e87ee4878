import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { shownNamed, shownParts } from "../../src/helpline/release-hide.ts"
import { boundsOf, Span } from "../support/linear.ts"
import { puzzlesOf, type Puzzle } from "../support/release-attack.ts"
import { livesOf, worlds, type Counted } from "../support/release-world.ts"

/** Ten or fewer are never told; none isn't a secret, but the hidden may be none for all that anybody knows. */
const FEW = 10
const SEED = 20260

/** The cells of ten or fewer that somebody finds, by a way to attack a puzzle. */
function found(runs: number, attack: (puzzle: Puzzle, truth: (is: (kind: string) => boolean) => number, reports: readonly string[]) => readonly string[]): void {
  let tried = 0
  fc.assert(
    fc.property(worlds, (world) => {
      const { releases, counted } = livesOf(world)
      for (const puzzle of puzzlesOf(releases.map(({ tables }) => tables))) {
        const kinds = counted.map((report: Counted) => puzzle.kindOf(report)).filter((kind) => kind !== undefined)
        const reportsOf = [...Map.groupBy(kinds, (kind) => kind)].map(([kind, reports]) => [kind, reports.length] as const)
        const truth = (is: (kind: string) => boolean) => reportsOf.reduce((sum, [kind, reports]) => (is(kind) ? sum + reports : sum), 0)
        for (const { is, count } of puzzle.known) expect(truth(is)).toBe(count)
        tried += puzzle.cells.filter(({ is }) => truth(is) <= FEW).length
        expect(attack(puzzle, truth, kinds)).toEqual([])
      }
    }),
    { numRuns: runs, seed: SEED },
  )
  // Nothing is proven where there was nothing to find.
  expect(tried).toBeGreaterThan(runs * 10)
}

const row = ({ kinds }: Puzzle, is: (kind: string) => boolean) => kinds.map((kind) => (is(kind) ? 1 : 0))
const big = (of: readonly number[]) => of.map(BigInt)

describe("nobody finds a number of ten or fewer", () => {
  test("by adding and taking away whatever was published, in whichever release", () => {
    found(80, (puzzle, truth) => {
      const span = new Span()
      for (const { is } of puzzle.known) span.add(big(row(puzzle, is)))
      return puzzle.cells.filter(({ is }) => truth(is) > 0 && truth(is) <= FEW && span.has(big(row(puzzle, is)))).map(({ name }) => name)
    })
  })

  test("by the least and the most that it can be: both none and ten are left", () => {
    found(60, (puzzle, truth) => {
      const bounds = boundsOf(
        puzzle.known.map(({ is }) => row(puzzle, is)),
        puzzle.known.map(({ count }) => count),
      )
      return puzzle.cells.flatMap(({ name, is, wide }) => {
        if (!wide || truth(is) > FEW) return []
        const { least, most } = bounds(row(puzzle, is))
        return least > 0.5 || most < FEW - 0.001 ? [`${name} is ${least} to ${most}, and truly ${truth(is)}`] : []
      })
    })
  })

  test("by knowing every report but one: the last one may be in another hidden row as well", () => {
    found(80, (puzzle, truth, reports) => {
      const sight = new Map(puzzle.kinds.map((kind) => [kind, puzzle.known.map(({ is }) => (is(kind) ? "1" : "0")).join("")]))
      const alike = Map.groupBy(puzzle.kinds, (kind) => sight.get(kind))
      const there = new Set(reports)
      return puzzle.cells.flatMap(({ name, is }) => {
        const count = truth(is)
        if (count === 0 || count > FEW) return []
        return [...there].filter(is).flatMap((kind) => (alike.get(sight.get(kind))?.some((other) => !is(other)) ? [] : [`${name}: ${kind}`]))
      })
    })
  })

  test("by the difference of any two published numbers of which one holds the other", () => {
    found(80, (puzzle) => {
      const sets = puzzle.known.map(({ is, count }) => ({ kinds: new Set(puzzle.kinds.filter(is)), count }))
      return sets.flatMap((one) =>
        sets.flatMap((other) => (one.kinds.isSubsetOf(other.kinds) && other.count - one.count > 0 && other.count - one.count <= FEW ? [`${other.count} - ${one.count}`] : [])),
      )
    })
  })

  test("by knowing the rules by heart: of a hidden part, every number from none to ten gives the same table", () => {
    const most = 34
    const seen = new Map<string, Set<number>[]>()
    const truths: { readonly counts: readonly number[]; readonly table: string }[] = []
    for (let a = 0; a <= most; a += 1) {
      for (let b = 0; a + b <= most; b += 1) {
        for (let c = 0; a + b + c <= most; c += 1) {
          if (a + b + c < 11) continue
          const counts = new Map([a, b, c].map((count, i) => [String(i), count]))
          for (const table of new Set(
            ["0", "1", "2"].map((drawn) =>
              tableOf(
                counts,
                shownParts(counts, (id) => (id === drawn ? 0 : 0.999)),
              ),
            ),
          )) {
            const values = seen.get(table) ?? [new Set<number>(), new Set<number>(), new Set<number>()]
            seen.set(table, values)
            for (const [i, count] of [...counts.values()].entries()) values[i]?.add(count)
            truths.push({ counts: [a, b, c], table })
          }
        }
      }
    }
    const told = truths.flatMap(({ counts, table }) =>
      counts.flatMap((count, i) => {
        const left = seen.get(table)?.[i]
        return count <= FEW && Array.from({ length: FEW + 1 }, (_, n) => n).some((n) => left?.has(n) !== true) ? [`${counts.join(" ")} as ${table}`] : []
      }),
    )
    expect(truths.length).toBeGreaterThan(1000)
    expect(told).toEqual([])
  })

  test("by what is named together: one alone is never hidden, and none is shown that few name or few don't", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 6 }), fc.double({ min: 0, max: 0.99, noNaN: true }), (all, drawn) => {
        const counts = new Map(all.map((count, i) => [String(i), count]))
        const shown = shownNamed(counts, 40, () => drawn)
        expect(counts.size - shown.size).not.toBe(1)
        for (const id of shown) {
          expect(counts.get(id)).toBeGreaterThan(FEW)
          expect(40 - (counts.get(id) ?? 0)).toBeGreaterThan(FEW)
        }
      }),
      { seed: SEED },
    )
  })
})

function tableOf(counts: ReadonlyMap<string, number>, shown: ReadonlySet<string>): string {
  const whole = [...counts.values()].reduce((a, b) => a + b, 0)
  return [...counts].map(([id, count]) => (shown.has(id) ? count : "-")).join(" ") + ` of ${whole}`
}
