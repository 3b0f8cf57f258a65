import { OpenBadgesError } from '../errors.js'
import { isJsonObject } from './json.js'

/**
 * A JSON value in its one canonical spelling (JSON Canonicalization Scheme, RFC 8785, 3.2).
 *
 * Members are sorted by UTF-16 code units, which is how JavaScript compares strings (3.2.3);
 * numbers and strings are spelled as JSON.stringify spells them (3.2.2).
 */
export function canonizeJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonizeJson).join(',')}]`
  if (!isJsonObject(value)) return canonizeScalar(value)
  let members = ''
  for (const name of Object.keys(value).sort()) {
    members += `${members === '' ? '' : ','}${canonizeScalar(name)}:${canonizeJson(value[name])}`
  }
  return `{${members}}`
}

function canonizeScalar(value: unknown): string {
  // Half a character has no UTF-8, and no hash of its own (RFC 8785, 3.2.2.2).
  if (typeof value === 'string' && /\p{Surrogate}/u.test(value)) throw notJson('half a character')
  if (typeof value === 'number' && !Number.isFinite(value)) throw notJson('an endless number')
  const text = JSON.stringify(value)
  if (text === undefined) throw notJson('a value that JSON does not know')
  return text
}

function notJson(what: string): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_UNSAFE', `The document holds ${what}.`)
}
