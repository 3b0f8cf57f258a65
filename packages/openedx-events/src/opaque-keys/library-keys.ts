import { type ParsedKey, type RefusedKey, refuse } from './key-kinds.js'

// The colon separates here, so no part may have one. Orgs and types are ASCII, the rest is any script.
// Open edX lets a line feed pass at the end of a part, by accident; here it is refused.
const ASCII = /^[A-Za-z0-9_.-]+$/
const WORD = /^[\p{L}\p{N}_.-]+$/u

/** `lib:ORG:SLUG`, a version 2 library. */
export function parseLibraryV2(text: string): ParsedKey | RefusedKey {
  const split = splitParts(text, [])
  if (!split.ok) return split
  const { org, slug } = split
  return toKey('LibraryLocatorV2', `lib:${text}`, { org, slug })
}

/** `lb:ORG:SLUG:TYPE:ID`, a block of a version 2 library. */
export function parseLibraryBlockV2(text: string): ParsedKey | RefusedKey {
  const split = splitParts(text, [ASCII, WORD])
  if (!split.ok) return split
  const [block_type = null, usage_id = null] = split.rest
  const parts = { lib_key: split.library, block_type, usage_id }
  return toKey('LibraryUsageLocatorV2', `lb:${text}`, parts)
}

/** `lib-collection:ORG:SLUG:ID`, a collection in a version 2 library. */
export function parseCollection(text: string): ParsedKey | RefusedKey {
  const split = splitParts(text, [WORD])
  if (!split.ok) return split
  const [collection_id = null] = split.rest
  const parts = { lib_key: split.library, collection_id }
  return toKey('LibraryCollectionLocator', `lib-collection:${text}`, parts)
}

/** `lct:ORG:SLUG:TYPE:ID`, a container in a version 2 library. */
export function parseContainer(text: string): ParsedKey | RefusedKey {
  const split = splitParts(text, [ASCII, WORD])
  if (!split.ok) return split
  const [container_type = null, container_id = null] = split.rest
  const parts = { lib_key: split.library, container_type, container_id }
  return toKey('LibraryContainerLocator', `lct:${text}`, parts)
}

type Split = {
  readonly ok: true
  readonly org: string
  readonly slug: string
  readonly library: string
  readonly rest: readonly string[]
}

function splitParts(text: string, forms: readonly RegExp[]): Split | RefusedKey {
  const [org = '', slug = '', ...rest] = text.split(':')
  if (rest.length !== forms.length) return refuse(`needs ${forms.length + 2} parts`)
  if (!ASCII.test(org)) return refuse(`"${org}" is not a valid org (ASCII letters, digits, _ . -)`)
  if (!WORD.test(slug)) return refuse(`"${slug}" is not a valid library slug`)
  const bad = rest.find((part, index) => !forms[index]?.test(part))
  if (bad !== undefined) return refuse(`"${bad}" is empty or has a character that is not allowed`)
  return { ok: true, org, slug, library: `lib:${org}:${slug}`, rest }
}

function toKey(kind: string, canonical: string, parts: ParsedKey['parts']): ParsedKey {
  return { ok: true, kind, canonical, parts, deprecated: false }
}
