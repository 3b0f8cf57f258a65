import { parsePublicId } from '../../http/public-id.js'
import type { PublicUrls } from '../../http/public-urls.js'

/** A text that was given as a badge; where it is an address, the one to ask. */
export function toBadgeAddress(text: string, urls: PublicUrls): string {
  const address = withScheme(text.trim())
  const rest = address.startsWith(urls.assertions) ? address.slice(urls.assertions.length) : ''
  const [, id = ''] = /^([^/?#]+)(?:\/verification)?\/?(?:[?#].*)?$/.exec(rest) ?? []
  const awardId = parsePublicId(id)
  // The page of an award of ours stands for the signed badge, which outlives being taken back.
  return awardId === undefined ? address : urls.credential(awardId)
}

export function isWebAddress(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text)
}

// An address is often copied without its beginning.
function withScheme(text: string): string {
  return /^[\w-]+(\.[\w-]+)+(:\d+)?\/\S*$/.test(text) ? `https://${text}` : text
}
