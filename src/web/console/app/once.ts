/** One question of a kind at a time; whoever asks meanwhile gets one more, so that an older answer never covers a newer. */
export function createOnce() {
  const asking = new Map<string, { again: boolean }>()
  return {
    /** Forgets what is being asked: its answers count for nothing any more. */
    clear: () => asking.clear(),
    ask: async (what: string, question: () => Promise<void>): Promise<void> => {
      const running = asking.get(what)
      if (running !== undefined) {
        running.again = true
        return
      }
      const mine = { again: true }
      asking.set(what, mine)
      while (mine.again && asking.get(what) === mine) {
        mine.again = false
        await question()
      }
      if (asking.get(what) === mine) asking.delete(what)
    },
  }
}
