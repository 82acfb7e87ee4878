import { countSms } from "../../locales/sms.ts"
import type { Facts } from "./house.ts"
import { cost } from "./words.ts"

const ROOM = { "GSM-7": { alone: 160, each: 153 }, "UCS-2": { alone: 70, each: 67 } } as const

/** What one text message weighs: its segments, how full they are, what it costs and what the chat has cost so far. */
export function SmsMeter({
  text,
  segments,
  soFar,
  price,
}: {
  readonly text: string
  readonly segments: number | undefined
  readonly soFar: number
  readonly price: Facts["smsPrice"] | undefined
}) {
  const { encoding, units, segments: counted } = countSms(text)
  const count = segments ?? counted
  const room = count === 1 ? ROOM[encoding].alone : ROOM[encoding].each * count
  return (
    <div class="meter">
      <Gauge segments={count} full={Math.min(1, units / room)} />
      <p>
        <strong>{count === 1 ? "1 segment" : `${count} segments`}</strong>
        {price !== undefined && <strong> · {cost(count, price)}</strong>}
        {price !== undefined && <span class="sofar"> · {cost(soFar, price)} so far</span>}
      </p>
      <p>
        {units} of {room} {encoding === "GSM-7" ? "plain" : "wide"} letters <span class="code">{encoding}</span>
      </p>
    </div>
  )
}

const WIDTH = 26
const GAP = 3

function Gauge({ segments, full }: { readonly segments: number; readonly full: number }) {
  const used = full * segments
  return (
    <svg class="gauge" viewBox={`0 0 ${segments * (WIDTH + GAP) - GAP} 6`} height="6" width={segments * (WIDTH + GAP) - GAP} aria-hidden="true">
      {Array.from({ length: segments }, (_, index) => (
        <g key={index} transform={`translate(${index * (WIDTH + GAP)} 0)`}>
          <rect class="groove" width={WIDTH} height="6" rx="3" />
          <rect class="fill" width={WIDTH * Math.max(0, Math.min(1, used - index))} height="6" rx="3" />
        </g>
      ))}
    </svg>
  )
}
