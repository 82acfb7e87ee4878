import { useState } from "preact/hooks"
import type { SealedReport, Story } from "../../../../helpline/report-view.ts"
import type { ReportFrame } from "../../report-frame.ts"
import { Confirm } from "../confirm.tsx"
import { draft } from "../drafts.ts"
import { useStation } from "../hooks.ts"
import { languageName, scriptOf, useLanguage, useWords } from "../words.ts"
import { placeLabel, whenLabel } from "./labels.ts"
import type { Opened } from "./opened.ts"
import * as api from "./reports-api.ts"
import { StoryForm, StoryWarnings } from "./story-form.tsx"

type Props = {
  readonly id: string
  readonly me: string
  readonly opened: Opened
  readonly sealed: SealedReport
  readonly frame: ReportFrame
  readonly done: () => void
}

/** The way of a story: written, reviewed by somebody else, shown, agreed to, published. */
export function StoryPart({ id, me, opened, sealed, frame, done }: Props) {
  const { story: of } = useWords().reports
  // What was begun is there again.
  const [writing, setWriting] = useState(() => draft(id, "story") !== "")
  // A published story isn't this report's any more: this page alone still knows.
  const [published, setPublished] = useState(false)
  const { story, line } = sealed
  const mayWrite = line.consents.publish && line.answerable
  const written = () => {
    setWriting(false)
    done()
  }
  return (
    <section class="part-card story" aria-labelledby="story-title">
      <h3 id="story-title">{of.title}</h3>
      {story === undefined && !line.consents.publish && <p class="refused-part">{of.no}</p>}
      {story === undefined && line.consents.publish && !line.answerable && <p class="refused-part">{of.noCode}</p>}
      {story === undefined && published && (
        <p class="story-state published">
          <strong>{of.state.published}</strong>
        </p>
      )}
      {story === undefined && mayWrite && !writing && !published && (
        <>
          <p class="aside">{of.hint}</p>
          <button type="button" class="button small quiet" onClick={() => setWriting(true)}>
            {of.write}
          </button>
        </>
      )}
      {mayWrite && writing && <StoryForm id={id} opened={opened} story={story} frame={frame} done={written} />}
      {story !== undefined && !writing && (
        <>
          <Told story={story} me={me} country={opened.report.country} frame={frame} />
          <p class={`story-state ${story.status}`}>
            <strong>{of.state[story.status]}</strong>
          </p>
          {story.status === "drafted" && (story.writtenBy === me ? <p class="aside">{of.yours}</p> : <Review id={id} opened={opened} story={story} frame={frame} done={done} />)}
          {story.status === "agreed" && (
            <Publish
              id={id}
              done={() => {
                setPublished(true)
                done()
              }}
            />
          )}
          {mayWrite && (
            <button type="button" class="link" onClick={() => setWriting(true)}>
              {of.rewrite}
            </button>
          )}
        </>
      )}
    </section>
  )
}

function Told({ story, me, country, frame }: { readonly story: Story; readonly me: string; readonly country: string; readonly frame: ReportFrame }) {
  const words = useWords()
  const { story: of } = words.reports
  const language = useLanguage()
  const who = (staff: string) => (staff === me ? "me" : "colleague")
  return (
    <div class="story-told">
      <p class="words" dir="auto" lang={scriptOf(story.text)}>
        {story.text}
      </p>
      <p class="facts">
        <span>{languageName(story.language, language)}</span>
        <span>{placeLabel(frame, words, language, { country, province: story.province, district: "not-said" })}</span>
        <span>{whenLabel(story.when, words, language)}</span>
      </p>
      <p class="aside">
        {of.by[who(story.writtenBy)]} {story.reviewedBy !== undefined && of.reviewed[who(story.reviewedBy)]}
      </p>
    </div>
  )
}

type ReviewProps = Omit<Props, "me" | "sealed"> & { readonly story: Story }

/** The second officer's eyes: both texts beside each other. */
function Review({ id, opened, story, frame, done }: ReviewProps) {
  const { story: of, report: ofReport } = useWords().reports
  const station = useStation()
  const [beside, setBeside] = useState(false)
  const say = (agrees: boolean) => void station.act(api.reviewStory(id, agrees)).then(({ ok }) => ok && done())
  const hers = [...opened.report.words, ...opened.additions.flatMap(({ words }) => words)]
  return (
    <div class="review">
      <h4>{of.review}</h4>
      <p class="aside">{of.reviewHint}</p>
      {!beside ? (
        <button type="button" class="button small quiet" onClick={() => setBeside(true)}>
          {ofReport.showAll}
        </button>
      ) : (
        <div class="beside-each-other">
          <div>
            <h5>{of.side.report}</h5>
            {hers.length === 0 && <p class="none">{ofReport.noWords}</p>}
            {hers.map((text, i) => (
              <blockquote key={i} class="words" dir="auto" lang={scriptOf(text)}>
                {text}
              </blockquote>
            ))}
          </div>
          <div>
            <h5>{of.side.story}</h5>
            <p class="words" dir="auto" lang={scriptOf(story.text)}>
              {story.text}
            </p>
          </div>
        </div>
      )}
      <StoryWarnings text={story.text} opened={opened} places={frame.places} />
      <div class="buttons">
        <button type="button" class="button small quiet" onClick={() => say(false)}>
          {of.send}
        </button>
        <button type="button" class="button small" disabled={!beside} onClick={() => say(true)}>
          {of.agree}
        </button>
      </div>
    </div>
  )
}

function Publish({ id, done }: { readonly id: string; readonly done: () => void }) {
  const { story: of } = useWords().reports
  const station = useStation()
  return <Confirm label={of.publish} asks={of.publishAsks} sure={of.publishSure} grave={false} act={() => station.act(api.publishStory(id)).then(({ ok }) => ok && done())} />
}
