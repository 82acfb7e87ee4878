import { describe, expect, test } from "vitest"
import { HIDDEN } from "../../src/flows/report-details.ts"
import { BUILT } from "../../src/app.ts"
import { flowContent } from "../../src/helpline/flow-content.ts"
import { somebody, texts } from "../support/spoken.ts"

const { details } = flowContent(texts, BUILT)

/** What was written, and what of it may show who somebody is. */
const SHOWS: readonly (readonly [text: string, secret: string])[] = [
  ["call him on 0300 1234567 please", "1234567"],
  ["his number is +92-300-1234567", "1234567"],
  ["نمبر ۰۳۰۰۱۲۳۴۵۶۷ ہے", "۱۲۳۴۵۶۷"],
  ["my cnic is 35202-1234567-1", "1234567"],
  ["he writes from sara.khan@gmail.com", "sara.khan"],
  ["sara at sara (at) gmail (dot) com", "gmail"],
  ["it is on https://example.com/u/sara?x=1", "example.com/u/sara"],
  ["look at facebook.com/sara.khan.7", "sara.khan.7"],
  ["his insta is @sara_k.99", "sara_k"],
  ["my name is Sara Khan and he lives here", "Sara Khan"],
  ["my name is sara khan", "sara khan"],
  ["MY NAME IS SARA", "SARA"],
  ["mera naam Sara hai", "Sara"],
  ["us ka naam Ali Raza hai aur woh roz likhta hai", "Ali Raza"],
  ["میرا نام سارہ ہے", "سارہ"],
  ["اس کا نام علی رضا ہے", "علی رضا"],
  ["me llamo Sara López y él me escribe", "Sara López"],
  ["se llama Juan", "Juan"],
  ["je m'appelle Sara", "Sara"],
  ["il s’appelle Marc Dupont et il écrit", "Marc Dupont"],
  ["my name's Sara", "Sara"],
  ["mera naam hai Sara", "Sara"],
  ["میرا نام ہے سارہ", "سارہ"],
  ["moi c'est Sara Dupont", "Sara Dupont"],
  // A date or a sum beside a number doesn't hide it.
  ["on 12/03/2025 he called from 0300 1234567", "1234567"],
  ["call 03001234567 rs 5000", "1234567"],
  ["numero 12-03-2025-4411", "2025-4411"],
  // Read out.
  ["zero three zero zero one two three four five six seven", "three four five"],
  ["his number is oh three double zero, five five one", "double zero"],
  ["صفر تین صفر صفر ایک دو تین چار", "ایک دو"],
  ["sifar teen sifar sifar aik do teen char panch", "aik do"],
  ["cinco cinco, tres ocho uno dos", "tres ocho"],
  ["zéro six douze trente-quatre cinquante-six", "trente-quatre"],
  ["03 zero zero 12 three 45 67", "zero zero"],
  // Where somebody lives.
  ["House 12, Street 4", "12"],
  ["we live in house no. 12-B near the mosque", "12-B"],
  ["he waits at flat 3B", "3B"],
  ["plot D-120, sector 4", "D-120"],
  ["I live on Mall Road, Lahore", "Mall Road"],
  ["she moved to 12 Baker Street", "Baker Street"],
  ["گلی نمبر ۴ میں رہتی ہوں", "۴"],
  ["مکان ۱۲، محلہ اسلام پورہ", "اسلام"],
  ["ہم مال روڈ پر رہتے ہیں", "مال روڈ"],
  ["gali number 4 mein ghar hai", "4"],
  ["makan no 7 mohalla Islampura", "Islampura"],
  ["vive en la calle Juárez", "Juárez"],
  ["calle de la reforma 12", "reforma 12"],
  ["Avenida de los Insurgentes 300", "Insurgentes"],
  ["il habite 12 rue Victor Hugo", "Victor"],
  ["rue de la Paix", "Paix"],
  ["appartement 24, 3e étage", "24"],
]
const PLAIN = [
  "he wrote to me 20 times in 2 days",
  "it was in 2024 and again in 2025",
  "he wants 50000 rupees",
  "میں بہت ڈر گئی",
  "no me deja en paz",
  "il m'a écrit hier soir",
  "woh roz likhta hai",
  // Dates and years.
  "it began on 3 March",
  "2025",
  "it was on 12/03/2025",
  "from 12.03.2025 to 15.03.2025",
  "on 2025-03-12, and on 2025-03-14",
  "in 2023 2024 2025 he did it again",
  "۱۲/۰۳/۲۰۲۵ کو",
  "el 12-03-2025 14:30",
  "en 2024-2025",
  // Sums.
  "he wants 1500000 rupees",
  "Rs. 1 500 000",
  "انہوں نے 1500000 روپے مانگے",
  "pide 2 000 000 pesos",
  // Counted, and said in words.
  "he came to my house 2 times",
  "he came to my house 3 days ago and 2 men with him",
  "ghar 2 baje aaya",
  "gali di mujhe",
  "mohalle mein sab ko bata diya",
  "وہ گھر ۳ بار آیا",
  "محلے میں سب کو پتا ہے",
  "me siguió por la calle",
  "en la calle me gritó 3 veces",
  "vino a mi casa 3 veces",
  "il m'a suivie dans la rue",
  "dans la rue il y avait 3 hommes",
  "on the road he followed me",
  "the man in the street",
  "one or two or three times",
  "I counted one two three and left",
  "un deux trois fois",
  // A name that is only spoken of.
  "he ruins my name with everybody",
  "my name and my pictures are there",
  "mera naam na likhein",
  "mi nombre en todas partes",
]

describe("what may show who somebody is", () => {
  test.each(SHOWS)("is found: %s", (text, secret) => {
    expect(details.found(text)).toBe(true)
    expect(details.hide(text)).toContain(HIDDEN)
    expect(details.hide(text)).not.toContain(secret)
  })

  test.each(PLAIN)("isn't seen in everyday words: %s", (text) => {
    expect(details.found(text)).toBe(false)
    expect(details.hide(text)).toBe(text)
  })

  test("once it is hidden nothing more is found, however it stands together", () => {
    for (const [one] of SHOWS) for (const [other] of SHOWS) expect(details.hide(details.hide(`${one}. ${other}`))).toBe(details.hide(`${one}. ${other}`))
  })

  test("is pointed out before it is kept, and what she hides never reaches what is filed", () => {
    for (const [text, secret] of SHOWS) {
      const her = somebody({ reports: { taken: true, code: "909090909090909090" } })
      her.answers("report", "begin", "from-18-to-30", "skip", "skip", "skip", "skip", "skip", "skip", "skip", "skip", "skip")
      expect(her.place()).toBe("report.words")
      her.writes(text)
      expect(her.place()).toBe("report.details")
      expect(her.memory().draft?.words).toEqual([])
      her.answers("hide")
      expect(her.memory().draft?.words).toHaveLength(1)
      her.answers("done", "right", "yes", "no", "no", "have")
      const filed = JSON.stringify(her.filed())
      expect(filed).toContain(HIDDEN)
      expect(filed).not.toContain(secret)
      expect(JSON.stringify({ ...her.memory(), now: 0 })).not.toContain(secret)
    }
  })

  test("is kept as it is when she wants that, and left out when she writes it again", () => {
    const her = somebody({ reports: { taken: true, code: "909090909090909090" } })
    her.answers("report", "begin", "from-18-to-30", "skip", "skip", "skip", "skip", "skip", "skip", "skip", "skip", "skip")
    her.writes("his number is 0300 1234567")
    her.answers("keep")
    her.writes("my name is Sara")
    her.answers("change")
    her.writes("my name is Sana")
    her.writes("I would rather not say my name here.")
    expect(her.memory().draft?.words[0]).toBe("his number is 0300 1234567")
    expect(JSON.stringify(her.memory())).not.toContain("Sana")
  })
})
