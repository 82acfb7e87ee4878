import { Dialog } from "./dialog.tsx"
import { useWords } from "./words.ts"

/** All keys. */
export function KeySheet({ close }: { readonly close: () => void }) {
  const words = useWords()
  const { keySheet } = words
  const groups: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
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
        ["b", keySheet.blur],
        ["Esc", keySheet.esc],
        ["?", keySheet.help],
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
  return (
    <Dialog title={keySheet.title} hint={keySheet.hint} close={close} tone="tall">
      {groups.map(([title, keys]) => (
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
