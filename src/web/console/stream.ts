import type { DeskService } from "../../helpline/desk-view.ts"

/** Between two signs of life. A console that is silent three times as long is taken to be closed. */
const BEAT_MS = 20_000
/** Changes of lists that come together are told together. */
const GATHER_MS = 150

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
      const chats = new Set<string>()
      let timer: NodeJS.Timeout | undefined
      const send = (text: string) => {
        // A browser that takes nothing any more must not be kept for.
        if ((controller.desiredSize ?? 0) < -1000) close()
        else controller.enqueue(encoder.encode(text))
      }
      const event = (name: string, data: object) => send(`id: ${Date.now()}-${++count}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
      const flush = () => {
        timer = undefined
        for (const id of chats) event("chat", { id })
        chats.clear()
        event("desk", {})
      }
      const unwatch = desk.watch((id) => {
        // Words are wanted at once; lists can wait a little for their neighbours.
        if (id !== undefined && timer === undefined) event("chat", { id })
        else if (id !== undefined) chats.add(id)
        timer ??= setTimeout(flush, GATHER_MS)
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
