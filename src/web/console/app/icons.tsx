import { Icon } from "../../shared/icon.tsx"

const PATHS = {
  send: "M4 12 20 4l-5 16-3.5-6.5L4 12z",
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6 6 18",
  eye: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zm10-3a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  eyeOff: "M3 3l18 18M10.5 5.2A9.7 9.7 0 0 1 12 5c6 0 10 7 10 7a17 17 0 0 1-3 3.6M6.5 6.6C3.7 8.4 2 12 2 12s4 7 10 7c1.9 0 3.6-.7 5-1.6M9.9 10a3 3 0 0 0 4.2 4.2",
  bell: "M6 16V11a6 6 0 1 1 12 0v5l1.5 2h-15L6 16zm4 4.5a2.2 2.2 0 0 0 4 0",
  bellOff: "M3 3l18 18M8 6.5A6 6 0 0 1 18 11v3M17 18H4.5l1.5-2V11c0-.7.1-1.3.3-2M10 20.5a2.2 2.2 0 0 0 4 0",
  key: "M4 7h16a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1zm3 3.5h.01M11 10.5h.01M15 10.5h.01M8 14h8",
  note: "M5 4h14v11l-5 5H5V4zm9 16v-5h5M8.5 9h7M8.5 12.5h4",
  book: "M5 5.5C5 4.7 5.7 4 6.5 4H19v14H6.5A1.5 1.5 0 0 0 5 19.5v-14zm0 14c0 .8.7 1.5 1.5 1.5H19v-3M9 8.5h6",
  more: "M5.5 11.5v1M12 11.5v1M18.5 11.5v1",
  menu: "M4 7h16M4 12h16M4 17h16",
  globe: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17",
  out: "M10 4H5v16h5M15 8l4 4-4 4M19 12H9",
  hand: "M4 12h13M12 6l6 6-6 6M20 5v14",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zm-6.5 9c0-3.6 2.9-6 6.5-6s6.5 2.4 6.5 6M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14.5c2.2.8 3.5 2.8 3.5 5.5",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c0-3.6 3.4-6 7.5-6s7.5 2.4 7.5 6",
  board: "M4 5h16v14H4zM4 10h16M10 10v9",
  chat: "M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z",
  gear: "M4 7h10M18 7h2M4 17h2M10 17h10M16 4.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM8 14.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
  clock: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zm0 4v4l3 2",
  tick: "M5 12.5l4.5 4.5L19 7.5",
  ticks: "M2.5 12.5 7 17l8-9M11 16l1 1 9.5-10",
  alert: "M12 4 2.5 20h19L12 4zm0 6v4.5m0 2.5h.01",
  question: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zm-2.2 6a2.3 2.3 0 1 1 3.3 2.1c-.7.4-1.1.8-1.1 1.6m0 2.3h.01",
  chart: "M4 20h16M7 20v-7M12 20V5M17 20v-10",
  scissors: "M6 9a3 3 0 1 0 0-6a3 3 0 0 0 0 6M6 21a3 3 0 1 0 0-6a3 3 0 0 0 0 6M20 4L8.1 15.9M14.5 14.5L20 20M8.1 8.1L12 12",
  badge:
    "M5 6h14a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1zm5-3h4v3h-4zM9.5 14a2 2 0 1 0 0-4 2 2 0 0 0 0 4zm-3 3.5c.3-1.4 1.4-2.2 3-2.2s2.7.8 3 2.2M15 11h2.5M15 14.5h2.5",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-2 4 3M15.5 8.5h.01",
  copy: "M9 9h11v11H9zM6 15H4V4h11v2",
  down: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  barred: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM6 6l12 12",
  calendar: "M4 6h16v14H4zM4 10h16M8.5 3.5v4M15.5 3.5v4M8 14h2M14 14h2",
  quilt: "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13.5 16.5l2.3 2.5 4.2-5",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
} as const

export type IconName = keyof typeof PATHS

/** A drawing of our own; it says nothing that words beside it don't say. */
export function Sign({ name }: { readonly name: IconName }) {
  return (
    <Icon>
      <path d={PATHS[name]} />
    </Icon>
  )
}

/** Risk as a shape: a triangle, a diamond, a ring. */
export function RiskShape({ risk }: { readonly risk: 0 | 1 | 2 }) {
  if (risk === 2)
    return (
      <Icon fill>
        <path d="M12 2.5 23 21.5H1L12 2.5zm-1.1 6.5.3 6.5h1.6l.3-6.5h-2.2zm1.1 8a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4z" fill-rule="evenodd" />
      </Icon>
    )
  if (risk === 1)
    return (
      <Icon>
        <path d="M12 2.5 21.5 12 12 21.5 2.5 12 12 2.5z" />
      </Icon>
    )
  return (
    <Icon>
      <circle cx="12" cy="12" r="8" />
    </Icon>
  )
}
