import { drawnAnew } from "../print/photo.ts"

/** As large as a square of the quilt is looked at. */
const ON_A_SQUARE = 512

/** A picture that was given, as large as a square of the quilt shows it. */
export async function smaller(png: Uint8Array): Promise<Uint8Array> {
  return (await drawnAnew(png, ON_A_SQUARE)) ?? png
}
