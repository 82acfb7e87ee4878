import { fileURLToPath } from "node:url"

/** The letters that pictures and paper are set in: Noto, for Latin and for Arabic scripts (SIL Open Font License). */
export const FONTS = {
  plain: fileURLToPath(import.meta.resolve("@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf")),
  bold: fileURLToPath(import.meta.resolve("@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf")),
  naskh: fileURLToPath(import.meta.resolve("@expo-google-fonts/noto-naskh-arabic/400Regular/NotoNaskhArabic_400Regular.ttf")),
  "naskh-bold": fileURLToPath(import.meta.resolve("@expo-google-fonts/noto-naskh-arabic/700Bold/NotoNaskhArabic_700Bold.ttf")),
} as const
