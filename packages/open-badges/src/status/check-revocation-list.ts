import { plainId } from '../credentials/credential-equality.js'
import { issuerIdOf } from '../credentials/credential-schema.js'
import { text } from '../credentials/summary.js'
import { OpenBadgesError } from '../errors.js'
import { asArray, isJsonObject, type JsonObject } from '../json/json.js'
import type { IssuerQuestion } from '../proofs/check-issuer.js'
import { failed, passed } from '../report/checks.js'
import type { Check } from '../report/report.js'
import { fetchStatusList, untrusted } from './fetch-status-list.js'

const clause = '1EdTech Revocation List 1.0'

/**
 * Checks a credential against the plain list of its issuer (`1EdTechRevocationList`, deprecated).
 *
 * The list is not signed: what makes it the issuer's is its address, which the credential signs.
 * Throws when it cannot be read or is another issuer's.
 */
export async function checkRevocationList(
  entry: JsonObject,
  credential: JsonObject,
  question: IssuerQuestion,
): Promise<Check> {
  const url = text(entry['id'])
  const id = text(credential['id'])
  if (url === undefined || id === undefined) {
    throw new OpenBadgesError('ERR_OB_STATUS_LIST', 'The status does not say where it is kept.')
  }
  const list = await fetchStatusList(url, question)
  if (list['id'] !== undefined && list['id'] !== url) {
    throw untrusted('it has another id than its address')
  }
  if (issuerIdOf(list['issuer']) !== question.issuerId) throw untrusted('another issuer made it')
  const found = revokedIn(list).get(plainId(id))
  if (found === undefined)
    return passed('status', 'The issuer has not revoked the badge.', { clause })
  const reason = text(found['revocationReason'])
  const message = `The issuer has revoked the badge${reason === undefined ? '.' : `: ${reason}`}`
  return failed('status', { error: 'ERR_OB_REVOKED', message }, { clause })
}

// Some issuers write the name in the plural. A list of nobody has no such member at all.
function entriesOf(list: JsonObject): readonly JsonObject[] {
  const entries = [list['revokedCredential'], list['revokedCredentials']].flatMap(asArray)
  if (entries.every(isJsonObject)) return entries.filter(isJsonObject)
  throw new OpenBadgesError('ERR_OB_STATUS_LIST', 'The list has entries that are not objects.')
}

// A record may ask one long list for each of its badges.
const read = new WeakMap<JsonObject, ReadonlyMap<string, JsonObject>>()

function revokedIn(list: JsonObject): ReadonlyMap<string, JsonObject> {
  const known = read.get(list)
  if (known !== undefined) return known
  const revoked = new Map<string, JsonObject>()
  for (const entry of entriesOf(list)) {
    const { id } = entry
    if (typeof id === 'string' && entry['revoked'] !== false) revoked.set(plainId(id), entry)
  }
  read.set(list, revoked)
  return revoked
}
