import { useEffect, useState } from "preact/hooks"
import { useVeil } from "../hooks.ts"
import { useWords } from "../words.ts"
import { pictureAt, type Shown, type Waiting } from "./campaigns-api.ts"

/** A picture that was given. While the veil is down the page doesn't hold it at all, until it is asked for itself. */
export function GivenPicture({ one: { id, text }, veiled }: { readonly one: Waiting | Shown; readonly veiled: boolean }) {
  const { moderation: of, blurred, showOne } = useWords()
  const { down } = useVeil()
  const [asked, setAsked] = useState(false)
  useEffect(() => {
    if (down) setAsked(false)
  }, [down])
  if (veiled && down && !asked)
    return (
      <button type="button" class="button small quiet" aria-label={`${blurred}. ${showOne}`} onClick={() => setAsked(true)}>
        {of.picture.look}
      </button>
    )
  return <img class="given-picture" src={pictureAt(id)} alt={text === "" ? of.picture.undescribed : text} />
}
