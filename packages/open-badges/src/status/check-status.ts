import { hasType } from '../credentials/credential-schema.js'
import { toOpenBadgesError } from '../errors.js'
import { asArray, isJsonObject, type JsonObject } from '../json/json.js'
import type { ProofQuestion } from '../proofs/check-proof.js'
import { failed, failedBy, passed, skipped, warning } from '../report/checks.js'
import type { Check } from '../report/report.js'
import { checkRevocationList } from './check-revocation-list.js'
import { readStatusList } from './read-status-list.js'
import { getStatus, getStatusValue } from './status-bits.js'
import { type ListEntry, parseEntry } from './status-entry.js'

const MAX_ENTRIES = 8

/**
 * Checks whether a credential was revoked or suspended (Bitstring Status List 1.0, 3.2).
 *
 * Whatever keeps the list from being read or trusted leaves the status unknown, never clean. What a
 * list says beside revocation and suspension is told, and decides nothing.
 */
export async function checkStatus(
  credential: JsonObject,
  question: ProofQuestion,
): Promise<readonly Check[]> {
  const entries = asArray(credential['credentialStatus'])
  if (entries.length === 0)
    return [skipped('status', 'The badge cannot be revoked: it has no status.')]
  if (entries.length > MAX_ENTRIES) {
    const message = `The badge has more than ${MAX_ENTRIES} statuses.`
    return [failed('status', { error: 'ERR_OB_STATUS_UNSUPPORTED', message })]
  }
  return await Promise.all(entries.map((entry) => checkEntry(entry, credential, question)))
}

async function checkEntry(
  entry: unknown,
  credential: JsonObject,
  question: ProofQuestion,
): Promise<Check> {
  try {
    if (isJsonObject(entry) && hasType(entry, '1EdTechRevocationList')) {
      return await checkRevocationList(entry, credential, question)
    }
    const place = parseEntry(entry)
    const { purpose } = place
    if (purpose === 'message' || purpose === 'refresh') return await toRemark(place, question)
    if (purpose !== 'revocation' && purpose !== 'suspension') {
      return warning('status', `A status for "${purpose}" says nothing about validity.`)
    }
    const bits = await readStatusList(place, question)
    return toCheck(purpose, getStatus(bits, place.index))
  } catch (error) {
    return failedBy('status', error, 'ERR_OB_STATUS_LIST')
  }
}

function toCheck(purpose: 'revocation' | 'suspension', status: 0 | 1): Check {
  const word = purpose === 'revocation' ? 'revoked' : 'suspended'
  if (status === 0) return passed('status', `The issuer has not ${word} the badge.`)
  const error = purpose === 'revocation' ? 'ERR_OB_REVOKED' : 'ERR_OB_SUSPENDED'
  return failed('status', { error, message: `The issuer has ${word} the badge.` })
}

// A message that cannot be had is no reason to doubt the badge (Bitstring Status List 1.0, 2.1).
async function toRemark(place: ListEntry, question: ProofQuestion): Promise<Check> {
  const { purpose, index, size, messages } = place
  try {
    const status = getStatusValue(await readStatusList(place, question), { index, size })
    const detail = { remark: purpose, status }
    if (purpose === 'refresh') {
      return status === 0
        ? passed('status', 'The issuer has no newer form of the badge.', { detail })
        : warning('status', 'The issuer has a newer form of the badge; ask for it.', { detail })
    }
    const said = messages.get(status)
    const message = said ?? `status ${status}, which the badge does not explain`
    return said === undefined && status === 0
      ? passed('status', 'The issuer has no message about the badge.', { detail })
      : warning('status', `The issuer says of the badge: ${message}`, { detail })
  } catch (error) {
    const { code, message } = toOpenBadgesError(error, 'ERR_OB_STATUS_LIST', 'It is malformed.')
    const detail = { remark: purpose, error: code }
    return warning('status', `What the issuer says of the badge is unknown: ${message}`, { detail })
  }
}
