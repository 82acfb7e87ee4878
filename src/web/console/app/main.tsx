import { render } from "preact"
import { App } from "./app.tsx"
import { keeper } from "./reports/keeper.ts"
import { createStation } from "./station.ts"

/** What a link carries stands behind the #, which no server sees; it doesn't stay in the address. */
function whereTo(): { readonly token: string | null; readonly slack: string | null; readonly chat: string | null } {
  const { hash } = location
  const found = {
    token: /^#(?:\/link\/|invite=)([\w-]+)$/.exec(hash)?.[1] ?? null,
    slack: /^#\/slack\/([\w-]+)$/.exec(hash)?.[1] ?? null,
    chat: /^#\/chat\/([\w-]+)$/.exec(hash)?.[1] ?? null,
  }
  if (found.token !== null || found.slack !== null || found.chat !== null) history.replaceState(null, "", location.pathname)
  return found
}

const place = document.getElementById("page")
if (place !== null) {
  const station = createStation()
  const { token, slack, chat } = whereTo()
  render(<App station={station} token={token} slack={slack} chat={chat} />, place)
  // What a browser keeps of a page for the way back shows nothing; coming back begins anew.
  addEventListener("pagehide", () => {
    station.leave()
    keeper.lock()
    render(null, place)
  })
  addEventListener("pageshow", (event) => event.persisted && location.reload())
}
