import { render } from "preact"
import { App } from "./app.tsx"
import { createStation } from "./station.ts"

/** A link's token, and where else a link leads, stand behind the #, which no server sees; they don't stay in the address. */
function whereTo(): { readonly token: string | null; readonly slack: string | null; readonly chat: string | null } {
  const { hash } = location
  if (hash !== "") history.replaceState(null, "", location.pathname)
  return {
    token: /^#(?:\/link\/|invite=)([\w-]+)$/.exec(hash)?.[1] ?? null,
    slack: /^#\/slack\/([\w-]+)$/.exec(hash)?.[1] ?? null,
    chat: /^#\/chat\/([\w-]+)$/.exec(hash)?.[1] ?? null,
  }
}

const place = document.getElementById("page")
if (place !== null) {
  const station = createStation()
  const { token, slack, chat } = whereTo()
  render(<App station={station} token={token} slack={slack} chat={chat} />, place)
  // What a browser keeps of a page for the way back shows nothing; coming back begins anew.
  addEventListener("pagehide", () => {
    station.leave()
    render(null, place)
  })
  addEventListener("pageshow", (event) => event.persisted && location.reload())
}
