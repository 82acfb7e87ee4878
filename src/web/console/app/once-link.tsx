import { useRef, useState } from "preact/hooks"
import { Sign } from "./icons.tsx"
import { useWords } from "./words.ts"

/** A link that is shown this once, to be copied and handed over. */
export function OnceLink({ link }: { readonly link: string }) {
  const words = useWords()
  const box = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    box.current?.select()
    // Where a browser keeps its clipboard to itself, the link is marked and Ctrl+C does it.
    setCopied(
      await navigator.clipboard?.writeText(link).then(
        () => true,
        () => false,
      ),
    )
  }
  return (
    <div class="once-link">
      <p>
        <strong>{words.staff.linkOnce}</strong> {words.staff.linkHint}
      </p>
      <div class="once-box">
        <input ref={box} aria-label={words.staff.link} dir="ltr" readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
        <button type="button" class="button" data-first onClick={() => void copy()}>
          <Sign name="copy" /> {words.staff.copy}
        </button>
      </div>
      <p role="status">{copied && words.staff.copied}</p>
    </div>
  )
}
