import { useEffect, useRef } from "preact/hooks"
import type { Place } from "./place.ts"

/** What single keys do. */
export type Keys = Readonly<Record<string, () => void>>

/** Single keys, while nobody types and no sheet is open. */
export function useKeys(keys: Keys): void {
  const now = useRef(keys)
  now.current = keys
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
      if (document.querySelector("dialog[open]") !== null) return
      if (isTyping(event.target)) {
        if (event.key === "Escape" && event.target instanceof HTMLElement) event.target.blur()
        return
      }
      // The place of a key rather than its letter: the same keys on an Urdu keyboard.
      const key = event.key === "?" || event.key === "؟" ? "?" : event.key.length > 1 ? event.key : (/^(?:Key|Digit)(.)$/.exec(event.code)?.[1]?.toLowerCase() ?? event.key)
      const act = now.current[key]
      if (act === undefined || (event.shiftKey && key !== "?")) return
      event.preventDefault()
      act()
    }
    addEventListener("keydown", pressed)
    return () => removeEventListener("keydown", pressed)
  }, [])
}

/** Each page of the bar by its number. */
export function placeKeys(places: readonly Place[], go: (place: Place) => void): Keys {
  return Object.fromEntries(places.map((place, i) => [String(i + 1), () => go(place)]))
}

/** Marks the next or previous thing of the lists. */
export function stepInLists(step: 1 | -1): void {
  const items = [...document.querySelectorAll<HTMLElement>("[data-item]")].filter((item) => item.offsetParent !== null)
  const at = items.indexOf(document.activeElement as HTMLElement)
  const current = items.findIndex((item) => item.getAttribute("aria-current") === "true")
  const from = at >= 0 ? at : current >= 0 && step === 1 ? current : step === 1 ? -1 : items.length
  const item = items[Math.min(items.length - 1, Math.max(0, from + step))]
  item?.focus()
  item?.scrollIntoView({ block: "nearest" })
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit"].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
}
