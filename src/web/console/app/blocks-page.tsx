import { useEffect, useState } from "preact/hooks"
import type { BlockView } from "../../../helpline/desk-view.ts"
import * as api from "./api.ts"
import { Confirm } from "./confirm.tsx"
import { useStation } from "./hooks.ts"
import { clock, useWords } from "./words.ts"

/** Who is kept out of the line, for supervisors: until when, why, and a way back. `version` changes with the desk. */
export function BlocksPage({ version }: { readonly version: number }) {
  const words = useWords()
  const station = useStation()
  const [blocks, setBlocks] = useState<readonly BlockView[] | null>(null)
  const look = async () => {
    const answer = await station.look(api.blocks())
    if (answer.ok) setBlocks(answer.value)
    else station.refuse(answer.why)
  }
  useEffect(() => void look(), [version])
  const of = words.blocks
  return (
    <section class="sheet blocks-page" aria-labelledby="blocks-title">
      <h2 id="blocks-title">{of.title}</h2>
      <p class="hint">{of.hint}</p>
      {blocks === null && <p class="none">{words.loading}</p>}
      {blocks?.length === 0 && <p class="none">{of.none}</p>}
      <ul class="entries">
        {blocks?.map(({ id, name, reason, until, by }) => (
          <li key={id}>
            <span>
              <bdi class="made-up">{name}</bdi>
              <span class="facts">
                <span>{words.block.reasons[reason]}</span>
                <time dateTime={until}>{of.until(clock(until))}</time>
                {by !== null && <bdi>{of.by(by)}</bdi>}
              </span>
            </span>
            <Confirm grave={false} label={of.lift} names={of.liftOf(name)} asks={of.asks(name)} sure={of.sure} act={() => station.act(api.liftBlock(id)).then(look)} />
          </li>
        ))}
      </ul>
    </section>
  )
}
