import { look, say, type News, type Saying, type Shape } from "./house.ts"

/** How often a phone asks: while an answer is on its way, and otherwise. */
const LIVELY_MS = 400
const IDLE_MS = 4000
/** After so long without an answer, none was meant. */
const SILENCE_MS = 4000

/** What a line reports. */
type Told = {
  readonly heard: (news: News, awaiting: boolean) => void
  readonly silence: () => void
  readonly trouble: (problem: string) => void
  /** Everything before this message is gone from the helpline. */
  readonly erased: (before: number) => void
}

/** A phone's connection to the helpline. */
export type Line = { readonly say: (saying: Saying) => Promise<void>; readonly close: () => void }

/** Opens a line. It asks for news once something has been said on it, and rests while nobody looks at the page. */
export function openLine(as: Shape, from: string, told: Told): Line {
  let open = true
  let used = false
  let after = 0
  let first: number | undefined
  let saidAt: number | undefined
  let answered = false
  let looking = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let sending: Promise<unknown> = Promise.resolve()

  function ask(inMs: number): void {
    clearTimeout(timer)
    if (open && used && !document.hidden) timer = setTimeout(() => void turn(), inMs)
  }

  async function turn(): Promise<void> {
    if (looking) return
    looking = true
    let wait = IDLE_MS
    try {
      const news = await look(as, from, after)
      if (!open) return
      await take(news)
      wait = saidAt !== undefined || news.pending > 0 ? LIVELY_MS : IDLE_MS
    } catch {
      if (open) told.trouble("The helpline doesn't answer. Trying again.")
      wait = LIVELY_MS * 5
    } finally {
      looking = false
    }
    ask(wait)
  }

  async function take(news: News): Promise<void> {
    if (news.messages.length > 0) answered = true
    after = news.messages.at(-1)?.id ?? after
    const since = saidAt === undefined ? 0 : performance.now() - saidAt
    const silent = saidAt !== undefined && !answered && news.pending === 0 && since > SILENCE_MS
    if (silent || (answered && news.pending === 0)) saidAt = undefined
    told.heard(news, saidAt !== undefined || news.pending > 0)
    if (silent) told.silence()
    first ??= news.messages[0]?.id
    // FORGET ends here too; what the helpline still holds then tells whether it was that.
    if (news.messages.length > 0 && news.place === "left") {
      const held = (await look(as, from, 0)).messages[0]?.id
      if (open && held !== undefined && first !== undefined && held > first) told.erased(held)
      first = held ?? first
    }
  }

  const onVisible = () => ask(0)
  document.addEventListener("visibilitychange", onVisible)

  return {
    say(saying) {
      const sent = sending.then(async () => {
        await say(as, from, saying)
        used = true
        saidAt = performance.now()
        answered = false
        ask(LIVELY_MS / 4)
      })
      // One after the other, as a phone sends; one that fails doesn't hold up the next.
      sending = sent.catch(() => {})
      return sent
    },
    close() {
      open = false
      clearTimeout(timer)
      document.removeEventListener("visibilitychange", onVisible)
    },
  }
}
