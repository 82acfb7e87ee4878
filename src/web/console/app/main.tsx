import { render } from "preact"
import { App } from "./app.tsx"
import { createStation } from "./station.ts"

/** A link's token stands behind the #, which no server sees; it doesn't stay in the address. */
function tokenOf(): string | null {
  const token = /^#(?:\/link\/|invite=)([\w-]+)$/.exec(location.hash)?.[1] ?? null
  if (token !== null) history.replaceState(null, "", location.pathname)
  return token
}

const place = document.getElementById("page")
if (place !== null) {
  const station = createStation()
  render(<App station={station} token={tokenOf()} />, place)
  // What a browser keeps of a page for the way back shows nothing; coming back begins anew.
  addEventListener("pagehide", () => {
    station.leave()
    render(null, place)
  })
  addEventListener("pageshow", (event) => event.persisted && location.reload())
}
