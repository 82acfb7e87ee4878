import type { Language } from "./texts.ts"
export type Said = { readonly language: Language; readonly shape: "telegram" | "sms" | "whatsapp"; readonly key: string; readonly text: string; readonly choices: readonly { readonly id: string; readonly label: string }[] }
