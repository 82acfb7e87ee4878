import { useWords } from "../words.ts"
import * as api from "./campaigns-api.ts"
import { WordsSheet } from "./words-sheet.tsx"

type Props = { readonly one: api.Waiting; readonly most: number; readonly done: () => void; readonly close: () => void }

/** Other words for something that was given: its giver is asked whether that is right, when they look. */
export function ChangeSheet(props: Props) {
  const { change: of } = useWords().moderation
  return <WordsSheet {...props} title={of.title} hint={of.hint} label={of.text} rows={6} sends={of.ask} changed act={(text) => api.propose(props.one.id, text)} />
}
