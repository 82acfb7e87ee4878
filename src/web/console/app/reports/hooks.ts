import { useEffect, useState } from "preact/hooks"
import type { ReportFrame } from "../../report-frame.ts"
import { useStation } from "../hooks.ts"
import { useLanguage } from "../words.ts"
import { keeper, type Standing } from "./keeper.ts"
import * as api from "./reports-api.ts"

/** How my key stands; draws again after every change. */
export function useStanding(): Standing {
  const [standing, setStanding] = useState(keeper.standing)
  useEffect(() => {
    setStanding(keeper.standing())
    return keeper.watch(() => setStanding(keeper.standing()))
  }, [])
  return standing
}

/** What a report is coded to, in the language of the page; nothing until it is there. */
export function useFrame(): ReportFrame | null {
  const station = useStation()
  const language = useLanguage()
  const [frame, setFrame] = useState<ReportFrame | null>(null)
  useEffect(() => {
    let open = true
    void station.look(api.frame(language)).then((answer) => {
      if (!open) return
      if (answer.ok) setFrame(answer.value)
      else station.refuse(answer.why)
    })
    return () => {
      open = false
    }
  }, [language])
  return frame
}

/** Whether something takes its time now, and how to have it do so: what is drawn first says so. */
export function useBusy(): readonly [boolean, <T>(doing: () => Promise<T>) => Promise<T>] {
  const [busy, setBusy] = useState(false)
  const run = async <T>(doing: () => Promise<T>): Promise<T> => {
    setBusy(true)
    // Locking and unlocking hold the page still: let it be drawn before.
    await new Promise((drawn) => setTimeout(drawn, 50))
    try {
      return await doing()
    } finally {
      setBusy(false)
    }
  }
  return [busy, run]
}
