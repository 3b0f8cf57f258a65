/** An address as an IRI that every verifier accepts, or undefined when it is no web address. */
export function toIri(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const { protocol, href } = new URL(address)
  if (protocol !== 'https:' && protocol !== 'http:') return undefined
  return href.replace(/[\s<>"{}|\\^`]/g, encodeURIComponent)
}

/** A stored instant with whole seconds, as badges say it: `2026-03-12T09:30:00Z`. */
export function toSeconds(instant: string): string {
  return `${instant.slice(0, 19)}Z`
}
