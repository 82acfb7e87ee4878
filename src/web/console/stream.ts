import type { DeskService } from "../../helpline/desk-view.ts"

/** Between two signs of life. A console that is silent three times as long is taken to be closed. */
const BEAT_MS = 20_000
/** Changes that come together are told together. */
const GATHER_MS = 150
/** Lists are asked for again so often at most: with many chats something in them changes all the time, for every console. */
const LISTS_MS = 1000

/**
 * The stream that tells a console when to ask again (server-sent events, WHATWG HTML 9.2). It tells what changed, never what
 * it says; a change that comes while nobody listens is found by the next asking. It ends with the session.
 */
export function streamFor(desk: DeskService, staff: string, stillIn: () => Promise<boolean>, gone: AbortSignal): Response {
  const encoder = new TextEncoder()
  let count = 0
  let close = () => {}
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      /** Chats that were told of just now, and whether something more has happened to them since. */
      const chats = new Map<string, boolean>()
      let timer: NodeJS.Timeout | undefined
      let lists: NodeJS.Timeout | undefined
      let listsAt = Number.NEGATIVE_INFINITY
      const send = (text: string) => {
        // A browser that takes nothing any more must not be kept for.
        if ((controller.desiredSize ?? 0) < -1000) close()
        else controller.enqueue(encoder.encode(text))
      }
      const event = (name: string, data: object) => send(`id: ${Date.now()}-${++count}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
      const flush = () => {
        timer = undefined
        const again = [...chats].filter(([, more]) => more)
        chats.clear()
        for (const [id] of again) word(id)
      }
      // Words are wanted at once, however much happens elsewhere; lists can wait for their neighbours.
      const word = (id: string) => {
        if (chats.has(id)) chats.set(id, true)
        else {
          event("chat", { id })
          chats.set(id, false)
          timer ??= setTimeout(flush, GATHER_MS)
        }
      }
      const unwatch = desk.watch((id) => {
        if (id !== undefined) word(id)
        lists ??= setTimeout(
          () => {
            lists = undefined
            listsAt = performance.now()
            event("desk", {})
          },
          Math.max(GATHER_MS, listsAt + LISTS_MS - performance.now()),
        )
      })
      const beat = setInterval(() => {
        send(": here\n\n")
        void alive()
      }, BEAT_MS)
      const alive = async () => {
        try {
          if (await stillIn()) await desk.seen(staff)
          else close()
        } catch {
          // The database is away; the next beat asks again.
        }
      }
      let open = true
      close = () => {
        if (!open) return
        open = false
        unwatch()
        clearInterval(beat)
        clearTimeout(timer)
        clearTimeout(lists)
        controller.close()
      }
      gone.addEventListener("abort", close)
      send(": here\n\n")
      void alive()
    },
    cancel: () => close(),
  })
  return new Response(stream, { headers: { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" } })
}
