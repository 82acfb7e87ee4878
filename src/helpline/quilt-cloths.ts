/** The colours of a tile: the ground of its edge, four cloths or threads upon it, the field, and the ink of the words on it. */
export type Palette = { readonly ground: string; readonly cloths: readonly [string, string, string, string]; readonly field: string; readonly ink: string }

const palette = (ground: string, cloths: Palette["cloths"], field: string, ink: string): Palette => ({ ground, cloths, field, ink })

/** Ways of working cloth, each in colours that its own dyes, yarns and rags have. */
export const CLOTHS = {
  /** Sindh, Balochistan, Rajasthan: pieced and appliquéd, quilted in straight rows. */
  ralli: [
    palette("#1d1a18", ["#b3261e", "#f1e4c6", "#dd9a1a", "#2f6844"], "#f1e4c6", "#2a1512"),
    palette("#f1e4c6", ["#8e1f2f", "#1f2b45", "#d8861b", "#1d1a18"], "#8e1f2f", "#fbf1dc"),
    palette("#14524c", ["#e7b23a", "#f4ead2", "#a8231c", "#221c18"], "#f4ead2", "#143a36"),
  ],
  /** Bengal: old saris laid upon each other, in running stitch. */
  kantha: [
    palette("#f3ecdd", ["#a52a2a", "#24527a", "#3c6b3c", "#c9822b"], "#f8f3e8", "#3a1a1a"),
    palette("#ecd9c6", ["#7a2048", "#1f5f63", "#b5552b", "#4a4a7a"], "#f6ebdf", "#3d1228"),
  ],
  /** Sindh and Kachchh: printed with blocks, in indigo and madder. */
  ajrak: [
    palette("#17305c", ["#a3291f", "#f3ead7", "#0d1b36", "#c9543b"], "#132748", "#f6eedd"),
    palette("#8f231c", ["#1a3566", "#f5ecd9", "#2a0f0d", "#d98b5f"], "#f5ecd9", "#4a100c"),
  ],
  /** Punjab: untwisted silk, darned from the back on madder cotton. */
  phulkari: [
    palette("#7d1f2b", ["#f0b429", "#f7d774", "#e2557b", "#f3e9d2"], "#6c1824", "#fff1d0"),
    palette("#5b2333", ["#ef8f3c", "#ffc36b", "#4f9d69", "#f4e3e0"], "#f8ead6", "#4c1522"),
  ],
  /** Rajasthan, Sindh, Gujarat: tied in thousands of knots, and dyed. */
  bandhani: [
    palette("#9b1b4a", ["#ffe9c9", "#f6b73c", "#5d0f2f", "#ffd4dc"], "#7c1239", "#fff0d8"),
    palette("#1b5e4b", ["#f7efcf", "#f2c14e", "#0e3a2e", "#e2725b"], "#124537", "#fbf3d9"),
  ],
  /** The islands of Gunayala: layers of cotton, cut through to the colour beneath. */
  mola: [
    palette("#8d1622", ["#f08a24", "#1a1416", "#f5d547", "#2d7d74"], "#1c1517", "#ffe9c2"),
    palette("#1b1a22", ["#d7263d", "#f2a33a", "#3aa0a0", "#f6e7cb"], "#f6e7cb", "#3a0d14"),
  ],
  /** Saltillo and the Altiplano: stripes that shade into each other, and stepped diamonds. */
  sarape: [
    palette("#b23a2e", ["#e2725b", "#f0b38a", "#23606e", "#f7ead0"], "#f7ead0", "#5a1610"),
    palette("#1f4e5f", ["#3c8d93", "#9fc9b5", "#d9622b", "#f8efd9"], "#173d4b", "#f8efd9"),
  ],
  /** North America: strips around a hearth, light on one side and dark on the other. */
  "log-cabin": [
    palette("#5a2a27", ["#8c3b32", "#3b2f3d", "#e6cfa4", "#f3e4c3"], "#f8eed7", "#43201c"),
    palette("#22384d", ["#3f6280", "#586f5b", "#dfe3d6", "#c9b79a"], "#22384d", "#f6f1e2"),
  ],
  /** Western Norway: white on linen, with blocks of satin stitch and cut threads. */
  hardanger: [
    palette("#c9bfa9", ["#ffffff", "#f1eadb", "#a89b80", "#8b7d62"], "#efe8d8", "#3c3425"),
    palette("#7f97a3", ["#ffffff", "#e4edf0", "#5b7582", "#46606d"], "#eef3f4", "#1f3742"),
  ],
  /** Japan's north: white cotton on indigo, in running stitch. */
  sashiko: [
    palette("#1d2f4f", ["#f4f1e8", "#b9c7da", "#15223b", "#8ea6c4"], "#18284a", "#f7f4ea"),
    palette("#44546a", ["#f5efe2", "#d8c7a5", "#323f52", "#c2a878"], "#f3ecdd", "#263449"),
  ],
  /** Ghana, Togo, Burkina Faso: narrow strips from the loom, sewn edge to edge. */
  "strip-weave": [
    palette("#1b1b1d", ["#d99a1c", "#1f6b3a", "#a1261d", "#f2e6c4"], "#f5ead0", "#2a1c0a"),
    palette("#27395f", ["#e3b23c", "#8f2d56", "#e9e3d0", "#3e7c6b"], "#1f2e4d", "#f8efd8"),
  ],
} as const satisfies Readonly<Record<string, readonly [Palette, ...Palette[]]>>

export type Cloth = keyof typeof CLOTHS

/** What is worked in a country comes up there oftener than elsewhere. */
export const AT_HOME: Readonly<Record<string, readonly Cloth[]>> = {
  PK: ["ralli", "ajrak", "phulkari", "bandhani"],
  IN: ["kantha", "phulkari", "bandhani", "ajrak"],
  BD: ["kantha"],
  GH: ["strip-weave"],
  NG: ["strip-weave"],
  MX: ["sarape"],
  CO: ["mola"],
  US: ["log-cabin"],
  CA: ["log-cabin"],
}
