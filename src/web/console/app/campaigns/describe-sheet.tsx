import { languageName, useLanguage, useWords } from "../words.ts"
import * as api from "./campaigns-api.ts"
import { WordsSheet } from "./words-sheet.tsx"

type Props = {
  readonly one: api.Waiting
  /** Whether this yes is the first of two. */
  readonly first: boolean
  readonly most: number
  readonly done: () => void
  readonly close: () => void
}

/** A picture in words, for whoever can't see it: without them it isn't shown. */
export function DescribeSheet({ first, ...props }: Props) {
  const { picture: of, firstYes, secondYes } = useWords().moderation
  const { one } = props
  return (
    <WordsSheet
      {...props}
      title={of.title}
      hint={of.hint(languageName(one.language, useLanguage()))}
      label={of.text}
      rows={3}
      sends={first ? firstYes : secondYes}
      above={
        <div class="looked-at">
          <img class="given-picture" src={api.pictureAt(one.id)} alt={one.text === "" ? of.undescribed : one.text} />
          <a class="link" href={api.pictureAt(one.id)} target="_blank" rel="noreferrer">
            {of.whole}
          </a>
        </div>
      }
      act={(text) => api.publish(one.id, text)}
    />
  )
}
