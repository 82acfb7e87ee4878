import type { MiddlewareHandler } from "hono"

const BANNER = `<link rel="stylesheet" href="/banner.css"><p class="demonstration" role="note">Demonstration: nothing here is real · <span lang="ur" dir="rtl">نمائش: یہاں کچھ بھی اصلی نہیں</span></p>`

/** How the banner looks: above everything, and in nobody's way. Pages as high as the window leave it `--above`. */
export const BANNER_STYLE = `:root {
  --above: 1.75rem;
}
.demonstration {
  position: sticky;
  inset-block-start: 0;
  z-index: 2147483647;
  box-sizing: border-box;
  block-size: var(--above);
  margin: 0;
  padding-inline: 0.5rem;
  overflow: hidden;
  background: #7a1f1f;
  color: #fff;
  font: 600 clamp(0.65rem, 2.6vw, 0.85rem) / 1.75rem system-ui, sans-serif;
  text-align: center;
  white-space: nowrap;
  pointer-events: none;
}
`

/** Puts the banner of a demonstration on every page, whoever built it. */
export const withBanner: MiddlewareHandler = async (context, next) => {
  // A page that is compressed already can't be written into.
  context.req.raw.headers.delete("accept-encoding")
  await next()
  const { res } = context
  if (!/^text\/html\b/.test(res.headers.get("content-type") ?? "")) return
  const page = (await res.text()).replace(/<body[^>]*>/, (body) => `${body}${BANNER}`)
  const headers = new Headers(res.headers)
  headers.delete("content-length")
  context.res = undefined
  context.res = new Response(page, { status: res.status, headers })
}
