import { useEffect, useRef, useState } from "preact/hooks"
import type { Desk } from "../../../helpline/desk-view.ts"

/** How somebody is told that someone waits: not at all, by sound, by sound and a notice of the browser. */
export type Alarm = { readonly on: boolean; readonly silent: boolean; readonly turn: () => void }

/** Asked for by a click, ends with the page. It tells that someone waits, and nothing else: no name, no word, no channel. */
export function useAlarm(desk: Desk | null, says: string): Alarm {
  const [on, setOn] = useState(false)
  const [silent, setSilent] = useState(false)
  const sound = useRef<AudioContext | null>(null)
  const known = useRef<ReadonlyMap<string, number> | null>(null)

  useEffect(() => {
    if (desk === null) {
      known.current = null
      return
    }
    const next = waitingIn(desk)
    const before = known.current
    known.current = next
    if (!on || before === null) return
    if (![...next].some(([id, last]) => last > (before.get(id) ?? -1))) return
    if (sound.current !== null) ring(sound.current)
    if (document.hidden && "Notification" in globalThis && Notification.permission === "granted") new Notification(says, { tag: "waiting" })
  }, [desk, on, says])

  return {
    on,
    silent,
    turn() {
      if (on) {
        setOn(false)
        return
      }
      sound.current ??= new AudioContext()
      ring(sound.current)
      setOn(true)
      if (!("Notification" in globalThis)) setSilent(true)
      else void Notification.requestPermission().then((permission) => setSilent(permission !== "granted"))
    },
  }
}

/** Everything that waits for me, with a number that rises when there is more of it. */
function waitingIn(desk: Desk): ReadonlyMap<string, number> {
  return new Map([
    ...desk.queue.map(({ id }) => [`queue ${id}`, 0] as const),
    ...desk.offered.map(({ id }) => [`offered ${id}`, 0] as const),
    ...desk.mine.filter(({ status }) => status === "claimed").map(({ id }) => [`claimed ${id}`, 0] as const),
    ...desk.mine.filter(({ last, read }) => last > read).map(({ id, last }) => [`mine ${id}`, last] as const),
  ])
}

/** How many things wait for me. */
export function countOf(desk: Desk | null): number {
  return desk === null ? 0 : waitingIn(desk).size + Math.max(0, desk.waiting - desk.queue.length)
}

/** Two soft notes. */
function ring(context: AudioContext): void {
  void context.resume()
  for (const [i, pitch] of [523.25, 659.25].entries()) {
    const at = context.currentTime + i * 0.18
    const tone = context.createOscillator()
    const loudness = context.createGain()
    tone.frequency.value = pitch
    loudness.gain.setValueAtTime(0, at)
    loudness.gain.linearRampToValueAtTime(0.12, at + 0.02)
    loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.5)
    tone.connect(loudness).connect(context.destination)
    tone.start(at)
    tone.stop(at + 0.55)
  }
}
