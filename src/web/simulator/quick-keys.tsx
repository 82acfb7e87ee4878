/** The words that work everywhere in a conversation, and what each does. */
const KEYS = [
  ["MENU", "the list"],
  ["0", "urgent"],
  ["EXIT", "leave at once"],
  ["FORGET", "erase all"],
  ["STOP", "no more texts"],
  ["START", "texts again"],
  ["HELP", "who we are"],
] as const

/** Those words, at one tap. */
export function QuickKeys({ send }: { readonly send: (text: string) => void }) {
  return (
    <ul class="keys" aria-label="Words that work everywhere">
      {KEYS.map(([word, does]) => (
        <li key={word}>
          <button type="button" onClick={() => send(word)}>
            <strong>{word}</strong>
            <span>{does}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
