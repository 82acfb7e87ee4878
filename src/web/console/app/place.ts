import { useEffect, useState } from "preact/hooks"
import type { Role } from "../../../helpline/desk-view.ts"

/** The pages of somebody who is signed in; each stands behind the # under its own name. */
export type Place = "desk" | "board" | "colleagues" | "reports" | "numbers" | "blocks" | "releases" | "moderation" | "campaigns" | "staff"

/** The pages that somebody's roles open, in the order of the bar. The first is where one lands. */
export function placesFor(roles: readonly Role[]): readonly [Place, ...Place[]] {
  const has = (...wanted: readonly Role[]) => roles.some((role) => wanted.includes(role))
  const places: readonly Place[] = [
    ...(hasDesk(roles) ? (["desk"] as const) : []),
    ...(has("supervisor") ? (["board"] as const) : []),
    ...(hasDesk(roles) ? (["colleagues"] as const) : []),
    ...(has("officer") ? (["reports"] as const) : []),
    ...(has("admin") && !hasDesk(roles) ? (["staff"] as const) : []),
    ...(has("supervisor", "admin") ? (["numbers"] as const) : []),
    ...(has("supervisor") ? (["blocks"] as const) : []),
    ...(has("officer", "admin") ? (["releases"] as const) : []),
    ...(has("moderator") ? (["moderation"] as const) : []),
    ...(has("moderator", "admin") ? (["campaigns"] as const) : []),
    ...(has("admin") && hasDesk(roles) ? (["staff"] as const) : []),
  ]
  // Nobody is without a role, and each role opens a page.
  return places as readonly [Place, ...Place[]]
}

/** Whether somebody's roles have a desk. */
export const hasDesk = (roles: readonly Role[]): boolean => roles.includes("counsellor") || roles.includes("supervisor")

/** The address of a page. */
export const addressOf = (place: Place): string => `#/${place}`

/** Where one is, and how to go elsewhere. What is no page of mine is the first that is. */
export function usePlace(places: readonly [Place, ...Place[]]): readonly [Place, (place: Place) => void] {
  const [named, setNamed] = useState(nameOf)
  useEffect(() => {
    const moved = () => setNamed(nameOf())
    addEventListener("hashchange", moved)
    return () => removeEventListener("hashchange", moved)
  }, [])
  const go = (place: Place) => {
    if (nameOf() !== place) history.pushState(null, "", addressOf(place))
    setNamed(place)
  }
  return [places.find((place) => place === named) ?? places[0], go]
}

function nameOf(): string {
  return /^#\/([a-z]+)$/.exec(location.hash)?.[1] ?? ""
}
