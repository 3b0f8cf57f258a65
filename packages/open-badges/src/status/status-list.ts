import type { StatusEntry } from '../credentials/credential-types.js'
import { dateTime, refusal } from '../credentials/member-rules.js'
import { OpenBadgesError } from '../errors.js'
import { present } from '../json/members.js'
import { CREDENTIALS_V2 } from '../json-ld/contexts.js'

/** What a list says about a credential: gone for good, or not counted for now. */
export type StatusPurpose = 'revocation' | 'suspension'

/** The `credentialStatus` of one credential (Bitstring Status List 1.0, 2.1). */
export function statusEntry(entry: {
  listUrl: string
  index: number
  purpose: StatusPurpose
}): StatusEntry {
  const { listUrl, index, purpose } = entry
  if (!Number.isSafeInteger(index) || index < 0) {
    throw new OpenBadgesError('ERR_OB_INPUT', 'A status index is a whole number from 0.')
  }
  return {
    // The strict Open Badges schema wants an id; the entry's place in its list is one.
    id: `${listUrl}#${index}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: purpose,
    statusListIndex: String(index),
    statusListCredential: listUrl,
  }
}

/** The credential that carries a list, to be signed by the issuer (Bitstring Status List 1.0, 2.2). */
export function buildStatusListCredential(list: {
  id: string
  issuer: string
  statusPurpose: StatusPurpose
  encodedList: string
  validFrom: string
  validUntil?: string | undefined
  /** Milliseconds that a reader may keep the list. */
  ttl?: number | undefined
}) {
  const { id, issuer, validFrom, validUntil, statusPurpose, encodedList, ttl } = list
  for (const [name, date] of Object.entries({ validFrom, validUntil })) {
    if (date !== undefined) dateTime(date, name)
  }
  if (ttl !== undefined && !(Number.isSafeInteger(ttl) && ttl >= 0)) {
    throw refusal('ttl', 'a whole number of milliseconds from 0')
  }
  if (!encodedList.startsWith('u')) throw refusal('encodedList', 'made by encodeStatusList')
  return present({
    '@context': [CREDENTIALS_V2],
    id,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer,
    validFrom,
    validUntil,
    credentialSubject: present({
      id: `${id}#list`,
      type: 'BitstringStatusList',
      statusPurpose,
      encodedList,
      ttl,
    }),
  })
}
