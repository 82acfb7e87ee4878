/** The cookies of a request, by name. */
export function cookiesOf(headers: Headers): ReadonlyMap<string, string> {
  const pairs = (headers.get("cookie") ?? "").split(/; */).map((pair) => /^([^=]*)=?(.*)$/.exec(pair) ?? [])
  return new Map(pairs.map(([, name = "", value = ""]) => [name, value]))
}

/** The request as it would be with the cookies of an answer. */
export function withCookies(headers: Headers, setCookies: readonly string[]): Headers {
  const jar = new Map(cookiesOf(headers))
  for (const line of setCookies) for (const [name, value] of cookiesOf(new Headers({ cookie: line.split(";")[0] ?? "" }))) jar.set(name, value)
  return withJar(headers, jar)
}

/** The request as it would be with one of its cookies alone. */
export function onlyCookie(headers: Headers, name: string): Headers {
  return withJar(headers, new Map([[name, cookiesOf(headers).get(name) ?? ""]]))
}

function withJar(headers: Headers, jar: ReadonlyMap<string, string>): Headers {
  const next = new Headers(headers)
  next.set("cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "))
  return next
}
