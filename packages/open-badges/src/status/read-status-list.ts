import { hasType, issuerIdOf } from '../credentials/credential-schema.js'
import { OpenBadgesError } from '../errors.js'
import { isJsonObject, type JsonObject, stringsOf } from '../json/json.js'
import { assertSafeDocument } from '../json-ld/safe-document.js'
import { tokenOf } from '../keys/resolve-key.js'
import { checkJwt } from '../proofs/check-jwt.js'
import { checkProofs, type ProofQuestion } from '../proofs/check-proof.js'
import { parseJws } from '../proofs/jws.js'
import { credentialOf } from '../proofs/jwt-claims.js'
import { isOutside } from '../report/check-dates.js'
import type { Check } from '../report/report.js'
import { fetchStatusList, untrusted } from './fetch-status-list.js'
import { decodeOlderList, decodeStatusList, MIN_STATUS_ENTRIES } from './status-bits.js'
import { BITSTRING, type ListEntry } from './status-entry.js'

/**
 * The bits of the list that an entry names (Bitstring Status List 1.0, 3.2).
 *
 * Throws when the list does not answer, cannot be trusted, is of another purpose, or is damaged.
 */
export async function readStatusList(
  entry: ListEntry,
  question: ProofQuestion,
): Promise<Uint8Array> {
  const credential = await readTrusted(entry, question)
  const subject = credential['credentialSubject']
  if (!isJsonObject(subject) || !hasType(subject, entry.format.list)) {
    throw new OpenBadgesError('ERR_OB_STATUS_LIST', 'There is no status list in the document.')
  }
  if (!stringsOf(subject['statusPurpose']).includes(entry.purpose)) {
    throw new OpenBadgesError('ERR_OB_STATUS_LIST', `The list is not one of ${entry.purpose}.`)
  }
  const decode = entry.format === BITSTRING ? decodeStatusList : decodeOlderList
  const bits = decode(String(subject['encodedList']))
  if (bits.length * 8 >= MIN_STATUS_ENTRIES * entry.size) return bits
  throw new OpenBadgesError('ERR_OB_STATUS_LIST', 'The status list is too short.')
}

// A list may be a JWT, too (Bitstring Status List 1.0, 3.2; VC Data Model 2.0, 5.13 Securing).
async function readTrusted(entry: ListEntry, question: ProofQuestion): Promise<JsonObject> {
  const answer = await fetchStatusList(entry.list, question)
  const token = tokenOf(answer)
  if (token === undefined) {
    await assertTrusted(answer, entry, { ...question, prove: () => checkProofs(answer, question) })
    return answer
  }
  const jwt = parseList(token)
  await assertTrusted(jwt.credential, entry, { ...question, prove: () => checkJwt(jwt, question) })
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
async function assertTrusted(list: JsonObject, entry: ListEntry, question: Proving) {
  if (list['id'] !== entry.list) throw untrusted('it has another id than its address')
  if (!hasType(list, entry.format.credential)) throw untrusted('it is not a status list')
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
