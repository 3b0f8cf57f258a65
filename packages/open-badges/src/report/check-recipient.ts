import { asArray, isJsonObject, type JsonObject, stringsOf } from '../json/json.js'
import { failed, passed, skipped } from './checks.js'
import { matchesIdentity } from './identity.js'
import type { Check } from './report.js'

/** Checks that a badge was given to a candidate, under any of their names (OB 3.0 and 2.0, IdentityObject). */
export function checkRecipient(
  identities: readonly Identity[],
  candidate: string | readonly string[] | undefined,
): Check {
  if (candidate === undefined) return skipped('recipient', 'Nobody in particular was asked for.')
  const names = stringsOf(candidate)
  if (identities.some(({ hash, salt }) => names.some((it) => matchesIdentity(hash, salt, it)))) {
    return passed('recipient', 'The badge was given to this recipient.')
  }
  const message = 'The badge was given to somebody else.'
  return failed('recipient', { error: 'ERR_OB_RECIPIENT', message })
}

/** One way a badge names its recipient: a hash with its salt, or the plain value. */
export type Identity = { readonly hash: string; readonly salt: string }

/** How a 3.0 subject is identified. A name is only for show: many people share one. */
export function identitiesOf(subject: JsonObject): readonly Identity[] {
  const entries = asArray(subject['identifier']).filter(isJsonObject)
  const known = entries.filter(({ identityType }) => identityType !== 'name')
  const { id } = subject
  return [...(typeof id === 'string' ? [{ hash: id, salt: '' }] : []), ...known.flatMap(toIdentity)]
}

function toIdentity({ identityHash, salt }: JsonObject): readonly Identity[] {
  if (typeof identityHash !== 'string') return []
  return [{ hash: identityHash, salt: typeof salt === 'string' ? salt : '' }]
}
