type Port = {
  readonly send?: ((message: object) => unknown) | undefined
  readonly on: (event: "message" | "disconnect", heard: (message: unknown) => void) => unknown
}
type Answers = Record<string, (...values: never[]) => unknown>
type Message = { readonly n: number; readonly what?: string; readonly values?: readonly unknown[]; readonly answer?: unknown; readonly failure?: string }

/** Asks what a process at the other end of Node's channel knows or can do; what fails there fails here, and so does all once it is gone. */
export type Ask = (what: string, ...values: readonly unknown[]) => Promise<unknown>

/** Opens a channel in both directions. */
export function wireTo(port: Port, answers: Answers): Ask {
  const open = new Map<number, { readonly resolve: (answer: unknown) => void; readonly reject: (cause: Error) => void }>()
  let last = 0
  port.on("message", (message) => {
    const { n, what, values = [], answer, failure } = message as Message
    if (what !== undefined) {
      void (async () => answers[what]?.(...(values as never[])))().then(
        (done) => port.send?.({ n, answer: done }),
        (cause: Error) => port.send?.({ n, failure: cause.stack ?? cause.message }),
      )
      return
    }
    const asked = open.get(n)
    open.delete(n)
    if (failure === undefined) asked?.resolve(answer)
    else asked?.reject(new Error(failure))
  })
  port.on("disconnect", () => {
    for (const { reject } of open.values()) reject(new Error("the other process is gone"))
    open.clear()
  })
  return (what, ...values) =>
    new Promise((resolve, reject) => {
      last += 1
      open.set(last, { resolve, reject })
      port.send?.({ n: last, what, values })
    })
}
