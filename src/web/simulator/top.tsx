import { PersonIcon, ShieldIcon } from "./icons.tsx"

/** The head of the page: what it is, that it is harmless, and how to begin anew. */
export function Top({ persons, renew }: { readonly persons: number; readonly renew: () => void }) {
  return (
    <header class="top">
      <div class="title">
        <h1>One conversation, three phones</h1>
        <p>What a person sees when she writes to the helpline.</p>
      </div>
      <p class="banner">
        <ShieldIcon /> Simulator: nothing here reaches a real phone.
      </p>
      <button type="button" class="button renew" onClick={renew}>
        <PersonIcon /> New person
      </button>
      <p class="hidden" role="status">
        {persons > 1 ? `Person ${persons}: three new phones, nothing written yet.` : ""}
      </p>
    </header>
  )
}
