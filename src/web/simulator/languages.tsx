import type { Phones } from "./desk.ts"
import { SHAPES, type Facts } from "./house.ts"
import { englishName, NAMES, ownName } from "./words.ts"

/** Which language the conversation is in, how far each one's texts have been looked at, and a way to change over. */
export function Languages({ phones, facts, choose }: { readonly phones: Phones; readonly facts: Facts | undefined; readonly choose: (language: string) => void }) {
  const spoken = new Set(SHAPES.map((shape) => phones[shape].language).filter((language) => language !== ""))
  return (
    <section class="card languages" aria-labelledby="languages-title">
      <h2 id="languages-title">Language</h2>
      <p class="now">{spokenAs(phones, spoken)}</p>
      {facts === undefined ? (
        <p>Asking which languages there are…</p>
      ) : (
        <ul>
          {facts.languages.map(({ language, review }) => (
            <li key={language}>
              <button type="button" aria-pressed={spoken.has(language)} onClick={() => choose(language)}>
                <span class="own" lang={language}>
                  {ownName(language)}
                </span>
                {ownName(language) !== englishName(language) && <span class="also">{englishName(language)}</span>}
                <span class={`mark ${review === "reviewed" ? "reviewed" : "draft"}`}>{review}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {facts?.languages.some(({ review }) => review !== "reviewed") === true && (
        <p class="legend">
          <span class="mark draft">draft</span> No native speaker has reviewed these texts yet.
        </p>
      )}
      {facts?.languages.some(({ review }) => review === "reviewed") === true && (
        <p class="legend">
          <span class="mark reviewed">reviewed</span> A native speaker has reviewed these texts.
        </p>
      )}
    </section>
  )
}

function spokenAs(phones: Phones, spoken: ReadonlySet<string>) {
  if (spoken.size === 0) return "The conversation has not begun."
  if (spoken.size === 1)
    return (
      <>
        The conversation is in <strong>{englishName([...spoken][0] ?? "")}</strong>.
      </>
    )
  const each = SHAPES.filter((shape) => phones[shape].language !== "").map((shape) => `${NAMES[shape]} ${englishName(phones[shape].language)}`)
  return `The phones differ: ${each.join(", ")}.`
}
