import { useState } from "preact/hooks"
import { SendIcon } from "./icons.tsx"
import { scriptOf } from "./words.ts"

/** A field and its send button. */
export function Composer({ label, hint, send, big = false }: { readonly label: string; readonly hint: string; readonly send: (text: string) => void; readonly big?: boolean }) {
  const [text, setText] = useState("")
  return (
    <form
      class={big ? "composer big" : "composer"}
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() === "") return
        send(text)
        setText("")
      }}
    >
      <input
        type="text"
        dir="auto"
        lang={scriptOf(text)}
        aria-label={label}
        placeholder={hint}
        value={text}
        maxLength={4096}
        autocomplete="off"
        enterkeyhint="send"
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" aria-label={`Send: ${label}`}>
        <SendIcon />
      </button>
    </form>
  )
}
