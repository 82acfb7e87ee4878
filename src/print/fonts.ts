import { join } from "node:path"

const FOLDER = join(import.meta.dirname, "../../node_modules/@expo-google-fonts")

/** The letters that pictures and paper are set in: Noto, for Latin and for Arabic scripts (SIL Open Font License). */
export const FONTS = {
  plain: join(FOLDER, "noto-sans/400Regular/NotoSans_400Regular.ttf"),
  bold: join(FOLDER, "noto-sans/700Bold/NotoSans_700Bold.ttf"),
  naskh: join(FOLDER, "noto-naskh-arabic/400Regular/NotoNaskhArabic_400Regular.ttf"),
  "naskh-bold": join(FOLDER, "noto-naskh-arabic/700Bold/NotoNaskhArabic_700Bold.ttf"),
} as const
