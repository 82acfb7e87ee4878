import { useState } from "preact/hooks"
import { Account } from "./account.tsx"
import type { Myself } from "./api.ts"
import { CampaignsPage } from "./campaigns/campaigns-page.tsx"
import { ModerationPage } from "./campaigns/moderation-page.tsx"
import { Frame } from "./frame.tsx"
import { KeySheet } from "./key-sheet.tsx"
import { placeKeys, useKeys } from "./keys.ts"
import { NumbersPage } from "./numbers-page.tsx"
import { placesFor, usePlace } from "./place.ts"
import { ReportsPage } from "./reports/reports-page.tsx"
import { ReleasesPage } from "./releases/releases-page.tsx"
import { StaffPage } from "./staff-page.tsx"
import type { State } from "./state.ts"

/** The console of somebody without a desk: admins, and those whose work is still to come. */
export function OfficePage({ state, myself, signOut }: { readonly state: State; readonly myself: Myself; readonly signOut: () => void }) {
  const places = placesFor(myself.roles)
  const [place, go] = usePlace(places)
  const [sheet, setSheet] = useState<"keys" | "account" | null>(null)
  useKeys({ ...placeKeys(places, go), "?": () => setSheet("keys") })
  return (
    <>
      <Frame
        state={state}
        places={places}
        place={place}
        go={go}
        self={<bdi class="my-alias">{myself.alias}</bdi>}
        keys={() => setSheet("keys")}
        account={() => setSheet("account")}
        signOut={signOut}
      >
        <div class="pane middle">
          {place === "reports" && <ReportsPage me={myself.id} alias={myself.alias} />}
          {place === "numbers" && <NumbersPage timeZone={myself.timeZone} />}
          {place === "releases" && <ReleasesPage />}
          {place === "moderation" && <ModerationPage />}
          {place === "campaigns" && <CampaignsPage mayStop={myself.roles.includes("admin")} />}
          {place === "staff" && <StaffPage me={myself.id} />}
        </div>
      </Frame>
      {sheet === "keys" && <KeySheet desk={false} places={places} close={() => setSheet(null)} />}
      {sheet === "account" && <Account close={() => setSheet(null)} />}
    </>
  )
}
