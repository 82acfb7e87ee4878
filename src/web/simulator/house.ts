/** The phones that the page plays. */
export type Shape = "telegram" | "sms" | "whatsapp"
export const SHAPES: readonly Shape[] = ["telegram", "sms", "whatsapp"]

/** An answer that a message offers. */
export type Choice = { readonly id: string; readonly label: string }

/** A message as a phone received it. */
export type Received = {
  readonly id: number
  readonly text: string
  readonly choices: readonly Choice[]
  readonly segments?: number
  readonly at: string
}

/** What a phone is told when it asks. */
export type News = { readonly messages: readonly Received[]; readonly pending: number; readonly place: string; readonly language: string }

/** What the page is told about the house. */
export type Facts = {
  readonly smsPrice: { readonly perSegment: number; readonly currency: string }
  readonly languages: readonly { readonly language: string; readonly review: string }[]
}

/** Something typed or tapped. */
export type Saying = { readonly text: string } | { readonly choice: Choice }

/** Says something from a phone. Settles once the helpline has taken it. */
export async function say(as: Shape, from: string, saying: Saying): Promise<void> {
  const said = "text" in saying ? { text: saying.text } : { choice: saying.choice.id }
  const response = await fetch("/simulator/messages", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ as, from, ...said }),
  })
  if (response.status !== 202) throw new Error(await problemOf(response))
}

/** What has come to a phone after an id. */
export function look(as: Shape, from: string, after: number): Promise<News> {
  return get<News>(`/simulator/messages?${new URLSearchParams({ as, from, after: String(after) })}`)
}

/** Prices and languages. */
export function facts(): Promise<Facts> {
  return get<Facts>("/simulator/facts")
}

async function get<T>(path: string): Promise<T> {
  const response = await fetch(path, { cache: "no-store" })
  if (!response.ok) throw new Error(await problemOf(response))
  return (await response.json()) as T
}

async function problemOf(response: Response): Promise<string> {
  const said = (await response.json().catch(() => ({}))) as { error?: string }
  return said.error ?? `the helpline answered ${response.status}`
}
