import { test } from "vitest"
import { LANGUAGES, localeFiles } from "../../src/locales/texts.ts"
import { createUnderstanding } from "../../src/flows/understanding/understanding.ts"
const lists = Object.fromEntries(LANGUAGES.map((language) => [language, localeFiles(language)["phrases"]])) as never
const rules = createUnderstanding(lists)
test("x", () => {
  for (const t of [
    "anonymous report karni hai",
    "gumnam report karni hai",
    "anonymous report karwani hai",
    "bina naam ke report karna hai",
    "mujhe anonymous report darj karwani hai",
    "anonymous shikayat karni hai",
    "kya main anonymous report kar sakti hoon",
    "I want to make an anonymous report",
    "can i report anonymously",
    "report it anonymously",
    "file an anonymous complaint",
    "can I tell you what happened anonymously",
    "گمنام رپورٹ کرنی ہے",
    "نام کے بغیر رپورٹ کرنی ہے",
    "گمنام شکایت درج کروانی ہے",
    "کیا میں گمنام رپورٹ کر سکتی ہوں",
    "بغیر نام بتائے بتانا چاہتی ہوں",
    "quiero hacer una denuncia anónima",
    "reporte anónimo",
    "quiero reportar de forma anónima",
    "denunciar anónimamente",
    "quiero contar lo que pasó de forma anónima",
    "je veux faire un signalement anonyme",
    "signaler anonymement",
    "témoigner anonymement",
    "faire un rapport anonyme",
    "raconter ce qui s'est passé de façon anonyme",
    "ye anonymous hai?",
    "is this anonymous",
    "c est anonyme ici",
    "es anónimo",
    "anonymous account se messages aa rahe hain",
    "کیا یہ گمنام ہے",
  ])
    console.log(t, "=>", JSON.stringify(rules(t)))
})
