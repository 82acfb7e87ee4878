import { render } from "preact"
import { createDesk } from "./desk.ts"
import { Page } from "./page.tsx"

const place = document.getElementById("page")
if (place !== null) render(<Page desk={createDesk()} />, place)
