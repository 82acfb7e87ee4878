/**
 * The text as the lists know it: one form for each letter and digit, no accents, no marks, no capitals, nothing invisible.
 * ñ is kept apart from n. A letter written three times or more is written twice.
 */
export function normal(text: string): string {
  // The one-eyed majority of texts is plain ASCII and needs none of the folding.
  const folded = ascii.test(text) ? text.toLowerCase() : fold(text.normalize("NFKC").toLowerCase())
  return stretched.test(folded) ? folded.replace(stretches, "$1$1") : folded
}

const ascii = /^[\x00-\x7f]*$/
const stretched = /(\p{L})\1\1/u
const stretches = /(\p{L})\1\1+/gu

function fold(text: string): string {
  let out = ""
  for (const character of text.normalize("NFD").replace(/n\u0303/g, "ñ")) {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x80) out += character
    else if (isMark(code)) continue
    else if (code >= 0x660 && code <= 0x669) out += code - 0x660
    else if (code >= 0x6f0 && code <= 0x6f9) out += code - 0x6f0
    else if (code >= 0x966 && code <= 0x96f) out += code - 0x966
    else out += letters.get(character) ?? character
  }
  return out
}

/** Accents, Arabic vowel signs, tatweel, joiners, direction marks, variation selectors, skin tones. */
function isMark(code: number): boolean {
  return (
    (code >= 0x300 && code <= 0x36f) ||
    (code >= 0x610 && code <= 0x61a) ||
    code === 0x640 ||
    (code >= 0x64b && code <= 0x65f) ||
    code === 0x670 ||
    (code >= 0x6d6 && code <= 0x6ed && code !== 0x6de && code !== 0x6e9) ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x2064) ||
    code === 0xfeff ||
    code === 0xad ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    (code >= 0x1f3fb && code <= 0x1f3ff)
  )
}

const letters: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ي: "ی",
    ى: "ی",
    ې: "ی",
    ك: "ک",
    ه: "ہ",
    ة: "ہ",
    ۃ: "ہ",
    ە: "ہ",
    أ: "ا",
    إ: "ا",
    آ: "ا",
    ٱ: "ا",
    ۀ: "ہ",
    ۂ: "ہ",
    ۓ: "ے",
    "؟": "?",
    "۔": ".",
    "؛": ";",
    "،": ",",
    "’": "'",
    "‘": "'",
    ʼ: "'",
    "`": "'",
    "´": "'",
    œ: "oe",
    æ: "ae",
    ß: "ss",
    ø: "o",
    ł: "l",
    ı: "i",
    "–": "-",
    "—": "-",
    "¿": " ",
    "¡": " ",
    "“": " ",
    "”": " ",
    "«": " ",
    "»": " ",
  }),
)
