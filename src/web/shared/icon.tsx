import type { ComponentChildren } from "preact"

/** The frame of every drawing of ours: as large as the words beside it and in their colour; hidden from screen readers. */
export function Icon({ children, fill = false }: { readonly children: ComponentChildren; readonly fill?: boolean }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      fill={fill ? "currentColor" : "none"}
      stroke={fill ? "none" : "currentColor"}
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  )
}
