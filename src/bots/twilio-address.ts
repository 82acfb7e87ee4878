/** Where one of Twilio's addresses is called: there, or under the other root where one is set, whichever of Twilio's hosts it names. */
export function addressAt(apiRoot: string | undefined, uri: string): URL {
  const url = new URL(uri)
  return apiRoot === undefined ? url : new URL(`${apiRoot}${url.pathname}${url.search}`)
}
