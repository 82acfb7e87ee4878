/** What has been begun in the boxes of each chat. Reply and note never share a box; neither outlives the page. */
const begun = new Map<string, string>()

export type Box = "reply" | "note" | "summary" | "categories" | "story"

export const draft = (chat: string, box: Box): string => begun.get(`${box} ${chat}`) ?? ""

export function keepDraft(chat: string, box: Box, text: string): void {
  if (text === "") begun.delete(`${box} ${chat}`)
  else begun.set(`${box} ${chat}`, text)
}

export const forgetDrafts = (): void => begun.clear()
