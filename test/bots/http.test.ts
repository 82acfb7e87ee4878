import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { afterEach, describe, expect, test } from "vitest"
import { call, closeConnections, neverArrived } from "../../src/bots/http.ts"

let server: Server | undefined
let sockets = 0
afterEach(async () => {
  await closeConnections()
  server?.closeAllConnections()
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)))
  server = undefined
})

/** A provider that treats every call in one way; answers with its address. */
async function provider(treat: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  sockets = 0
  server = createServer(treat).on("connection", () => sockets++)
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/path?a=b`
}

const post = (url: string, timeoutMs = 10_000, more: object = {}) => call(url, { method: "POST", headers: { "content-type": "text/plain" }, body: "hi", timeoutMs, ...more })
const failed = (promise: Promise<unknown>) =>
  promise.then(
    () => {
      throw new Error("it was answered")
    },
    (cause: unknown) => cause,
  )

/** Headers, and then one byte every 50 milliseconds. */
function trickle(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200).write("x")
  const timer = setInterval(() => response.write("x"), 50)
  response.on("close", () => clearInterval(timer))
}

test("a call brings method, path, headers and body, and gives back status and text", async () => {
  const url = await provider((request, response) => {
    const chunks: Buffer[] = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("end", () => response.writeHead(201).end(JSON.stringify([request.method, request.url, request.headers["content-type"], Buffer.concat(chunks).toString(), "آپ"])))
  })
  for (let n = 0; n < 9; n++) expect(await post(url)).toMatchObject({ status: 201, text: JSON.stringify(["POST", "/path?a=b", "text/plain", "hi", "آپ"]) })
  expect(sockets).toBeLessThan(5)
})

test("characters that are cut between two pieces of the body are whole", async () => {
  const bytes = Buffer.from("آپ محفوظ ہیں")
  const url = await provider((_, response) => {
    response.writeHead(200)
    for (const byte of bytes) response.write(Buffer.of(byte))
    response.end()
  })
  expect((await post(url)).text).toBe("آپ محفوظ ہیں")
})

describe("a call has an end", () => {
  test("one that gets a byte now and then fails after its whole time, and may have arrived", async () => {
    const url = await provider(trickle)
    const began = performance.now()
    const cause = await failed(post(url, 600))
    expect(performance.now() - began).toBeLessThan(2000)
    expect(performance.now() - began).toBeGreaterThanOrEqual(590)
    expect(cause).toMatchObject({ code: "timed-out" })
    expect(neverArrived(cause)).toBe(false)
  })

  test("one that is never answered fails after its time, others go on", async () => {
    const url = await provider((request, response) => void (request.method === "POST" || response.end("quick")))
    const silent = failed(post(url, 600))
    expect((await call(url, { method: "GET", headers: {}, timeoutMs: 10_000 })).text).toBe("quick")
    expect(await silent).toMatchObject({ code: "timed-out" })
  })

  test("one that found no free connection in its time has never arrived", async () => {
    const url = await provider(() => {})
    const held = Array.from({ length: 128 }, () => failed(post(url, 3000)))
    const late = await failed(post(url, 500))
    expect(late).toMatchObject({ code: "timed-out" })
    expect(neverArrived(late)).toBe(true)
    for (const cause of await Promise.all(held)) expect(neverArrived(cause)).toBe(false)
  })

  test("a signal ends a call that waits, and one that is given up already isn't made", async () => {
    let asked = 0
    const url = await provider(() => asked++)
    const controller = new AbortController()
    const poll = failed(post(url, 35_000, { signal: controller.signal }))
    setTimeout(() => controller.abort(), 100)
    const began = performance.now()
    await poll
    await failed(post(url, 35_000, { signal: controller.signal }))
    expect(performance.now() - began).toBeLessThan(1000)
    expect(asked).toBe(1)
  })
})

describe("a body has a limit", () => {
  const large = (told: boolean, size: number) => (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(200, told ? { "content-length": size } : {})
    for (let left = size; left > 0; left -= 65_536) response.write(Buffer.alloc(Math.min(left, 65_536), "x"))
    response.end()
  }

  test("a mebibyte is read", async () => {
    expect((await post(await provider(large(false, 1024 * 1024)))).text).toHaveLength(1024 * 1024)
  })

  for (const told of [true, false]) {
    test(`more isn't, its length ${told ? "told" : "not told"}, and may have arrived`, async () => {
      const cause = await failed(post(await provider(large(told, 1024 * 1024 + 1))))
      expect(cause).toMatchObject({ code: "too-large" })
      expect(neverArrived(cause)).toBe(false)
    })
  }

  test("who expects more may say so", async () => {
    expect((await post(await provider(large(false, 3 * 1024 * 1024)), 10_000, { maxBytes: 4 * 1024 * 1024 })).text).toHaveLength(3 * 1024 * 1024)
  })
})

describe("closing the connections", () => {
  test("makes calls under way fail at once; later ones open new connections", async () => {
    let hang = true
    const url = await provider((request, response) => (hang ? (request.headers["x-trickle"] === undefined ? undefined : trickle(request, response)) : void response.end("hello")))
    const calls = [failed(post(url)), failed(call(url, { method: "POST", headers: { "x-trickle": "1" }, timeoutMs: 10_000 }))]
    await new Promise((resolve) => setTimeout(resolve, 200))
    const began = performance.now()
    await closeConnections()
    for (const cause of await Promise.all(calls)) {
      expect(cause).toMatchObject({ code: "cut-off" })
      expect(neverArrived(cause)).toBe(false)
    }
    expect(performance.now() - began).toBeLessThan(200)
    hang = false
    expect((await post(url)).text).toBe("hello")
  })

  test("a call that still waited for a connection is known not to have arrived", async () => {
    const url = await provider(() => {})
    const held = Array.from({ length: 128 }, () => failed(post(url)))
    const queued = failed(post(url))
    await new Promise((resolve) => setTimeout(resolve, 300))
    await closeConnections()
    expect(neverArrived(await queued)).toBe(true)
    for (const cause of await Promise.all(held)) expect(neverArrived(cause)).toBe(false)
  })
})

describe("whether a call has arrived", () => {
  test("nobody listens: it hasn't", async () => {
    const url = await provider(() => {})
    await new Promise((resolve) => server?.close(resolve))
    server = undefined
    expect(neverArrived(await failed(post(url)))).toBe(true)
  })

  test("no such host: it hasn't", async () => {
    expect(neverArrived(await failed(post("http://nobody.invalid/")))).toBe(true)
  })

  test("the connection broke before an answer: it may have", async () => {
    expect(neverArrived(await failed(post(await provider((request) => request.socket.destroy()))))).toBe(false)
  })

  test("the connection broke in the middle of an answer: it may have", async () => {
    const url = await provider((request, response) => {
      response.writeHead(200, { "content-length": 100 }).write("x")
      setTimeout(() => request.socket.destroy(), 50)
    })
    expect(neverArrived(await failed(post(url)))).toBe(false)
  })
})
