import type { Risk } from "../../../helpline/desk-view.ts"
import { RiskShape } from "./icons.tsx"
import { languageName, lasting, useLanguage, useWords } from "./words.ts"

/** Risk as a word, a shape and a colour. */
export function RiskMark({ risk }: { readonly risk: Risk }) {
  const words = useWords()
  return (
    <span class={`risk risk-${risk}`}>
      <RiskShape risk={risk} />
      {words.risk[risk]}
    </span>
  )
}

/** Channel, language and time of a chat: all that a list tells of a person. */
export function Facts({
  channel,
  language,
  since,
  now,
  waiting,
}: {
  readonly channel: string
  readonly language: string
  readonly since: string
  readonly now: number
  readonly waiting: boolean
}) {
  const words = useWords()
  const own = useLanguage()
  const time = lasting(words, now - Date.parse(since))
  return (
    <span class="facts">
      <span>{words.channels[channel] ?? channel}</span>
      <span>{languageName(language, own)}</span>
      <span class={waiting ? "waited" : undefined}>{waiting ? words.waited(time) : time}</span>
    </span>
  )
}
