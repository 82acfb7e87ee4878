import type { Server } from "node:http"
import { connect, type AddressInfo, type Socket } from "node:net"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { telegramDoor } from "../../src/bots/telegram.ts"
import { twilioMessageDoor, twilioStatusDoor } from "../../src/bots/twilio.ts"
import { createLog } from "../../src/log.ts"
import { closeDoors, openDoors } from "../support/doors.ts"
import { SECRET, TOKEN } from "../support/telegram.ts"

let server: Server
let taken: string[]
let sockets: Socket[]
beforeEach(async () => {
  taken = []
  sockets = []
  const log = createLog(() => {})
  const receive = async ({ deliveryId }: { readonly deliveryId: string }) => {
    taken.push(deliveryId)
    return "taken" as const
  }
  const twilio = {
    settings: {
      accountSid: "AC",
      authToken: "t",
      smsFrom: undefined,
      messagingServiceSid: undefined,
      whatsappFrom: undefined,
      apiRoot: undefined,
      smsSegmentsPerSecond: 1,
      whatsappPerSecond: 1,
    },
    publicUrl: "https://help.example.org",
    log,
    receive,
  }
  server = await openDoors(
    new Map([
      ["POST /telegram", telegramDoor({ settings: { token: TOKEN, webhookSecret: SECRET, apiRoot: "http://127.0.0.1:9", perSecond: 30 }, receive, log })],
      ["POST /twilio/message", twilioMessageDoor(twilio)],
      ["POST /twilio/status", twilioStatusDoor({ ...twilio, report: async () => true })],
    ]),
  )
})
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await closeDoors(server)
})

const port = () => (server.address() as AddressInfo).port

/** A raw connection: what it is told, and when it ended. */
function knock(...pieces: readonly (string | Buffer)[]) {
  const began = performance.now()
  let heard = ""
  const socket = connect(port(), "127.0.0.1")
  sockets.push(socket)
  const answered = Promise.withResolvers<string>()
  const ended = Promise.withResolvers<number>()
  socket.setEncoding("latin1").on("data", (text: string) => {
    heard += text
    answered.resolve(heard.split("\r\n")[0] ?? "")
  })
  socket.on("error", () => {})
  socket.on("close", () => {
    ended.resolve(performance.now() - began)
    answered.resolve(heard.split("\r\n")[0] ?? "")
  })
  for (const piece of pieces) socket.write(piece)
  return { socket, answered: answered.promise, ended: ended.promise }
}
const head = (path: string, length: number, ...more: readonly string[]) =>
  `${[`POST ${path} HTTP/1.1`, "host: help.example.org", "content-type: application/json", `content-length: ${length}`, ...more].join("\r\n")}\r\n\r\n`
const MIB = 1024 * 1024
const secret = (value: string) => `x-telegram-bot-api-secret-token: ${value}`
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe("headers are looked at before a body is read", () => {
  for (const [title, path, ...more] of [
    ["no secret", "/telegram"],
    ["a wrong secret", "/telegram", secret(`${SECRET.slice(0, -1)}x`)],
    ["an empty secret", "/telegram", secret("")],
    ["no signature of a message", "/twilio/message"],
    ["no signature of a status", "/twilio/status?id=1"],
    ["an empty signature", "/twilio/message", "x-twilio-signature:"],
  ] as const) {
    test(`${title}: 403 while the body is still to come`, async () => {
      const { answered } = knock(head(path, 1000, ...more), "{")
      expect(await Promise.race([answered, pause(2000)])).toBe("HTTP/1.1 403 Forbidden")
    })
  }

  test("the right secret opens, also when the body comes in pieces", async () => {
    const body = JSON.stringify({ update_id: 7, message: { message_id: 1, date: 0, chat: { id: 7, type: "private" }, text: "hi" } })
    const { socket, answered } = knock(head("/telegram", body.length, secret(SECRET)), body.slice(0, 10))
    await pause(100)
    socket.write(body.slice(10))
    expect(await answered).toBe("HTTP/1.1 200 OK")
    expect(taken).toEqual(["update:7"])
  })

  test("what follows a body that nobody read is read as the next request", async () => {
    const { socket, answered, ended } = knock(head("/telegram", 200_000), Buffer.alloc(200_000, "x"))
    expect(await answered).toBe("HTTP/1.1 403 Forbidden")
    let heard = ""
    socket.on("data", (text: string) => (heard += text))
    socket.write("GET /healthz HTTP/1.1\r\nhost: help.example.org\r\nconnection: close\r\n\r\n")
    await ended
    expect(heard).toContain("200 OK")
  })
})

describe("bodies that nobody has vouched for fill no memory", () => {
  // Only what is still held counts: what the young heap hasn't swept yet says more of the machine than of the house.
  setFlagsFromString("--expose-gc")
  const sweep = runInNewContext("gc") as () => void
  const held = () => {
    sweep()
    const { heapUsed, external } = process.memoryUsage()
    return (heapUsed + external) / MIB
  }

  test("hundreds of connections, each one byte short of a mebibyte, hold little, and a real update is taken meanwhile", async () => {
    const before = held()
    const body = Buffer.alloc(MIB - 1, "x")
    const crowd: ReturnType<typeof knock>[] = []
    for (let n = 0; n < 300; n++) {
      crowd.push(knock(head("/twilio/message", MIB, "x-twilio-signature: x"), body))
      // Not faster than they are read: what waits in the sockets' own buffers is the test's, not the house's.
      if (n % 20 === 19) await pause(100)
    }
    await pause(1500)
    expect(held() - before).toBeLessThan(150)
    const update = JSON.stringify({ update_id: 8, message: { message_id: 1, date: 0, chat: { id: 7, type: "private" }, text: "hi" } })
    expect(await knock(head("/telegram", update.length, secret(SECRET)), update).answered).toBe("HTTP/1.1 200 OK")
    expect(await crowd.at(-1)?.answered).toBe("HTTP/1.1 503 Service Unavailable")
    // Once they are gone, a large body finds room again.
    for (const { socket } of crowd) socket.destroy()
    await Promise.all(crowd.map(({ ended }) => ended))
    await pause(200)
    const large = JSON.stringify({ update_id: 9, pad: "" }).padEnd(MIB, " ")
    expect(await knock(head("/telegram", MIB, secret(SECRET)), large).answered).toBe("HTTP/1.1 200 OK")
  })

  test("a body that comes one byte at a time holds little", async () => {
    const before = held()
    const drops = Buffer.from("1\r\nx\r\n".repeat(60_000))
    const chunked = "POST /twilio/message HTTP/1.1\r\nhost: x\r\nx-twilio-signature: x\r\ntransfer-encoding: chunked\r\n\r\n"
    const crowd = Array.from({ length: 50 }, () => knock(chunked, drops))
    await pause(2500)
    expect(held() - before).toBeLessThan(100)
    for (const { socket } of crowd) socket.destroy()
  })

  test("there is an end to connections", async () => {
    expect(server.maxConnections).toBeGreaterThanOrEqual(256)
    expect(server.maxConnections).toBeLessThanOrEqual(2048)
    server.maxConnections = 3
    const crowd = [1, 2, 3].map(() => knock("POST"))
    await pause(100)
    const late = knock("GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n")
    expect(await Promise.race([late.ended, pause(2000)])).toBeLessThan(2000)
    expect(await late.answered).toBe("")
    for (const { socket } of crowd) socket.destroy()
  })

  test("headers have ten seconds, a request has fifteen", async () => {
    const slowHead = knock("POST /telegram HTTP/1.1\r\nhost: x\r\n")
    const slowBody = knock(head("/twilio/message", 1000, "x-twilio-signature: x"), "{")
    const unread = knock(head("/twilio/message", 1000), "{")
    const trickle = setInterval(() => {
      for (const { socket } of [slowBody, unread]) if (!socket.destroyed) socket.write(" ")
      if (!slowHead.socket.destroyed) slowHead.socket.write("x: y\r\n")
    }, 500)
    const [head10, body15, unread15] = await Promise.all([slowHead.ended, slowBody.ended, unread.ended])
    clearInterval(trickle)
    expect(head10).toBeGreaterThan(9500)
    expect(head10).toBeLessThan(12_500)
    for (const ms of [body15, unread15]) {
      expect(ms).toBeGreaterThan(14_500)
      expect(ms).toBeLessThan(17_500)
    }
  }, 60_000)
})
