import type { ChatHead, Desk } from "../../../helpline/desk-view.ts"
import { Columns } from "./columns.tsx"
import { useNow } from "./hooks.ts"
import { RiskMark } from "./risk.tsx"
import { languageName, lasting, useLanguage, useWords } from "./words.ts"

/** All open chats, for supervisors: who has them, how long they last. */
export function Board({ desk, show }: { readonly desk: Desk; readonly show: (id: string) => void }) {
  const words = useWords()
  const now = useNow()
  const chats = desk.board ?? []
  return (
    <section class="sheet board" aria-labelledby="board-title">
      <h2 id="board-title">{words.board.title}</h2>
      {chats.length === 0 ? (
        <p class="none">{words.board.none}</p>
      ) : (
        <table class="cards">
          <Columns names={[words.board.name, words.board.risk, words.board.who, words.board.state, words.board.since, words.board.unread]} />
          <tbody>
            {chats.map((head) => (
              <BoardRow key={head.id} head={head} desk={desk} now={now} show={show} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function BoardRow({ head, desk, now, show }: { readonly head: ChatHead; readonly desk: Desk; readonly now: number; readonly show: (id: string) => void }) {
  const words = useWords()
  const own = useLanguage()
  const owner = aliasOf(desk, head.owner)
  return (
    <tr class={`risk-row-${head.risk}`}>
      <th scope="row">
        <button type="button" class="link" data-item="open" aria-label={words.board.open(head.name)} onClick={() => show(head.id)}>
          <bdi class="made-up">{head.name}</bdi>
        </button>
        <span class="facts">
          <span>{words.channels[head.channel] ?? head.channel}</span>
          <span>{languageName(head.language, own)}</span>
        </span>
      </th>
      <td data-label={words.board.risk}>
        <RiskMark risk={head.risk} />
      </td>
      <td data-label={words.board.who}>{owner === undefined ? <em>{words.board.nobody}</em> : <bdi>{owner}</bdi>}</td>
      <td data-label={words.board.state}>{head.left ? words.lists.hasLeft : words.status[head.status]}</td>
      <td data-label={words.board.since}>{lasting(words, now - Date.parse(head.since))}</td>
      <td data-label={words.board.unread}>{Math.max(0, head.last - head.read)}</td>
    </tr>
  )
}

/** Who is there, what they do, how much they carry. */
export function Colleagues({ desk }: { readonly desk: Desk }) {
  const words = useWords()
  return (
    <section class="sheet colleagues" aria-labelledby="colleagues-title">
      <h2 id="colleagues-title">{words.colleagues.title}</h2>
      {desk.colleagues.length === 0 && <p class="none">{words.colleagues.none}</p>}
      <ul>
        {desk.colleagues.map((one) => (
          <li key={one.id} class="colleague">
            <span class={`presence-dot ${one.presence}`} aria-hidden="true" />
            <span class="colleague-name">
              <bdi>{one.alias}</bdi>
              {one.id === desk.me.id && <span class="aside"> ({words.colleagues.you})</span>}
              {one.supervisor && <span class="tag">{words.colleagues.supervisor}</span>}
            </span>
            <span class="aside">{words.presence[one.presence]}</span>
            <span class="load" role="img" aria-label={`${words.colleagues.load}: ${words.lists.load(one.load, one.cap)}`}>
              {Array.from({ length: Math.max(one.cap, one.load) }, (_, i) => (
                <span key={i} class={i < one.load ? "full" : "free"} />
              ))}
            </span>
            <span class="aside" aria-hidden="true">
              {words.lists.load(one.load, one.cap)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The alias behind an id of staff; the id itself where nobody here has it. */
export function aliasOf(desk: Desk, id: string | null): string | undefined {
  if (id === null) return undefined
  return id === desk.me.id ? desk.me.alias : (desk.colleagues.find((one) => one.id === id)?.alias ?? id)
}
