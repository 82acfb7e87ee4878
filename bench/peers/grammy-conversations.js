import { conversations, createConversation } from "@grammyjs/conversations"
import { next, replies } from "./dialogue.js"
import { bot, start } from "./grammy.js"
import { keyValue } from "./shared.js"

/** One round through the dialogue; it ends back in the menu, which keeps the log that is replayed for each turn short. */
async function helpline(conversation, ctx) {
  for (let place = next(undefined, ctx.message.text); ; place = next(place, ctx.message.text)) {
    const { text, keyboard } = replies[place]
    await ctx.reply(text, { reply_markup: keyboard })
    if (ctx.message.text === "menu") return
    ctx = await conversation.wait()
  }
}

bot.use(conversations({ storage: { type: "key", adapter: await keyValue() } }))
bot.use(createConversation(helpline))
bot.on("message:text", (ctx) => ctx.conversation.enter("helpline"))
await start()
