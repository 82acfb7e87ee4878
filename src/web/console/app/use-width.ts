import { useLayoutEffect, useRef, useState } from "preact/hooks"

/** How wide an element is now, in pixels; drawings are made for exactly that, so that their words keep their size. */
export function useWidth<T extends Element>() {
  const place = useRef<T>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = place.current
    if (element === null) return undefined
    const watcher = new ResizeObserver(([entry]) => entry !== undefined && setWidth(Math.floor(entry.contentRect.width)))
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [])
  return { place, width }
}
