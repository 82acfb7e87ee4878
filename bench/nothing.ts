/** The null server: answers each webhook at once and sends a fixed reply. It shows how much load the generator can give. */
import { Poster, serve } from "./http.ts"

const { PORT, TELEGRAM_API_ROOT = "", TELEGRAM_BOT_TOKEN } = process.env
const telegram = new Poster(Number(new URL(TELEGRAM_API_ROOT).port))
const path = `/bot${TELEGRAM_BOT_TOKEN}/sendMessage`
const words = "x".repeat(150)

await serve(Number(PORT), (at, body) => {
  if (at === "/telegram") {
    const chat = /"chat":\{"id":(\d+)/.exec(body)?.[1]
    telegram.post(path, "", `{"chat_id":${chat},"text":"${words}"}`, () => {})
  }
  return ""
})
