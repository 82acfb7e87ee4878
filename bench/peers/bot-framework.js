import { ActivityTypes, BotAdapter, ConversationState, TurnContext } from "botbuilder"
import { Dialog, DialogSet, WaterfallDialog } from "botbuilder-dialogs"
import { Pool } from "undici"
import { replies } from "./dialogue.js"
import { keyValue, listenForUpdates, TELEGRAM_API_ROOT, TELEGRAM_BOT_TOKEN } from "./shared.js"

const telegram = new Pool(TELEGRAM_API_ROOT, { connections: 128 })
const state = await keyValue()

/** Bot Framework reads and writes by lists of keys; here they always hold one. `eTag` is "*": the last write wins. */
const storage = {
  async read(keys) {
    const items = {}
    for (const key of keys) items[key] = await state.read(key)
    return items
  },
  async write(changes) {
    for (const [key, value] of Object.entries(changes)) await state.write(key, value)
  },
  async delete(keys) {
    for (const key of keys) await state.delete(key)
  },
}

/** Telegram updates to activities, and back. */
class TelegramAdapter extends BotAdapter {
  async process({ message }, logic) {
    if (message?.text === undefined) return
    const activity = {
      type: ActivityTypes.Message,
      channelId: "telegram",
      id: String(message.message_id),
      timestamp: new Date(message.date * 1000),
      conversation: { id: String(message.chat.id), isGroup: false },
      from: { id: String(message.from.id), name: message.from.first_name },
      recipient: { id: "bot" },
      text: message.text,
    }
    const context = new TurnContext(this, activity)
    await this.runMiddleware(context, logic)
  }

  sendActivities(_, activities) {
    return Promise.all(activities.map(send))
  }
}

async function send({ conversation, text, suggestedActions }) {
  const row = suggestedActions.actions.map(({ title, value }) => ({ text: title, callback_data: value }))
  const { body } = await telegram.request({
    path: `/bot${TELEGRAM_BOT_TOKEN}/sendMessage`,
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ chat_id: conversation.id, text, reply_markup: { inline_keyboard: [row] } }),
  })
  const { ok, description, result } = await body.json()
  if (!ok) throw new Error(description)
  return { id: String(result.message_id) }
}

function say(step, place) {
  const { text, buttons } = replies[place]
  const actions = buttons.map(({ text, data }) => ({ type: "imBack", title: text, value: data }))
  return step.context.sendActivity({ type: ActivityTypes.Message, text, suggestedActions: { to: [], actions } })
}

function ask(place) {
  return async (step) => {
    if (step.context.activity.text === "menu") return close(step)
    await say(step, place)
    return Dialog.EndOfTurn
  }
}

async function close(step) {
  await say(step, "menu")
  return step.endDialog()
}

const conversationState = new ConversationState(storage)
const dialogs = new DialogSet(conversationState.createProperty("dialogs"))
dialogs.add(new WaterfallDialog("helpline", [...["hello", "menu", "topic", "first", "second"].map(ask), close]))

const adapter = new TelegramAdapter()
const turn = async (context) => {
  const dialog = await dialogs.createContext(context)
  const { status } = await dialog.continueDialog()
  if (status === "empty") await dialog.beginDialog("helpline")
  await conversationState.saveChanges(context)
}
listenForUpdates((update) => adapter.process(update, turn))
