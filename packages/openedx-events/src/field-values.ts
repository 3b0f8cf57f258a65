import { canonicalDatetime } from './datetime.js'
import { EventError } from './errors.js'
import { canonicalKey } from './opaque-keys/canonical-key.js'
import type { KeyKind } from './opaque-keys/key-kinds.js'
import { parseKey } from './opaque-keys/parse-key.js'

/** Where a value stands: the event's type and the dotted path of the field. */
export type Place = { readonly eventType: string; readonly path: string }

/** The canonical text of a key in a field; refuses with the field, the key and the reason. */
export function toKeyText(place: Place, kind: KeyKind, text: string): string {
  const canonical = canonicalKey(kind, text)
  if (canonical !== null) return canonical
  const parsed = parseKey(kind, text)
  const reason = parsed.ok ? '' : `: ${parsed.reason}`
  throw new EventError('ERR_EVENT_KEY', `${describe(place)} ${quote(text)} is no ${kind}${reason}`)
}

/** The canonical text of a datetime in a field. */
export function toDatetimeText(place: Place, text: string): string {
  const canonical = canonicalDatetime(text)
  if (canonical !== null) return canonical
  throw fieldError(place, `${quote(text)} is no ISO 8601 datetime`)
}

/** An error about one field's value. */
export function fieldError(place: Place, what: string): EventError {
  return new EventError('ERR_EVENT_FIELD', `${describe(place)} ${what}`)
}

function describe({ eventType, path }: Place): string {
  return `${eventType}: "${path}":`
}

// A damaged text may be long and may hold control characters.
function quote(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text)
}
