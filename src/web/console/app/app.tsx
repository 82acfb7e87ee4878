import { useEffect, useMemo, useState } from "preact/hooks"
import * as api from "./api.ts"
import { countOf } from "./alarm.ts"
import { DeskPage } from "./desk-page.tsx"
import { OfficePage } from "./office-page.tsx"
import { keeper } from "./reports/keeper.ts"
import { StationContext, useKnown, VeilContext } from "./hooks.ts"
import { SetUp } from "./set-up.tsx"
import { SignIn } from "./sign-in.tsx"
import { ConnectSlack } from "./slack.tsx"
import type { Station } from "./station.ts"
import { directionOf, firstLanguage, keepLanguage, LanguageContext, wordsIn, type Language } from "./words.ts"

const NOTHING: ReadonlySet<string> = new Set()

/** The console: the door, the first day, the desk, or what there is without one. */
export function App({ station, token, slack, chat }: { readonly station: Station; readonly token: string | null; readonly slack: string | null; readonly chat: string | null }) {
  const [connecting, setConnecting] = useState(slack)
  const [goTo, setGoTo] = useState(chat)
  const [language, setLanguage] = useState<Language>(firstLanguage)
  const [down, setDown] = useState(true)
  const [askedFor, setAskedFor] = useState(NOTHING)
  const [setUp, setSetUp] = useState<{ readonly token: string | null; readonly password: string } | null>(token === null ? null : { token, password: "" })
  const state = useKnown(station)
  const words = wordsIn(language)
  const waiting = countOf(state.desk)

  useEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dir = directionOf(language)
  }, [language])
  useEffect(() => {
    document.title = waiting === 0 ? words.console : `${words.console} (${waiting})`
  }, [waiting, words])
  useEffect(() => {
    if (token === null) void station.begin()
  }, [])
  useEffect(() => {
    if (state.session !== "out") return
    setDown(true)
    setAskedFor(NOTHING)
    keeper.lock()
  }, [state.session])
  useEffect(() => {
    if (goTo === null || state.desk === null) return
    setGoTo(null)
    const { mine, offered, board } = state.desk
    if ([...mine, ...offered, ...(board ?? [])].some(({ id }) => id === goTo)) station.open(goTo)
  }, [state.desk])

  const languages = useMemo(
    () => ({
      language,
      choose: (next: Language) => {
        keepLanguage(next)
        setLanguage(next)
      },
    }),
    [language],
  )
  const veil = useMemo(
    () => ({
      down,
      turn: () => {
        setDown(!down)
        setAskedFor(NOTHING)
      },
      askedFor,
      ask: (chat: string) => setAskedFor(new Set([...askedFor, chat])),
    }),
    [down, askedFor],
  )
  const leave = () => {
    if (station.busy()) station.refuse("unsent")
    else void api.signOut().then(({ ok }) => (ok ? station.leave() : station.refuse("unreachable")))
  }
  const enter = () => {
    setSetUp(null)
    void station.begin()
  }
  return (
    <LanguageContext.Provider value={languages}>
      <StationContext.Provider value={station}>
        <VeilContext.Provider value={veil}>
          {setUp !== null ? (
            <SetUp token={setUp.token} password={setUp.password} done={enter} />
          ) : state.session === "out" ? (
            <SignIn done={enter} setUp={(password) => setSetUp({ token: null, password })} />
          ) : state.desk !== null ? (
            <DeskPage state={state} desk={state.desk} signOut={leave} />
          ) : state.myself !== null ? (
            <OfficePage state={state} myself={state.myself} signOut={leave} />
          ) : (
            <main class="door">
              <p class="hint" role="status">
                {words.loading}
              </p>
            </main>
          )}
          {connecting !== null && state.desk !== null && <ConnectSlack token={connecting} close={() => setConnecting(null)} />}
        </VeilContext.Provider>
      </StationContext.Provider>
    </LanguageContext.Provider>
  )
}
