import { FONTS } from "./fonts.ts"

/** An SVG as a PNG, so many pixels wide, on white. Nothing is fetched, and no font of the machine is used. */
export async function pictureOf(svg: string, width: number): Promise<Uint8Array> {
  // A large native library, wanted by few commands: it is loaded by whoever prints.
  const { Resvg } = await import("@resvg/resvg-js")
  const picture = new Resvg(svg, settingsFor(width))
  return picture.render().asPng()
}

/** The same beside everything else: what is large and asked for by strangers keeps nobody waiting. */
export async function asyncPictureOf(svg: string, width: number): Promise<Uint8Array> {
  const { renderAsync } = await import("@resvg/resvg-js")
  return (await renderAsync(svg, settingsFor(width))).asPng()
}

function settingsFor(width: number) {
  return {
    fitTo: { mode: "width" as const, value: width },
    background: "#ffffff",
    font: { fontFiles: Object.values(FONTS), loadSystemFonts: false, defaultFontFamily: "Noto Sans", sansSerifFamily: "Noto Sans" },
  }
}

/** What an SVG draws and nothing behind it, as large as it says; nothing where nothing can be seen of it. Beside everything else, too. */
export async function bareDrawingOf(svg: string): Promise<Uint8Array | undefined> {
  const { renderAsync } = await import("@resvg/resvg-js")
  const drawn = await renderAsync(svg, { font: { loadSystemFonts: false } })
  return drawn.pixels.some((value, at) => at % 4 === 3 && value > 0) ? drawn.asPng() : undefined
}
