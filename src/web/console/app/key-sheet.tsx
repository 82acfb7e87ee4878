import { Dialog } from "./dialog.tsx"
import type { Place } from "./place.ts"
import { useWords } from "./words.ts"

type Group = readonly [string, readonly (readonly [string, string])[]]

/** All keys, as far as they do something here. */
export function KeySheet({ desk, places, close }: { readonly desk: boolean; readonly places: readonly Place[]; readonly close: () => void }) {
  const words = useWords()
  const { keySheet } = words
  const everywhere = [...(places.length > 1 ? ([[`1 – ${places.length}`, keySheet.places]] as const) : []), ["?", keySheet.help]] as const
  const ofDesk: readonly Group[] = [
    [
      keySheet.anywhere,
      [
        ["j", keySheet.next],
        ["k", keySheet.previous],
        ["Enter", keySheet.open],
        ["c", keySheet.claim],
        ["r", keySheet.reply],
        ["n", keySheet.note],
        ["t", keySheet.transfer],
        ["s", keySheet.supervisor],
        ["h", keySheet.hard],
        ["b", keySheet.blur],
        ["Esc", keySheet.esc],
        ...everywhere,
      ],
    ],
    [
      keySheet.inReply,
      [
        ["Enter", keySheet.send],
        ["Shift+Enter", keySheet.newLine],
      ],
    ],
    [
      keySheet.inNote,
      [
        ["Ctrl+Enter", keySheet.keepNote],
        ["Enter", keySheet.newLine],
      ],
    ],
  ]
  const { keySheet: ofReports } = words.reports
  const reports: readonly Group[] = places.includes("reports")
    ? [
        [
          words.nav.reports,
          [
            ["j", ofReports.next],
            ["k", ofReports.previous],
            ["Enter", ofReports.open],
            ["l", ofReports.lock],
            ["Esc", ofReports.back],
          ],
        ],
      ]
    : []
  const moderation: readonly Group[] = places.includes("moderation")
    ? [
        [
          words.nav.moderation,
          [
            ["j", keySheet.next],
            ["k", keySheet.previous],
            ["b", keySheet.blur],
          ],
        ],
      ]
    : []
  return (
    <Dialog title={keySheet.title} hint={keySheet.hint} close={close} tone="tall">
      {[...(desk ? ofDesk : ([[keySheet.anywhere, [...everywhere, ["Esc", keySheet.closes]]]] satisfies readonly Group[])), ...reports, ...moderation].map(([title, keys]) => (
        <section key={title} class="key-group">
          <h3>{title}</h3>
          <dl class="keys">
            {keys.map(([key, does]) => (
              <div key={key}>
                <dt>
                  <kbd dir="ltr">{key}</kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  )
}
