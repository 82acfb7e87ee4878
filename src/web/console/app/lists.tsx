import type { ChatHead, Desk, Waiting } from "../../../helpline/desk-view.ts"
import * as api from "./api.ts"
import { useNow, useStation } from "./hooks.ts"
import { Facts, RiskMark } from "./risk.tsx"
import { clock, lasting, useWords } from "./words.ts"

type Props = { readonly desk: Desk; readonly open: string | null; readonly show: (id: string) => void }

/** Offered to me, my chats, who waits. Made-up names only; nothing of what was written. */
export function Lists({ desk, open, show }: Props) {
  const words = useWords()
  const now = useNow()
  return (
    <>
      {desk.offered.length > 0 && (
        <section class="list offered" aria-labelledby="list-offered">
          <h2 id="list-offered">
            {words.lists.offered} <span class="count">{desk.offered.length}</span>
          </h2>
          <ul>
            {desk.offered.map((head) => (
              <Offered key={head.id} head={head} desk={desk} now={now} show={show} />
            ))}
          </ul>
        </section>
      )}
      <section class="list mine" aria-labelledby="list-mine">
        <h2 id="list-mine">
          {words.lists.mine} <span class="aside">{words.lists.load(desk.mine.filter(({ status }) => status !== "ended").length, desk.me.cap)}</span>
        </h2>
        {desk.mine.length === 0 && <p class="none">{words.lists.noMine}</p>}
        <ul>
          {desk.mine.map((head) => (
            <Mine key={head.id} head={head} now={now} current={head.id === open} show={show} />
          ))}
        </ul>
      </section>
      <section class="list queue" aria-labelledby="list-queue">
        <h2 id="list-queue">
          {words.lists.queue} {desk.waiting > 0 && <span class="count">{desk.waiting}</span>}
        </h2>
        {desk.queue.length === 0 && <p class="none">{words.lists.noQueue}</p>}
        {!desk.open && desk.closing === null && (
          <p class="none">
            {words.lists.closed} {desk.opensAt !== null && words.lists.opens(clock(desk.opensAt))}
          </p>
        )}
        <ol>
          {desk.queue.map((waiting) => (
            <InQueue key={waiting.id} waiting={waiting} desk={desk} now={now} show={show} />
          ))}
        </ol>
        {desk.waiting > desk.queue.length && <p class="none">{words.lists.more(desk.waiting - desk.queue.length)}</p>}
      </section>
    </>
  )
}

function Offered({ head, desk, now, show }: { readonly head: ChatHead; readonly desk: Desk; readonly now: number; readonly show: (id: string) => void }) {
  const words = useWords()
  const station = useStation()
  const from = desk.colleagues.find(({ id }) => id === head.offer?.from)?.alias
  return (
    <li class={`row risk-row-${head.risk}`}>
      <div class="row-top">
        <bdi class="made-up">{head.name}</bdi>
        <RiskMark risk={head.risk} />
      </div>
      <Facts channel={head.channel} language={head.language} since={head.since} now={now} waiting={false} />
      <span class="facts">
        {from !== undefined && <span>{words.lists.from(from)}</span>}
        {head.offer !== null && <span>{words.lists.within(lasting(words, Math.max(60_000, Date.parse(head.offer.until) - now)))}</span>}
      </span>
      <div class="row-acts">
        <button
          type="button"
          class="button small"
          data-item="accept"
          aria-label={words.lists.acceptOf(head.name)}
          onClick={() => void station.act(api.accept(head.id)).then(({ ok }) => ok && show(head.id))}
        >
          {words.lists.accept}
        </button>
        <button type="button" class="button small quiet" aria-label={words.lists.refuseOf(head.name)} onClick={() => void station.act(api.refuse(head.id), head.id)}>
          {words.lists.refuse}
        </button>
      </div>
    </li>
  )
}

function Mine({ head, now, current, show }: { readonly head: ChatHead; readonly now: number; readonly current: boolean; readonly show: (id: string) => void }) {
  const words = useWords()
  const unread = head.last - head.read
  const { hasLeft, over, beingMoved, answerNow } = words.lists
  const state = head.left ? hasLeft : head.status === "ended" ? over : head.offer !== null ? beingMoved : head.status === "claimed" ? answerNow : null
  return (
    <li class={`row risk-row-${head.risk}${current ? " current" : ""}`}>
      <button type="button" class="row-button" data-item="open" aria-current={current ? "true" : undefined} onClick={() => show(head.id)}>
        <span class="row-top">
          <bdi class="made-up">{head.name}</bdi>
          {unread > 0 && <span class="unread">{words.lists.unread(unread)}</span>}
          <RiskMark risk={head.risk} />
        </span>
        <Facts channel={head.channel} language={head.language} since={head.since} now={now} waiting={false} />
        {state !== null && <span class="row-state">{state}</span>}
      </button>
    </li>
  )
}

function InQueue({ waiting, desk, now, show }: { readonly waiting: Waiting; readonly desk: Desk; readonly now: number; readonly show: (id: string) => void }) {
  const words = useWords()
  const claim = useClaim(show)
  return (
    <li class={`row risk-row-${waiting.risk}`}>
      <div class="row-top">
        <bdi class="made-up">{waiting.name}</bdi>
        <RiskMark risk={waiting.risk} />
      </div>
      <div class="row-end">
        <Facts channel={waiting.channel} language={waiting.language} since={waiting.since} now={now} waiting />
        <button
          type="button"
          class="button small"
          data-item="claim"
          data-chat={waiting.id}
          aria-label={words.lists.claimOf(waiting.name)}
          aria-disabled={isCooling(desk, now) ? "true" : undefined}
          onClick={() => claim(waiting.id)}
        >
          {words.lists.claim}
        </button>
      </div>
    </li>
  )
}

/** Claims and, when it is mine, shows it. */
export function useClaim(show: (id: string) => void): (id: string) => void {
  const station = useStation()
  return (id) => void station.act(api.claim(id)).then(({ ok }) => ok && show(id))
}

export const isCooling = (desk: Desk, now: number): boolean => desk.me.coolUntil !== null && Date.parse(desk.me.coolUntil) > now
