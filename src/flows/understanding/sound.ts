import type { Language } from "./understood.ts"

/** What a word sounds like in a language: two spellings with one sound are one word there. Doubled letters count once. */
export function sound(word: string, language: Language): string {
  switch (language) {
    case "en":
      return once(word.replace(/ph/g, "f"))
    case "es":
      return once(spanish(word))
    case "fr":
      return once(french(word))
    case "ur-Latn":
      return romanUrdu(word)
    case "ur":
      return once(urdu(word))
    default:
      return language satisfies never
  }
}

function once(word: string): string {
  let out = ""
  for (let at = 0; at < word.length; at++) if (word.charCodeAt(at) !== word.charCodeAt(at - 1)) out += word.charAt(at)
  return out
}

function spanish(word: string): string {
  return word
    .replace(/ll/g, "y")
    .replace(/ch/g, "C")
    .replace(/h/g, "")
    .replace(/ñ/g, "n")
    .replace(/qu|q/g, "k")
    .replace(/gu([ei])/g, "G$1")
    .replace(/c([ei])/g, "s$1")
    .replace(/g([ei])/g, "j$1")
    .replace(/c/g, "k")
    .replace(/v/g, "b")
    .replace(/z/g, "s")
    .replace(/G/g, "g")
}

function french(word: string): string {
  return word
    .replace(/ph/g, "f")
    .replace(/qu|q/g, "k")
    .replace(/c([eiy])/g, "s$1")
    .replace(/c(?!h)/g, "k")
    .replace(/e?au/g, "o")
    .replace(/y/g, "i")
    .replace(/(er|ez|ee|ees|es|ai|ais|ait|aient)$/, "e")
    .replace(/ai|ei/g, "e")
    .replace(/([^s])s$/, "$1")
}

function urdu(word: string): string {
  return word.replace(/ھ/g, "ہ").replace(/ں/g, "ن").replace(/[ثص]/g, "س").replace(/[ذضظ]/g, "ز").replace(/ط/g, "ت").replace(/ح/g, "ہ").replace(/ع/g, "ا").replace(/ق/g, "ک")
}

/**
 * Roman Urdu has no spelling. Consonants are written with small letters, runs of vowels with capitals: A, F (e, i, y, ai),
 * B (o, u, au). Aspiration and h are dropped, and a nasal after the last vowel.
 */
function romanUrdu(word: string): string {
  let out = ""
  for (let at = 0; at < word.length; at++) {
    const letter = word.charAt(at)
    const next = word.charAt(at + 1)
    const vowel = vowelClass(letter, next)
    if (vowel !== "") {
      if (!out.endsWith(vowel)) out += vowel
      if (vowel === "F" && letter === "a") at++
      if (vowel === "B" && letter === "a") at++
      continue
    }
    const consonant = letter === "c" && next === "h" ? "c" : (consonants[letter] ?? letter)
    if (letter === "p" && next === "h") out += "f"
    else if (consonant !== "" && !out.endsWith(consonant)) out += consonant
  }
  return out.replace(/([AFB])n$/, "$1")
}

const consonants: Readonly<Record<string, string>> = { h: "", c: "k", q: "k", w: "v", x: "ks" }

function vowelClass(letter: string, next: string): "" | "A" | "F" | "B" {
  if (letter === "a") {
    if (next === "i" || next === "y" || next === "e") return "F"
    return next === "u" || next === "o" ? "B" : "A"
  }
  if (letter === "e" || letter === "i" || letter === "y") return "F"
  return letter === "o" || letter === "u" ? "B" : ""
}

/** The consonants of a Roman Urdu sound, or "" when there are too few to know a word by. */
export function skeleton(heard: string): string {
  const bones = heard.replace(/[AFB]/g, "")
  return bones.length >= 3 ? bones : ""
}

/** Whether two Roman Urdu sounds with the same skeleton can be one word: a vowel may be left out, not exchanged. */
export function fits(one: string, other: string): boolean {
  let left = 0
  let right = 0
  while (left < one.length || right < other.length) {
    const from = left
    while (isVowel(one.charCodeAt(left))) left++
    const start = right
    while (isVowel(other.charCodeAt(right))) right++
    const first = one.slice(from, left)
    const second = other.slice(start, right)
    if (!first.includes(second) && !second.includes(first)) return false
    left++
    right++
  }
  return true
}

function isVowel(code: number): boolean {
  return code === 65 || code === 66 || code === 70
}

/**
 * Whether one slip of the finger makes one word of the other: a letter more, less, other, or two exchanged. The first letter
 * and the last hold when one is other: the last often tells who does what (quiero, quiere).
 */
export function oneSlip(one: string, other: string): boolean {
  if (one.length > other.length) return oneSlip(other, one)
  if (other.length - one.length > 1 || one === other) return one === other
  let at = 0
  while (at < one.length && one.charCodeAt(at) === other.charCodeAt(at)) at++
  if (one.length < other.length) return one.slice(at) === other.slice(at + 1)
  if (one.slice(at + 1) === other.slice(at + 1)) return at > 0 && at < one.length - 1
  return one.charAt(at) === other.charAt(at + 1) && one.charAt(at + 1) === other.charAt(at) && one.slice(at + 2) === other.slice(at + 2)
}
