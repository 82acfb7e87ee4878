import { LockIcon, ShapeIcon } from "./icons.tsx"
import { newest, type Phone } from "./phone.ts"
import { clock, glimpse, NAMES } from "./words.ts"

/** The phone lying locked on a table: what a passer-by reads of the newest message. */
export function LockScreen({ phone }: { readonly phone: Phone }) {
  const last = newest(phone)
  return (
    <section class="lock" aria-label={`Lock screen of the ${NAMES[phone.shape]} phone`}>
      <p class="lock-title">
        <LockIcon /> A passer-by sees
      </p>
      <div class="notice">
        <span class="badge">
          <ShapeIcon shape={phone.shape} />
        </span>
        <div>
          <p class="notice-head">
            {NAMES[phone.shape]}
            {last !== undefined && <time dateTime={last.message.at}>{clock(last.message.at)}</time>}
          </p>
          {last === undefined ? (
            <p class="notice-text empty">Nothing yet</p>
          ) : (
            <p class="notice-text" dir="auto" lang={last.language || undefined}>{glimpse(last.message.text)}</p>
          )}
        </div>
      </div>
    </section>
  )
}
