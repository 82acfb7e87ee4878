import { LockIcon, ShapeIcon } from "./icons.tsx"
import { newest, type Phone } from "./phone.ts"
import { glimpse, NAMES } from "./words.ts"

/** The phone lying locked on a table: what a passer-by reads of the newest message. */
export function LockScreen({ phone }: { readonly phone: Phone }) {
  const last = newest(phone)
  return (
    <section class="lock" aria-label={`Lock screen of the ${NAMES[phone.shape]} phone`}>
      <div class="notice">
        <span class="badge">
          <ShapeIcon shape={phone.shape} />
        </span>
        <div>
          <p class="notice-head">
            <strong>{NAMES[phone.shape]}</strong>
            <span class="passer-by">
              <LockIcon /> a passer-by sees
            </span>
          </p>
          {last === undefined ? (
            <p class="notice-text none">Nothing yet</p>
          ) : (
            <p class="notice-text" dir="auto" lang={last.language || undefined}>
              {glimpse(last.message.text)}
            </p>
          )}
        </div>
      </div>
    </section>
  )
}
