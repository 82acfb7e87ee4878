import { generateX25519Identity, identityToRecipient } from "age-encryption"
import { describe, expect, test } from "vitest"
import { isLast, monthName, monthOf } from "../../src/web/console/app/reports/months.ts"
import { figuresOf, groupsOf, identityIn, recoveryFile, strengthOf } from "../../src/web/console/app/reports/key-text.ts"
import { fileNameFor } from "../../src/web/console/app/reports/export.ts"
import { warningsIn } from "../../src/web/console/app/reports/story-guide.ts"

describe("a key on paper", () => {
  test("is found again in what was typed, pasted or saved, and nowhere else", async () => {
    const identity = await generateX25519Identity()
    const groups = groupsOf(identity)
    expect(groups.slice(0, -1).every(({ length }) => length === 6)).toBe(true)
    expect(identityIn(`age-secret-key-1 ${groups.join(" ")}`.toLowerCase())).toBe(identity)
    expect(identityIn(`AGE-SECRET-KEY-1\n${groups.join("\n")}\n`)).toBe(identity)
    expect(identityIn(recoveryFile(identity, await identityToRecipient(identity), "a title"))).toBe(identity)
    for (const none of ["", identity.slice(0, -1), identity.replace("SECRET", "SECRT"), await identityToRecipient(identity), `# ${identity}`])
      expect(identityIn(none)).toBeUndefined()
  })

  test("has thirty figures that hang on every sign of it", async () => {
    const recipients = await Promise.all(Array.from({ length: 20 }, async () => identityToRecipient(await generateX25519Identity())))
    const all = await Promise.all(recipients.map(async (one) => (await figuresOf(one)).join(" ")))
    expect(all.every((one) => /^(\d{5} ){5}\d{5}$/.test(one))).toBe(true)
    expect(new Set(all).size).toBe(20)
    expect((await figuresOf(recipients[0] ?? "")).join(" ")).toBe(all[0])
  })
})

test.each([
  ["", "short"],
  ["kitchen spoon", "short"],
  ["aaaaaaaaaaaaaaaa", "plain"],
  ["12345678901234567", "plain"],
  ["my password 2026", "plain"],
  ["quiet lamps water", "fair"],
  ["seven quiet lamps over water", "good"],
  ["پہاڑ کتاب نیلا دروازہ", "good"],
])("the passphrase %o is %s", (text, strength) => {
  expect(strengthOf(text)).toBe(strength)
})

describe("a story", () => {
  const hers = ["He said he will tell my brother Kamran and my teacher. I live near Data Darbar in Lahore.", "وہ روز میرے دفتر کے باہر کھڑا رہتا ہے اور تصویریں بھیجتا ہے"]
  const places = ["Lahore", "لاہور", "Swat"]
  const kinds = (story: string) => warningsIn(story, hers, places).map(({ kind, found }) => `${kind} ${found}`)

  test("that says nothing of anybody isn't warned of", () => {
    expect(kinds("Somebody was threatened with pictures by a person she had trusted. A friend helped her to keep proof.")).toEqual([])
    expect(kinds("کسی بھروسے والے نے دھمکی دی۔ ایک دوست نے ساتھ دیا۔")).toEqual([])
  })

  test("is warned of for each thing that might lead to somebody", () => {
    expect(kinds("She was 23 and had 3 calls on ۱۲ May")).toEqual(["digits 23", "digits 3", "digits ۱۲"])
    expect(kinds("Write to @sara.k or see https://example.org/x or a@b.pk")).toEqual(["link https://example.org/x", "link a@b.pk", "handle @sara.k"])
    expect(kinds("Her brother kamran heard of it, near Darbar.")).toEqual(["name Kamran", "name Darbar"])
    expect(kinds("It was in Lahore.")).toEqual(["place Lahore"])
    expect(kinds("یہ لاہور میں ہوا۔")).toEqual(["place لاہور"])
    expect(kinds("Swatting is something else.")).toEqual([])
    expect(kinds("He would tell my brother Kamran and my teacher, he wrote.")).toEqual(["name Kamran", "theirs tell my brother kamran and my teacher"])
    expect(kinds("کوئی میرے دفتر کے باہر کھڑا رہتا تھا")).toEqual(["theirs میرے دفتر کے باہر کھڑا رہتا"])
  })
})

test("a month is the last one when it is this one, or was", () => {
  const now = new Date(2026, 10, 30, 23)
  expect([monthOf(now), isLast("2026-11", now), isLast("2026-10", now), isLast("2026-12", now)]).toEqual(["2026-11", true, true, false])
  expect(monthName("2026-11", "en")).toBe("November 2026")
})

test("a file's name keeps the letters of any script and nothing that a file system minds", () => {
  expect(fileNameFor("Rights Circle / Lahore", 1, "2026-11", "txt")).toBe("report-2026-11-for-rights-circle-lahore.txt.age")
  expect(fileNameFor("../..", 3, "2026-11", "json")).toBe("3-reports-2026-11.json.age")
  expect(fileNameFor("حقوق گروپ", 2, "2026-11", "txt")).toBe("2-reports-2026-11-for-حقوق-گروپ.txt.age")
})
