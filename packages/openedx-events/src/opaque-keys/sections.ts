import { type RefusedKey, refuse } from './key-kinds.js'

/** The `+`-separated text of a course-like key, taken apart. */
export type Sections = {
  readonly ok: true
  /** What stands before the named sections, for example org, course and run. */
  readonly plain: readonly string[]
  /** The `name@value` sections by lower-case name. */
  readonly named: ReadonlyMap<string, string>
}

// Letters and digits of any script; what else is allowed differs from form to form.
const PART = /^[\p{L}\p{N}_~.:-]+$/u
const VERSION = /^[0-9a-f]{24}$/
const CCX_ID = /^\p{Nd}+$/u

const ORDER = ['branch', 'version', 'ccx', 'type', 'block']

type Options = {
  readonly isCcx: boolean
}

/** Takes the text after the namespace apart; named sections must stand in their one order. */
export function parseSections(text: string, { isCcx }: Options): Sections | RefusedKey {
  const plain: string[] = []
  const named = new Map<string, string>()
  let next = 0
  for (const section of text.split('+')) {
    const at = section.indexOf('@')
    if (at === -1) {
      if (named.size > 0) return refuse(`"${section}" stands after a named section`)
      if (!PART.test(section)) return refuse(describeBadPart(section))
      plain.push(section)
      continue
    }
    // Only the CCX forms ignore the case of the names and of the version.
    const written = section.slice(0, at)
    const name = isCcx ? written.toLowerCase() : written
    const place = ORDER.indexOf(name)
    if (place === -1 || (name === 'ccx' && !isCcx)) return refuse(`"${written}@" is not known here`)
    if (place < next) return refuse(`"${written}@" is repeated or out of place`)
    const value = toValue(name, section.slice(at + 1), isCcx)
    if (value === null) return refuse(`"${section}" has no valid ${name}`)
    named.set(name, value)
    next = place + 1
  }
  return { ok: true, plain, named }
}

/** The branch and version sections as they are written, each with its `+`. */
export function writeRevision(branch: string | null, version: string | null): string {
  return (
    (branch === null ? '' : `+branch@${branch}`) + (version === null ? '' : `+version@${version}`)
  )
}

function toValue(name: string, text: string, isCcx: boolean): string | null {
  if (name === 'ccx') return CCX_ID.test(text) ? text : null
  if (name !== 'version') return PART.test(text) ? text : null
  const version = isCcx ? text.toLowerCase() : text
  return VERSION.test(version) ? version : null
}

function describeBadPart(section: string): string {
  return section === ''
    ? 'a part is empty'
    : `"${section}" has a character that is not allowed (letters, digits, _ - ~ . : are)`
}
