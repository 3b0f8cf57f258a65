import { hasType, issuerIdOf } from '../credentials/credential-schema.js'
import { OpenBadgesError } from '../errors.js'
import { asArray, isJsonObject, type JsonObject, stringsOf } from '../json/json.js'
import { assertSafeDocument } from '../json-ld/safe-document.js'
import { tokenOf } from '../keys/resolve-key.js'
import { checkJwt } from '../proofs/check-jwt.js'
import { checkProofs, type ProofQuestion } from '../proofs/check-proof.js'
import { parseJws } from '../proofs/jws.js'
import { credentialOf } from '../proofs/jwt-claims.js'
import { isOutside } from '../report/check-dates.js'
import { failed, failedBy, passed, skipped, warning } from '../report/checks.js'
import type { Check } from '../report/report.js'
import { checkRevocationList } from './check-revocation-list.js'
import { fetchStatusList, untrusted } from './fetch-status-list.js'
import { decodeStatusList, getStatus, MIN_STATUS_ENTRIES } from './status-bits.js'

const MAX_ENTRIES = 8

/**
 * Checks whether a credential was revoked or suspended (Bitstring Status List 1.0, 3.2).
 *
 * Whatever keeps the list from being read or trusted leaves the status unknown, never clean.
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
    const { purpose, index, list } = parseEntry(entry)
    if (purpose !== 'revocation' && purpose !== 'suspension') {
      return warning('status', `A status for "${purpose}" says nothing about validity.`)
    }
    const bits = await readList({ list, purpose }, question)
    return toCheck(purpose, getStatus(bits, index))
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

function parseEntry(entry: unknown): { purpose: string; index: number; list: string } {
  if (!isJsonObject(entry) || !hasType(entry, 'BitstringStatusListEntry')) {
    throw new OpenBadgesError('ERR_OB_STATUS_UNSUPPORTED', 'This kind of status is not read here.')
  }
  const { statusPurpose, statusListIndex, statusListCredential, statusSize } = entry
  if (typeof statusPurpose !== 'string' || typeof statusListCredential !== 'string') {
    throw new OpenBadgesError('ERR_OB_STATUS_LIST', 'The status does not say where it is kept.')
  }
  if (statusSize !== undefined && statusSize !== 1) {
    throw new OpenBadgesError('ERR_OB_STATUS_UNSUPPORTED', 'A status of several bits is not read.')
  }
  // Some issuers write the index as a number.
  const index = /^\d{1,15}$/.test(String(statusListIndex)) ? Number(statusListIndex) : Number.NaN
  return { purpose: statusPurpose, index, list: statusListCredential }
}

async function readList(
  { list, purpose }: { list: string; purpose: string },
  question: ProofQuestion,
): Promise<Uint8Array> {
  const credential = await readTrusted(list, question)
  const subject = credential['credentialSubject']
  if (!isJsonObject(subject) || !hasType(subject, 'BitstringStatusList')) {
    throw new OpenBadgesError('ERR_OB_STATUS_LIST', 'There is no status list in the document.')
  }
  if (!stringsOf(subject['statusPurpose']).includes(purpose)) {
    throw new OpenBadgesError('ERR_OB_STATUS_LIST', `The list is not one of ${purpose}.`)
  }
  const bits = decodeStatusList(String(subject['encodedList']))
  if (bits.length * 8 >= MIN_STATUS_ENTRIES) return bits
  throw new OpenBadgesError('ERR_OB_STATUS_LIST', 'The status list is too short.')
}

// A list may be a JWT, too (Bitstring Status List 1.0, 3.2; VC Data Model 2.0, 5.13 Securing).
async function readTrusted(url: string, question: ProofQuestion): Promise<JsonObject> {
  const answer = await fetchStatusList(url, question)
  const token = tokenOf(answer)
  if (token === undefined) {
    await assertTrusted(answer, url, { ...question, prove: () => checkProofs(answer, question) })
    return answer
  }
  const jwt = parseList(token)
  await assertTrusted(jwt.credential, url, { ...question, prove: () => checkJwt(jwt, question) })
  return jwt.credential
}

function parseList(token: string) {
  try {
    const jws = parseJws(token)
    return { ...jws, credential: credentialOf(jws.payload) }
  } catch (cause) {
    throw untrusted('it is not a sound JWT', cause)
  }
}

type Proving = ProofQuestion & { readonly prove: () => Promise<readonly Check[]> }

// Another list of the same issuer would answer for the wrong badges, hence the comparison of ids.
async function assertTrusted(list: JsonObject, url: string, question: Proving) {
  if (list['id'] !== url) throw untrusted('it has another id than its address')
  if (!hasType(list, 'BitstringStatusListCredential')) throw untrusted('it is not a status list')
  if (issuerIdOf(list['issuer']) !== question.issuerId) throw untrusted('another issuer made it')
  if (isOutside(list, question.now)) throw untrusted('it is out of date')
  try {
    assertSafeDocument(list)
  } catch (cause) {
    throw untrusted('it is not plain JSON-LD', cause)
  }
  const problem = (await question.prove()).find(({ outcome }) => outcome === 'failed')
  if (problem !== undefined) throw untrusted(`its proof does not hold (${problem.message})`)
}
