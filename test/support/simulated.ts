import type { House } from "./house.ts"

export type Seen = { readonly id: number; readonly text: string; readonly choices: readonly { readonly id: string; readonly label: string }[]; readonly segments?: number }

/** A person with a phone of the simulator. */
export function simulated(house: House, as: "telegram" | "sms" | "whatsapp" = "sms", from = `+92${Math.floor(performance.now() * 1e6)}`) {
  let after = 0
  const post = async (body: object) => {
    const response = await fetch(`${house.url}/simulator/messages`, { method: "POST", body: JSON.stringify({ as, from, ...body }) })
    if (response.status !== 202) throw new Error(`the simulator answered ${response.status}`)
    return read()
  }
  const look = async () =>
    (await (await fetch(`${house.url}/simulator/messages?as=${as}&from=${encodeURIComponent(from)}&after=${after}`)).json()) as {
      messages: Seen[]
      pending: number
      place: string
      language: string
    }
  const read = async (): Promise<readonly Seen[]> => {
    await house.settle()
    const { messages } = await look()
    after = messages.at(-1)?.id ?? after
    return messages
  }
  return {
    from,
    /** Types something; answers with what came back. */
    text: (text: string) => post({ text }),
    choose: (choice: string) => post({ choice }),
    sends: (picture: Uint8Array) => post({ picture: Buffer.from(picture).toString("base64") }),
    read,
    place: async () => (await look()).place,
    language: async () => (await look()).language,
    pending: async () => (await look()).pending,
  }
}
