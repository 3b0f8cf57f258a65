import { toIri } from '../../http/badge-text.js'
import { type Html, html } from '../../http/html.js'
import { dateTag, formatDate } from '../../http/html-words.js'

/** A date as a badge says it, for people; as it stands where it is none. */
export function badgeDate(text: string): Html {
  return Number.isFinite(Date.parse(text)) ? dateTag(text) : html`${clip(text, 100)}`
}

/** A link to an address that a badge names, or its text where it cannot be one. Who is sent there is not told where from. */
export function strangersLink(address: string, label = address): Html {
  const iri = toIri(address)
  const text = clip(label, 300)
  if (iri === undefined) return html`${text}`
  return html`<a href="${iri}" rel="noopener noreferrer nofollow ugc">${text}</a>`
}

/** A badge of strangers may say anything at any length; a page says only so much of it. */
export function clip(text: string, most: number): string {
  const kept = text.length <= most ? text : `${text.slice(0, most).trimEnd()}…`
  return kept.replace(turns, '')
}

// They turn around what follows them, our own words included; marks of single letters do not.
const turns = /[\u202a-\u202e\u2066-\u2069]/g

/** The first of a list, and how many more there are. */
export function firstOf<Item>(items: readonly Item[], most: number) {
  return { shown: items.slice(0, most), more: Math.max(0, items.length - most) }
}

const instants = /\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)/g

/** A sentence of a report with its points in time as people write dates. */
export function inWords(sentence: string, most: number): string {
  return clip(sentence, most).replace(instants, (text) =>
    Number.isFinite(Date.parse(text)) ? formatDate(text) : text,
  )
}
