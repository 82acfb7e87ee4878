import { scriptOf } from "./words.ts"

/** What people might write first: one of each kind that a reviewer should have seen. */
const STARTERS = ["someone hacked my instagram", "he wants money or he posts my pictures", "there might be a tracker on my car", "میری تصویریں کسی نے لگا دیں"]

/** Sentences to try. */
export function Starters({ send }: { readonly send: (text: string) => void }) {
  return (
    <section class="card starters" aria-labelledby="starters-title">
      <h2 id="starters-title">Try a sentence</h2>
      <ul>
        {STARTERS.map((text) => (
          <li key={text}>
            <button type="button" onClick={() => send(text)}>
              <span dir="auto" lang={scriptOf(text)}>
                {text}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
