import type { MiddlewareHandler } from "hono"

const BANNER = `<link rel="stylesheet" href="/banner.css"><p class="demonstration" role="note">Demonstration: nothing here is real · <span lang="ur" dir="rtl">نمائش: یہاں کچھ بھی اصلی نہیں</span></p>`

/** How the banner looks: over everything, in nobody's way, so that no page needs to know of it. */
export const BANNER_STYLE = `.demonstration {
  position: fixed;
  inset-block-start: 0;
  inset-inline: 0;
  z-index: 2147483647;
  inline-size: max-content;
  max-inline-size: 100%;
  margin: 0 auto;
  padding: 0.1rem 0.75rem;
  border-radius: 0 0 8px 8px;
  background: #7a1f1f;
  color: #fff;
  font: 600 0.8rem/1.5 system-ui, sans-serif;
  text-align: center;
  pointer-events: none;
}
`

/** Puts the banner of a demonstration on every page, whoever built it. */
export const withBanner: MiddlewareHandler = async (context, next) => {
  await next()
  const { res } = context
  if (!/^text\/html\b/.test(res.headers.get("content-type") ?? "")) return
  const page = (await res.text()).replace(/<body[^>]*>/, (body) => `${body}${BANNER}`)
  const headers = new Headers(res.headers)
  headers.delete("content-length")
  context.res = undefined
  context.res = new Response(page, { status: res.status, headers })
}
