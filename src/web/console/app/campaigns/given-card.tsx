import type { ComponentChildren } from "preact"
import { GivenPicture } from "./given-picture.tsx"
import { dayName } from "../days.ts"
import { Veiled } from "../veil.tsx"
import { languageName, useLanguage, useWords } from "../words.ts"
import type { Frame, Shown, Waiting } from "./campaigns-api.ts"

type Props = {
  readonly one: (Waiting | Shown) & { readonly giver?: string | undefined; readonly told?: boolean | undefined; readonly proposal?: string | undefined }
  readonly frame: Frame
  /** The date that matters here, and what it is the date of. */
  readonly date: readonly [string, string]
  readonly veiled: boolean
  readonly children: ComponentChildren
}

/** Something that was given: its words in their own direction, what it is and where from, and what can be done. */
export function GivenCard({ one, frame, date: [told, date], veiled, children }: Props) {
  const { moderation: of } = useWords()
  const language = useLanguage()
  const campaign = frame.campaigns.find(({ id }) => id === one.campaign)
  const facts = [
    campaign?.names[language] ?? one.campaign,
    ...(one.day === undefined ? [] : [of.day(one.day)]),
    languageName(one.language, language),
    countryName(one.country, language),
    `${told} ${dayName(date, language)}`,
  ]
  return (
    <li class="given" data-item tabIndex={-1} data-given={one.id} aria-label={`${of.kind[one.kind] ?? one.kind}${one.giver === undefined ? "" : ` · ${one.giver}`}`}>
      <header class="given-head">
        <h3>{of.kind[one.kind] ?? one.kind}</h3>
        {one.giver !== undefined && <bdi class="made-up">{one.giver}</bdi>}
      </header>
      <p class="facts">
        {facts.map((fact) => (
          <bdi key={fact}>{fact}</bdi>
        ))}
      </p>
      {one.picture && <GivenPicture one={one} veiled={veiled} />}
      {one.text !== "" && <Words text={one.text} language={one.language} veiled={veiled} />}
      <p class="aside">
        {one.name === undefined ? (
          of.noName
        ) : (
          <>
            {of.signed} <bdi>{one.name}</bdi>
          </>
        )}
      </p>
      {one.told === true && <p class="aside">{of.told}</p>}
      {one.proposal !== undefined && (
        <div class="proposal">
          <p class="aside">{of.proposal}</p>
          <Words text={one.proposal} language={one.language} veiled={veiled} />
        </div>
      )}
      {children}
    </li>
  )
}

function Words({ text, language, veiled }: { readonly text: string; readonly language: string; readonly veiled: boolean }) {
  // Whoever writes in Urdu may write Latin letters, too.
  const latin = language === "ur" ? undefined : language
  return veiled ? (
    <Veiled text={text} spoken={latin} />
  ) : (
    <p class="words" dir="auto" lang={/\p{Script=Arabic}/u.test(text) ? "ur" : latin}>
      {text}
    </p>
  )
}

function countryName(country: string, language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: "region" }).of(country) ?? country
  } catch {
    return country
  }
}
