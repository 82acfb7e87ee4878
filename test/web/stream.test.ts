import { afterEach, beforeEach, expect, test, vi } from "vitest"
import type { DeskService } from "../../src/helpline/desk-view.ts"
import { streamFor } from "../../src/web/console/stream.ts"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A stream with what it has told so far, by milliseconds since it was opened. */
function open() {
  let changed: (id: string | undefined) => void = () => {}
  const desk = {
    watch(watcher: typeof changed) {
      changed = watcher
      return () => {}
    },
    seen: async () => {},
  } as unknown as DeskService
  const gone = new AbortController()
  const { body } = streamFor(desk, "somebody", async () => true, gone.signal)
  const began = Date.now()
  const told: (readonly [number, string])[] = []
  const reader = (body as ReadableStream<Uint8Array>).getReader()
  const read = async () => {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const [, event, data] = /event: (\w+)\ndata: (.*)/.exec(Buffer.from(next.value).toString()) ?? []
      if (event !== undefined) told.push([Date.now() - began, event === "chat" ? (JSON.parse(data ?? "") as { id: string }).id : event])
    }
  }
  void read()
  return { told, changed: (id?: string) => changed(id), pass: (ms: number) => vi.advanceTimersByTimeAsync(ms), close: () => gone.abort() }
}

test("a word is told at once, whatever happens in other chats; what follows it in its own is gathered", async () => {
  const { told, changed, pass, close } = open()
  changed("a")
  await pass(10)
  changed("b")
  changed("a")
  changed("a")
  await pass(500)
  expect(told.filter(([, what]) => what !== "desk")).toEqual([
    [0, "a"],
    [10, "b"],
    [150, "a"],
  ])
  close()
})

test("lists are told of soon, then once a second at most, and never forgotten", async () => {
  const { told, changed, pass, close } = open()
  for (let ms = 0; ms < 2000; ms += 50) {
    changed(`chat-${ms}`)
    await pass(50)
  }
  await pass(2000)
  expect(told.filter(([, what]) => what === "desk").map(([ms]) => ms)).toEqual([150, 1150, 2150])
  changed()
  await pass(150)
  expect(told.at(-1)).toEqual([4150, "desk"])
  close()
})
