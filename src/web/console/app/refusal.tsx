import { useEffect } from "preact/hooks"
import { useKnown, useStation } from "./hooks.ts"
import { useWords } from "./words.ts"

/** What was not done, told once where one looks: on the page, or in the sheet that lies over it. */
export function Refusal({ inSheet }: { readonly inSheet: boolean }) {
  const { refusal } = useKnown(useStation())
  return refusal === null || refusal.inSheet !== inSheet ? null : <Told key={refusal.count} why={refusal.why} />
}

/** It goes by itself. */
function Told({ why }: { readonly why: string }) {
  const words = useWords()
  const station = useStation()
  useEffect(() => {
    const timer = setTimeout(station.hush, 12_000)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div class="refusal" role="alert">
      <p>{words.why[why] ?? words.why["refused"]}</p>
      <button type="button" class="link" onClick={station.hush}>
        {words.ok}
      </button>
    </div>
  )
}
