/** The conversation every peer holds: a hello that asks about safety, a menu, a topic and two steps. */
const words = {
  hello:
    "Hello. You write with people who help. Before we begin: is this phone yours alone, and are you safe to read and to write here right now?",
  menu: "What is it about? Choose one of the topics below, by its button or by its number. You can write menu at any time to come back to this list.",
  topic:
    "Somebody reads along. There are a few things to look at together, one after the other, at your pace. Shall we look at your accounts at first?",
  first:
    "Open the list of devices in the settings of your account. Every device that is signed in is listed there. Is there one that you do not know?",
  second:
    "Sign that device out, and after that change your password at once to one that nobody near you could guess. Would you like to see the next step?",
}

const buttons = ["One", "Two", "Menu"].map((text, at) => ({ text: `${at + 1} ${text}`, data: `${at + 1}` }))

/** Bot API names, ready to be sent. */
const keyboard = { inline_keyboard: [buttons.map(({ text, data }) => ({ text, callback_data: data }))] }

export const places = Object.keys(words)
export const replies = Object.fromEntries(places.map((place) => [place, { text: words[place], keyboard, buttons }]))

/** Where a text leads from a place; undefined is where everybody starts. */
export function next(place, text) {
  if (place === undefined || text === "hi") return "hello"
  if (text === "menu") return "menu"
  return places[(places.indexOf(place) + 1) % places.length]
}
