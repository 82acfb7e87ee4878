import { useEffect, useState } from "preact/hooks"
import * as api from "./api.ts"
import type { NotIn } from "./api.ts"
import { Field } from "./field.tsx"
import { QrCode } from "./qr-code.tsx"
import { Door, troubleIn } from "./sign-in.tsx"
import { useWords } from "./words.ts"

/** From a link to a whole account: name, alias and password; the authenticator; the recovery codes. Without a link it begins at the authenticator. */
export function SetUp({ token, password: known, done }: { readonly token: string | null; readonly password: string; readonly done: () => void }) {
  const words = useWords()
  const [kind, setKind] = useState<"first" | "invitation" | "reset" | "known" | null>(token === null ? "known" : null)
  const [userName, setUserName] = useState("")
  const [alias, setAlias] = useState("")
  const [password, setPassword] = useState(known)
  const [totp, setTotp] = useState<{ readonly uri: string; readonly recoveryCodes: readonly string[] } | null>(null)
  const [code, setCode] = useState("")
  const [whole, setWhole] = useState(false)
  const [written, setWritten] = useState(false)
  const [trouble, setTrouble] = useState<NotIn | null>(null)

  useEffect(() => {
    if (token !== null) void api.openLink(token).then((answer) => (answer.ok ? setKind(answer.kind) : setTrouble(answer.why === "unreachable" ? "unreachable" : "link")))
    else void authenticator()
  }, [])

  async function authenticator(): Promise<void> {
    const answer = await api.beginTotp(password)
    if (answer.ok) setTotp(answer)
    else setTrouble(answer.why)
  }
  async function join(): Promise<void> {
    if (token === null) return
    const answer = kind === "reset" ? await api.restart(token, password) : await api.join(token, userName.trim(), alias.trim(), password)
    setTrouble(answer.ok ? null : answer.why)
    if (answer.ok) await authenticator()
  }
  async function confirm(): Promise<void> {
    const answer = await api.confirmTotp(code.replace(/\s/g, ""))
    setCode("")
    setTrouble(answer.ok ? null : answer.why)
    setWhole(answer.ok)
  }

  if (totp !== null && whole)
    return (
      <Door title={words.setUp.recoveryTitle} hint={words.setUp.recoveryHint} trouble={null} enter={() => Promise.resolve(written ? done() : undefined)}>
        <ol class="recovery" dir="ltr">
          {totp.recoveryCodes.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ol>
        <label class="tick">
          <input type="checkbox" checked={written} onChange={() => setWritten(!written)} />
          <span>{words.setUp.written}</span>
        </label>
        <button type="submit" class="button" disabled={!written}>
          {words.setUp.begin}
        </button>
      </Door>
    )
  if (totp !== null)
    return (
      <Door title={words.setUp.codeTitle} hint={words.setUp.codeHint} trouble={trouble === "wrong" ? words.signIn.wrongCode : troubleIn(words, trouble)} enter={confirm}>
        <QrCode text={totp.uri} label={words.setUp.qr} />
        <p class="secret">
          <span class="aside">{words.setUp.secret}</span>
          <code dir="ltr">{secretOf(totp.uri)}</code>
        </p>
        <Field label={words.signIn.code} class="code" first dir="ltr" inputMode="numeric" autocomplete="one-time-code" maxLength={7} required value={code} change={setCode} />
        <button type="submit" class="button">
          {words.signIn.next}
        </button>
      </Door>
    )
  if (kind === null || kind === "known")
    return (
      <Door title={words.setUp.title} trouble={troubleIn(words, trouble)} enter={() => Promise.resolve()}>
        {trouble === null && <p class="hint">{words.loading}</p>}
      </Door>
    )
  return (
    <Door title={words.setUp.title} hint={words.setUp.intro} trouble={troubleIn(words, trouble)} enter={join}>
      {kind !== "reset" && (
        <>
          <Field label={words.setUp.alias} hint={words.setUp.aliasHint} first dir="auto" autocomplete="off" required minLength={2} maxLength={30} value={alias} change={setAlias} />
          <Field
            label={words.signIn.name}
            hint={words.setUp.nameHint}
            dir="auto"
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            required
            minLength={3}
            maxLength={60}
            pattern="[A-Za-z0-9._@+\-]+"
            value={userName}
            change={setUserName}
          />
        </>
      )}
      <Field
        label={words.signIn.password}
        hint={words.setUp.passwordHint}
        type="password"
        dir="ltr"
        autocomplete="new-password"
        required
        minLength={12}
        maxLength={128}
        value={password}
        change={setPassword}
      />
      <button type="submit" class="button">
        {words.signIn.next}
      </button>
    </Door>
  )
}

/** The secret of an `otpauth:` address, in groups of four. */
function secretOf(uri: string): string {
  return (new URL(uri).searchParams.get("secret") ?? "").replace(/(.{4})(?=.)/g, "$1 ")
}
