import { useState } from "preact/hooks"
import { Chat } from "./chat.tsx"
import { Composer } from "./composer.tsx"
import type { Choice, Facts } from "./house.ts"
import { ShapeIcon } from "./icons.tsx"
import { ListSheet } from "./list-sheet.tsx"
import { LockScreen } from "./lock-screen.tsx"
import { segmentsUntil, type Phone, type ReceivedEntry, type SentEntry } from "./phone.ts"
import { cost, englishName, NAMES } from "./words.ts"

/** What a phone can do. */
type PhoneActs = { readonly type: (text: string) => void; readonly tap: (choice: Choice) => void; readonly retry: (entry: SentEntry) => void; readonly touch: () => void }

type Props = {
  readonly phone: Phone
  readonly price: Facts["smsPrice"] | undefined
  readonly acts: PhoneActs
  /** The one that is written to or listened to, when it isn't all of them. */
  readonly listening: boolean
  readonly chosen: boolean
  /** In tabs: whether its tab is open. */
  readonly tab: boolean | undefined
}

/** One phone: where its conversation is, what it shows when locked, and the chat itself. */
export function PhoneView({ phone, price, acts, listening, chosen, tab }: Props) {
  const { shape, place, language } = phone
  const [list, setList] = useState<ReceivedEntry>()
  const named = tab === undefined ? { role: "group" as const, "aria-label": `${NAMES[shape]} phone` } : { role: "tabpanel" as const, "aria-labelledby": `tab-${shape}` }
  return (
    <section id={`phone-${shape}`} class={`phone ${shape}${chosen ? " chosen" : ""}`} hidden={tab === false} onFocusCapture={acts.touch} onPointerDown={acts.touch} {...named}>
      <div class="phone-head">
        <h2>{NAMES[shape]}</h2>
        <p class="tongue">{language === "" ? "" : englishName(language)}</p>
        <p class="place">
          <span class="hidden">Place in the conversation: </span>
          <code>{place === "" ? "not begun" : place}</code>
        </p>
      </div>
      <LockScreen phone={phone} />
      <div class="device">
        <div class="bar" aria-hidden="true">
          <span class="avatar">
            <ShapeIcon shape={shape} />
          </span>
          <span class="bar-name">{shape === "sms" ? "Messages" : NAMES[shape]}</span>
        </div>
        <Chat phone={phone} price={price} listening={listening} greet={acts.type} acts={{ tap: acts.tap, retry: acts.retry, openList: setList }} />
        <Composer label={`Write on the ${NAMES[shape]} phone`} hint={shape === "sms" ? "Text message" : "Message"} send={acts.type} />
        {list !== undefined && phone.entries.includes(list) && (
          <ListSheet
            entry={list}
            close={() => setList(undefined)}
            pick={(choice) => {
              setList(undefined)
              acts.tap(choice)
            }}
          />
        )}
      </div>
      <p class="foot">{shape === "sms" ? <Bill phone={phone} price={price} /> : FEET[shape]}</p>
    </section>
  )
}

const FEET = {
  telegram: "Answers are buttons under the message.",
  whatsapp: "Up to 3 answers are buttons, up to 10 a list.",
} as const

function Bill({ phone, price }: { readonly phone: Phone; readonly price: Facts["smsPrice"] | undefined }) {
  const messages = phone.entries.filter(({ kind }) => kind === "received").length
  const segments = segmentsUntil(phone)
  return (
    <>
      {messages === 1 ? "1 message" : `${messages} messages`}, {segments === 1 ? "1 segment" : `${segments} segments`}
      {price !== undefined && (
        <>
          : <strong class="bill">{cost(segments, price)}</strong> <span class="each">({cost(1, price)} each)</span>
        </>
      )}
    </>
  )
}
