/** Error correction words of each block, and blocks, at level M; one entry a version. */
const CHECKS = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24]
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10]

/** The dark squares of a QR code (byte mode, level M), row by row; drawn here, so that a secret goes to nobody else. */
export function qrCode(text: string): readonly (readonly boolean[])[] {
  const bytes = new TextEncoder().encode(text)
  const version = 1 + CHECKS.findIndex((_, i) => bytes.length + (i < 9 ? 2 : 3) <= dataWords(i + 1))
  if (version === 0) throw new Error("too long for a QR code")
  const grid = draw(version, withChecks(version, words(version, bytes)))
  return grid.map((row) => row.map((dark) => dark === true))
}

type Grid = (boolean | undefined)[][]

/** Header, bytes and padding, as words of eight bits. */
function words(version: number, bytes: Uint8Array): number[] {
  const bits: number[] = []
  const put = (value: number, length: number) => {
    for (let i = length - 1; i >= 0; i--) bits.push((value >>> i) & 1)
  }
  const capacity = dataWords(version) * 8
  put(4, 4)
  put(bytes.length, version < 10 ? 8 : 16)
  for (const byte of bytes) put(byte, 8)
  put(0, Math.min(4, capacity - bits.length))
  put(0, (8 - (bits.length % 8)) % 8)
  for (let pad = 0xec; bits.length < capacity; pad ^= 0xec ^ 0x11) put(pad, 8)
  return Array.from({ length: bits.length / 8 }, (_, i) => bits.slice(i * 8, i * 8 + 8).reduce((word, bit) => (word << 1) | bit, 0))
}

/** The words dealt to blocks, each with its checks, and read across. */
function withChecks(version: number, data: readonly number[]): number[] {
  const blocks = BLOCKS[version - 1] ?? 1
  const checks = CHECKS[version - 1] ?? 0
  const short = Math.floor(data.length / blocks)
  const longer = data.length % blocks
  let from = 0
  const dealt = Array.from({ length: blocks }, (_, i) => data.slice(from, (from += short + (i >= blocks - longer ? 1 : 0))))
  const checked = dealt.map((block) => remainder(block, generator(checks)))
  const across = (rows: readonly (readonly number[])[], length: number) => Array.from({ length }, (_, i) => rows.flatMap((row) => row[i] ?? [])).flat()
  return [...across(dealt, short + 1), ...across(checked, checks)]
}

function draw(version: number, stream: readonly number[]): Grid {
  const size = version * 4 + 17
  const base: Grid = Array.from({ length: size }, () => Array<boolean | undefined>(size).fill(undefined))
  const set = (grid: Grid, x: number, y: number, dark: boolean) => {
    const row = grid[y]
    if (row !== undefined && x >= 0 && x < size) row[x] = dark
  }
  for (let i = 0; i < size; i++) {
    set(base, 6, i, i % 2 === 0)
    set(base, i, 6, i % 2 === 0)
  }
  for (const [cx, cy] of [[3, 3] as const, [size - 4, 3] as const, [3, size - 4] as const]) {
    for (let dy = -4; dy <= 4; dy++) for (let dx = -4; dx <= 4; dx++) set(base, cx + dx, cy + dy, ![2, 4].includes(Math.max(Math.abs(dx), Math.abs(dy))))
  }
  const centres = alignment(version)
  for (const cx of centres) {
    for (const cy of centres) {
      if ((cx === 6 && cy === 6) || (cx === 6 && cy === size - 7) || (cx === size - 7 && cy === 6)) continue
      for (let dy = -2; dy <= 2; dy++) for (let dx = -2; dx <= 2; dx++) set(base, cx + dx, cy + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1)
    }
  }
  if (version >= 7) {
    let rest = version
    for (let i = 0; i < 12; i++) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25)
    const bits = (version << 12) | rest
    for (let i = 0; i < 18; i++) {
      const dark = ((bits >>> i) & 1) === 1
      set(base, size - 11 + (i % 3), Math.floor(i / 3), dark)
      set(base, Math.floor(i / 3), size - 11 + (i % 3), dark)
    }
  }
  format(base, 0, set)
  const tried = Array.from({ length: 8 }, (_, mask) => {
    const grid = base.map((row) => [...row])
    fill(grid, stream, MASKS[mask] ?? (() => false))
    format(grid, mask, set)
    return grid
  })
  return tried.reduce((best, grid) => (penalty(grid) < penalty(best) ? grid : best))
}

const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]

/** Two columns at a time from the right, up and down in turn; what is drawn already stays. */
function fill(grid: Grid, stream: readonly number[], mask: (x: number, y: number) => boolean): void {
  const size = grid.length
  let i = 0
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5
    const up = ((right + 1) & 2) === 0
    for (let step = 0; step < size; step++) {
      const y = up ? size - 1 - step : step
      for (const x of [right, right - 1]) {
        const row = grid[y]
        if (row === undefined || row[x] !== undefined) continue
        const bit = (((stream[i >>> 3] ?? 0) >>> (7 - (i & 7))) & 1) === 1
        row[x] = bit !== mask(x, y)
        i++
      }
    }
  }
}

/** Level and mask, twice, around the corners. Level M is 0. */
function format(grid: Grid, mask: number, set: (grid: Grid, x: number, y: number, dark: boolean) => void): void {
  const size = grid.length
  let rest = mask
  for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >>> 9) * 0x537)
  const bits = ((mask << 10) | rest) ^ 0x5412
  const bit = (i: number) => ((bits >>> i) & 1) === 1
  for (let i = 0; i <= 5; i++) set(grid, 8, i, bit(i))
  set(grid, 8, 7, bit(6))
  set(grid, 8, 8, bit(7))
  set(grid, 7, 8, bit(8))
  for (let i = 9; i < 15; i++) set(grid, 14 - i, 8, bit(i))
  for (let i = 0; i < 8; i++) set(grid, size - 1 - i, 8, bit(i))
  for (let i = 8; i < 15; i++) set(grid, 8, size - 15 + i, bit(i))
  set(grid, 8, size - 8, true)
}

/** How hard a grid is to read: long runs, squares, false finders, too much of one colour. */
function penalty(grid: Grid): number {
  const size = grid.length
  const lines = [...grid, ...Array.from({ length: size }, (_, x) => grid.map((row) => row[x]))].map((line) => line.map((dark) => (dark === true ? "1" : "0")).join(""))
  let points = 0
  for (const line of lines) {
    for (const run of line.match(/1{5,}|0{5,}/g) ?? []) points += run.length - 2
    points += 40 * ((line.match(/(?=10111010000)/g)?.length ?? 0) + (line.match(/(?=00001011101)/g)?.length ?? 0))
  }
  for (let y = 1; y < size; y++) {
    for (let x = 1; x < size; x++) {
      const [a, b, c, d] = [grid[y]?.[x], grid[y]?.[x - 1], grid[y - 1]?.[x], grid[y - 1]?.[x - 1]]
      if (a === b && b === c && c === d) points += 3
    }
  }
  const dark = grid.flat().filter((one) => one === true).length
  return points + 10 * Math.floor(Math.abs(dark * 20 - size * size * 10) / (size * size))
}

function alignment(version: number): readonly number[] {
  if (version === 1) return []
  const count = Math.floor(version / 7) + 2
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2
  return [6, ...Array.from({ length: count - 1 }, (_, i) => version * 4 + 10 - step * (count - 2 - i))]
}

/** Words that are left for data once the drawing and the checks have theirs. */
function dataWords(version: number): number {
  let bits = (16 * version + 128) * version + 64
  if (version >= 2) {
    const count = Math.floor(version / 7) + 2
    bits -= (25 * count - 10) * count - 55
    if (version >= 7) bits -= 36
  }
  return Math.floor(bits / 8) - (CHECKS[version - 1] ?? 0) * (BLOCKS[version - 1] ?? 0)
}

function times(x: number, y: number): number {
  let product = 0
  for (let i = 7; i >= 0; i--) product = (product << 1) ^ ((product >>> 7) * 0x11d) ^ (((y >>> i) & 1) * x)
  return product
}

function generator(degree: number): number[] {
  const result = Array<number>(degree).fill(0)
  result[degree - 1] = 1
  let root = 1
  for (let i = 0; i < degree; i++) {
    for (let j = 0; j < degree; j++) result[j] = times(result[j] ?? 0, root) ^ (result[j + 1] ?? 0)
    root = times(root, 2)
  }
  return result
}

function remainder(data: readonly number[], divisor: readonly number[]): number[] {
  const result = divisor.map(() => 0)
  for (const word of data) {
    const factor = word ^ (result.shift() ?? 0)
    result.push(0)
    for (const [i, value] of divisor.entries()) result[i] = (result[i] ?? 0) ^ times(value, factor)
  }
  return result
}
