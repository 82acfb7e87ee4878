import type { Cloth, Palette } from "./quilt-cloths.ts"
import { DYED } from "./quilt-dyed.ts"
import type { Pen } from "./quilt-pen.ts"
import { PIECED } from "./quilt-pieced.ts"
import { STITCHED } from "./quilt-stitched.ts"
import { WOVEN } from "./quilt-woven.ts"

/** What chance has decided of a tile: numbers from 0 up to 1. */
export type Draw = () => number

/** Sews the edge of a tile, 40 wide, whose ground is laid already. The pen stands at the upper side; it turns for the others. */
export type Band = (pen: Pen, palette: Palette, draw: Draw) => void

/** How the edge of each cloth is sewn. */
export const BANDS: Readonly<Record<Cloth, Band>> = { ...PIECED, ...STITCHED, ...DYED, ...WOVEN }
