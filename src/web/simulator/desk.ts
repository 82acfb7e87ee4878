import { SHAPES, type Choice, type Saying, type Shape } from "./house.ts"
import { openLine, type Line } from "./line.ts"
import { freshPhone, typedFor, withErasure, withFate, withNews, withNote, withSaying, type Phone, type SentEntry } from "./phone.ts"

/** The three phones of one person, side by side. */
export type Phones = Readonly<Record<Shape, Phone>>

/** The desk on which they lie. */
export type Desk = {
  readonly phones: () => Phones
  /** Calls back after every change; answers with how to stop that. */
  readonly watch: (changed: () => void) => () => void
  /** Types the same on these phones. */
  readonly type: (on: readonly Shape[], text: string) => void
  /** Taps an answer on these phones; where nothing can be tapped, what stands for it is typed. */
  readonly tap: (on: readonly Shape[], choice: Choice) => void
  /** Sends again what failed. */
  readonly retry: (shape: Shape, entry: SentEntry) => void
  /** Puts three fresh phones down: a new person. */
  readonly renew: () => void
}

export function createDesk(): Desk {
  const watchers = new Set<() => void>()
  let lines: readonly Line[] = []
  let phones = layOut()
  let count = 0
  const key = () => `entry-${++count}`

  function layOut(): Phones {
    for (const line of lines) line.close()
    const laid = Object.fromEntries(SHAPES.map((shape) => [shape, freshPhone(shape)])) as Phones
    lines = SHAPES.map((shape) =>
      openLine(shape, laid[shape].from, {
        heard: (news, awaiting) => change(shape, (phone) => withNews(phone, news, awaiting)),
        silence: () => change(shape, (phone) => withNote(phone, key(), "No reply was sent.")),
        trouble: (trouble) => change(shape, (phone) => ({ ...phone, trouble })),
        erased: (before) => change(shape, (phone) => withErasure(phone, key(), before)),
      }),
    )
    return laid
  }

  function change(shape: Shape, how: (phone: Phone) => Phone): void {
    phones = { ...phones, [shape]: how(phones[shape]) }
    for (const changed of watchers) changed()
  }

  async function send(shape: Shape, saying: Saying, entry: string): Promise<void> {
    const { from } = phones[shape]
    // The phone may have been replaced while this was under way.
    const tell = (how: (phone: Phone) => Phone) => phones[shape].from === from && change(shape, how)
    try {
      await lines[SHAPES.indexOf(shape)]?.say(saying)
      tell((phone) => withFate(phone, entry, "gone"))
    } catch (cause) {
      tell((phone) => withFate(phone, entry, "failed", cause instanceof TypeError ? "the helpline doesn't answer" : (cause as Error).message))
    }
  }

  function say(shape: Shape, saying: Saying): void {
    const entry = key()
    change(shape, (phone) => withSaying(phone, entry, saying))
    void send(shape, saying, entry)
  }

  return {
    phones: () => phones,
    watch(changed) {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
    type(on, text) {
      for (const shape of on) say(shape, { text })
    },
    tap(on, choice) {
      for (const shape of on) say(shape, shape === "sms" ? { text: typedFor(phones.sms, choice) } : { choice })
    },
    retry(shape, { key: entry, saying }) {
      change(shape, (phone) => ({ ...withFate(phone, entry, "going"), awaiting: true }))
      void send(shape, saying, entry)
    },
    renew() {
      phones = layOut()
      for (const changed of watchers) changed()
    },
  }
}
