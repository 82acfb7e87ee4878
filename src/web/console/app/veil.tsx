import { useEffect, useState } from "preact/hooks"
import { useVeil } from "./hooks.ts"
import { scriptOf, useWords } from "./words.ts"

/**
 * Words that nobody behind may read: while the veil is down the page doesn't hold them at all, only their shape. What is
 * `hard` stays so when the veil is lifted, until it is asked for itself; `open`: it was asked for already.
 */
export function Veiled({
  text,
  hard = false,
  open = false,
  spoken,
  class: name = "",
}: {
  readonly text: string
  readonly hard?: boolean
  readonly open?: boolean
  /** The language of what is in Latin letters, where that is known. */
  readonly spoken?: string | undefined
  readonly class?: string
}) {
  const words = useWords()
  const { down } = useVeil()
  const [shown, setShown] = useState(open)
  useEffect(() => {
    if (down && !open) setShown(false)
  }, [down])
  if ((down || hard) && !shown)
    return (
      <button type="button" class={`words veiled ${name}`} dir="auto" aria-label={`${hard ? words.hard.one : words.blurred}. ${words.showOne}`} onClick={() => setShown(true)}>
        <span aria-hidden="true">{shapeOf(text)}</span>
      </button>
    )
  return (
    <p class={`words ${name}`} dir="auto" lang={scriptOf(text) ?? spoken}>
      {text}
    </p>
  )
}

/** As many words of as many letters, none of them hers. */
function shapeOf(text: string): string {
  return text.replace(/\p{Script=Arabic}/gu, "م").replace(/[^\sم]/gu, "n")
}
