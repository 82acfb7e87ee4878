import { Icon } from "../shared/icon.tsx"
import type { Shape } from "./house.ts"

/** A sign for each phone: our own drawings, nobody's logo. */
export function ShapeIcon({ shape }: { readonly shape: Shape }) {
  if (shape === "telegram")
    return (
      <Icon fill>
        <path d="M3 11.2 20.2 4.1c.9-.4 1.7.4 1.5 1.3l-2.8 13.4c-.2.9-1.2 1.2-1.9.7l-4.4-3.3-2.3 2.2c-.5.5-1.3.2-1.4-.5l-.6-4.4 7.6-6.4-9.2 5.3L3 13.1c-.9-.3-.9-1.5 0-1.9z" />
      </Icon>
    )
  if (shape === "sms")
    return (
      <Icon fill>
        <path
          d="M5 4h14a3 3 0 0 1 3 3v7a3 3 0 0 1-3 3h-7l-5 4v-4H5a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3zm2.5 5.2a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6zm4.5 0a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6zm4.5 0a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6z"
          fill-rule="evenodd"
        />
      </Icon>
    )
  return (
    <Icon fill>
      <path
        d="M12 2.5a9.5 9.5 0 0 0-8.2 14.3L2.5 21.5l4.8-1.2A9.5 9.5 0 1 0 12 2.5zM8.6 7.3c.3 0 .6 0 .8.5l.8 1.9c.1.3 0 .6-.2.8l-.6.8c.7 1.5 1.8 2.6 3.4 3.3l.8-.9c.2-.3.5-.3.8-.2l1.8.9c.4.2.5.5.4.9-.3 1.3-1.4 2-2.6 1.9-3.5-.4-6.6-3.4-7.1-6.9-.2-1.4.6-2.8 1.7-3z"
        fill-rule="evenodd"
      />
    </Icon>
  )
}

export function SendIcon() {
  return (
    <Icon fill>
      <path d="M3.4 20.4 21 12.9a1 1 0 0 0 0-1.8L3.4 3.6a.8.8 0 0 0-1.1 1l2 6 8.2 1.4-8.2 1.4-2 6a.8.8 0 0 0 1.1 1z" />
    </Icon>
  )
}

export function ListIcon() {
  return (
    <Icon>
      <path d="M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01" />
    </Icon>
  )
}

export function ReplyIcon() {
  return (
    <Icon>
      <path d="M10 7 4.5 12.5 10 18M5 12.5h8a6 6 0 0 1 6 6" />
    </Icon>
  )
}

export function CloseIcon() {
  return (
    <Icon>
      <path d="M6 6l12 12M18 6 6 18" />
    </Icon>
  )
}

export function LockIcon() {
  return (
    <Icon>
      <path d="M6.5 11h11v9h-11zM9 11V8a3 3 0 0 1 6 0v3" />
    </Icon>
  )
}

export function ShieldIcon() {
  return (
    <Icon>
      <path d="M12 3 5 5.8v5.4c0 4.4 2.9 7.6 7 9.3 4.1-1.7 7-4.9 7-9.3V5.8zM9 12l2.2 2.2L15.2 10" />
    </Icon>
  )
}

export function PersonIcon() {
  return (
    <Icon>
      <path d="M10 11.5a3.7 3.7 0 1 0 0-7.4 3.7 3.7 0 0 0 0 7.4zM3.5 20c.4-3.4 3-5.5 6.5-5.5 1.5 0 2.8.4 3.9 1.1M18 14.5v6M15 17.5h6" />
    </Icon>
  )
}

export function SlidersIcon() {
  return (
    <Icon>
      <path d="M4 7h9M19 7h1M4 17h2M12 17h8M16 4.5v5M9 14.5v5" />
    </Icon>
  )
}
