import { useState } from "preact/hooks"
import type { ComponentChildren } from "preact"
import * as api from "./api.ts"
import type { NotIn } from "./api.ts"
import { Field } from "./field.tsx"
import { answerOf, canUsePasskeys } from "./passkey.ts"
import { LanguageSwitch } from "./top.tsx"
import { useWords, type Words } from "./words.ts"

/** Name and password, then six digits; or a passkey. `setUp` is for an account whose second step was never made. */
export function SignIn({ done, setUp }: { readonly done: () => void; readonly setUp: (password: string) => void }) {
  const words = useWords()
  const [step, setStep] = useState<"name" | "code">("name")
  const [userName, setUserName] = useState("")
  const [password, setPassword] = useState("")
  const [code, setCode] = useState("")
  const [trouble, setTrouble] = useState<NotIn | null>(null)
  const [busy, setBusy] = useState(false)

  const attempt = async (doing: () => Promise<NotIn | null>) => {
    if (busy) return
    setBusy(true)
    setTrouble(null)
    setTrouble(await doing())
    setBusy(false)
  }
  const first = () =>
    attempt(async () => {
      const answer = await api.signIn(userName.trim(), password)
      if (!answer.ok) return answer.why
      if (answer.next === "set-up") setUp(password)
      else setStep("code")
      return null
    })
  const second = () =>
    attempt(async () => {
      const answer = await api.secondStep(code.replace(/\s/g, ""))
      setCode("")
      if (!answer.ok) return answer.why
      done()
      return null
    })
  const passkey = () =>
    attempt(async () => {
      const question = await api.passkeyQuestion()
      if (!question.ok) return "passkey"
      const response = await answerOf(question.options)
      if (response === undefined) return "passkey"
      const answer = await api.byPasskey(response)
      if (answer.ok) done()
      return answer.ok ? null : "passkey"
    })

  if (step === "code")
    return (
      <Door title={words.signIn.codeTitle} hint={words.signIn.codeHint} trouble={trouble === "wrong" ? words.signIn.wrongCode : troubleIn(words, trouble)} enter={second}>
        <Field
          key="code"
          label={words.signIn.code}
          class="code"
          first
          dir="ltr"
          autocomplete="one-time-code"
          autocapitalize="none"
          spellcheck={false}
          maxLength={24}
          required
          value={code}
          change={setCode}
        />
        <button type="submit" class="button" disabled={busy}>
          {words.signIn.enter}
        </button>
        <button
          type="button"
          class="link"
          onClick={() => {
            setStep("name")
            setPassword("")
            setTrouble(null)
          }}
        >
          {words.signIn.again}
        </button>
      </Door>
    )
  return (
    <Door title={words.signIn.title} trouble={troubleIn(words, trouble)} enter={first}>
      <Field
        key="name"
        label={words.signIn.name}
        first
        dir="auto"
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        required
        value={userName}
        change={setUserName}
      />
      <Field label={words.signIn.password} type="password" dir="ltr" autocomplete="current-password" required value={password} change={setPassword} />
      <button type="submit" class="button" disabled={busy}>
        {words.signIn.next}
      </button>
      {canUsePasskeys() && (
        <button type="button" class="button quiet" disabled={busy} onClick={() => void passkey()}>
          {words.signIn.passkey}
        </button>
      )}
    </Door>
  )
}

type DoorProps = { readonly title: string; readonly hint?: string; readonly trouble: string | null; readonly enter: () => Promise<void>; readonly children: ComponentChildren }

/** A quiet page with one form on it. */
export function Door({ title, hint, trouble, enter, children }: DoorProps) {
  const words = useWords()
  return (
    <main class="door">
      <form
        class="door-card"
        onSubmit={(event) => {
          event.preventDefault()
          void enter()
        }}
      >
        <header>
          <p class="aside">{words.console}</p>
          <LanguageSwitch />
        </header>
        <h1>{title}</h1>
        {hint !== undefined && <p class="hint">{hint}</p>}
        {children}
        <p class="door-trouble" role="alert">
          {trouble}
        </p>
      </form>
    </main>
  )
}

/** What stood in the way, in words. */
export function troubleIn(words: Words, why: NotIn | null): string | null {
  if (why === null) return null
  const { signIn, setUp } = words
  const atTheDoor: Partial<Record<NotIn, string>> = {
    "slow-down": signIn.slow,
    link: setUp.badInvite,
    gone: setUp.badInvite,
    "alias-taken": setUp.aliasTaken,
    "name-taken": setUp.nameTaken,
    unreadable: setUp.unreadable,
    passkey: signIn.passkeyFailed,
    wrong: signIn.wrong,
    "signed-out": signIn.wrong,
  }
  return atTheDoor[why] ?? words.why[why] ?? null
}
