import type { Shown } from "./contribution-view.ts"
import { beginningOf } from "./quilt-words.ts"
import { escaped } from "./release-drawing.ts"

/** What a feed says of itself. Addresses are whole ones. */
export type Feed = {
  readonly title: string
  readonly language: string
  readonly page: string
  readonly self: string
  readonly author: string
  readonly on: Date
  readonly items: readonly Shown[]
  readonly addressOf: (item: Shown) => string
  /** None where nobody wished for one. */
  readonly pictureOf: (item: Shown) => string | undefined
}

/** So many of the newest stand in a feed. */
export const MOST_IN_FEED = 50

/** An Atom feed (RFC 4287): each entry in its own language, by a name that never changes. */
export function atomOf({ title, language, page, self, author, on, items, addressOf }: Feed): string {
  const moment = (date: string) => `${date}T00:00:00Z`
  const updated = items[0] === undefined ? moment(on.toISOString().slice(0, 10)) : moment(items[0].published)
  const entry = (item: Shown) => `<entry xml:lang="${item.language}">
<id>urn:uuid:${item.id}</id>
<title>${escaped(titleOf(item))}</title>
<link rel="alternate" type="text/html" href="${escaped(addressOf(item))}"/>
<published>${moment(item.published)}</published>
<updated>${moment(item.published)}</updated>
${item.name === undefined ? "" : `<author><name>${escaped(item.name)}</name></author>\n`}<content type="text">${escaped(item.text)}</content>
</entry>`
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">
<id>${escaped(self)}</id>
<title>${escaped(title)}</title>
<updated>${updated}</updated>
<author><name>${escaped(author)}</name></author>
<link rel="self" type="application/atom+xml" href="${escaped(self)}"/>
<link rel="alternate" type="text/html" href="${escaped(page)}"/>
${items.slice(0, MOST_IN_FEED).map(entry).join("\n")}
</feed>
`
}

/** A JSON Feed 1.1 (jsonfeed.org). */
export function jsonFeedOf({ title, language, page, self, author, items, addressOf, pictureOf }: Feed) {
  return {
    version: "https://jsonfeed.org/version/1.1",
    title,
    home_page_url: page,
    feed_url: self,
    language,
    authors: [{ name: author }],
    items: items.slice(0, MOST_IN_FEED).map((item) => ({
      id: `urn:uuid:${item.id}`,
      url: addressOf(item),
      content_text: item.text,
      ...(pictureOf(item) !== undefined && { image: pictureOf(item) }),
      date_published: `${item.published}T00:00:00Z`,
      language: item.language,
      ...(item.name !== undefined && { authors: [{ name: item.name }] }),
    })),
  }
}

function titleOf({ text }: Shown): string {
  return beginningOf(text.replace(/\s+/g, " "), 60)
}
