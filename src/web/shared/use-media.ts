import { useEffect, useState } from "preact/hooks"

/** Whether a media query holds now. */
export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const media = matchMedia(query)
    const changed = () => setMatches(media.matches)
    changed()
    media.addEventListener("change", changed)
    return () => media.removeEventListener("change", changed)
  }, [query])
  return matches
}
