import { useEffect, useState } from "preact/hooks"
import type { Desk, Phones } from "./desk.ts"
import { facts, type Facts } from "./house.ts"

/** The phones as they are now; draws again after every change. */
export function usePhones(desk: Desk): Phones {
  const [phones, setPhones] = useState(desk.phones)
  useEffect(() => desk.watch(() => setPhones(desk.phones())), [desk])
  return phones
}

/** What the house tells of itself; asked again until it answers. */
export function useFacts(): Facts | undefined {
  const [known, setKnown] = useState<Facts>()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let open = true
    const ask = () => {
      facts().then(
        (told) => open && setKnown(told),
        () => {
          if (open) timer = setTimeout(ask, 3000)
        },
      )
    }
    ask()
    return () => {
      open = false
      clearTimeout(timer)
    }
  }, [])
  return known
}
