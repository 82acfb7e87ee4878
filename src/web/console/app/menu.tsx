import { useEffect, useRef, useState } from "preact/hooks"
import { Sign, type IconName } from "./icons.tsx"

export type MenuItem = {
  readonly label: string
  readonly act: () => void
  readonly sign?: IconName
  /** Where the label is in another language than the page. */
  readonly lang?: string
  readonly class?: string
}

/** A button, and under it what is seldom done and mustn't be hit by chance. Esc, or looking elsewhere, closes it. */
export function Menu({ label, sign, items }: { readonly label: string; readonly sign: IconName; readonly items: readonly MenuItem[] }) {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!open) return undefined
    const away = (event: Event) => event.target instanceof Node && !box.current?.contains(event.target) && setOpen(false)
    addEventListener("pointerdown", away)
    addEventListener("focusin", away)
    return () => {
      removeEventListener("pointerdown", away)
      removeEventListener("focusin", away)
    }
  }, [open])
  return (
    <div
      class="menu"
      ref={box}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return
        event.stopPropagation()
        setOpen(false)
        box.current?.querySelector("button")?.focus()
      }}
    >
      <button type="button" class="icon-button" aria-label={label} title={label} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Sign name={sign} />
      </button>
      {open && (
        <div class="menu-list">
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              class={item.class}
              lang={item.lang}
              onClick={() => {
                setOpen(false)
                // A sheet gives the focus back to this button, which stays.
                box.current?.querySelector("button")?.focus()
                item.act()
              }}
            >
              {item.sign !== undefined && <Sign name={item.sign} />}
              {item.label}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
