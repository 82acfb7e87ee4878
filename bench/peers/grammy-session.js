import { session } from "grammy"
import { next, replies } from "./dialogue.js"
import { bot, start } from "./grammy.js"
import { keyValue } from "./shared.js"

bot.use(session({ initial: () => ({}), storage: await keyValue() }))
bot.on("message:text", async (ctx) => {
  const place = next(ctx.session.place, ctx.message.text)
  ctx.session.place = place
  const { text, keyboard } = replies[place]
  await ctx.reply(text, { reply_markup: keyboard })
})
await start()
