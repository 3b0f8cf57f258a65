import type { StatusEntry } from '../credentials/credential-types.js'
import { dateTime, refusal } from '../credentials/member-rules.js'
import { OpenBadgesError } from '../errors.js'
import { present } from '../json/members.js'
import { CREDENTIALS_V2 } from '../json-ld/contexts.js'

/** What a list says about a credential: gone for good, or not counted for now. */
export type StatusPurpose = 'revocation' | 'suspension'

/**
 * The `credentialStatus` of one credential, for `status` of `buildCredential` (Bitstring Status List 1.0, 2.1).
 *
 * Give each credential of a list another `index`, at random, so that its place tells nothing.
 */
export function statusEntry(entry: {
  /** The address that serves the list. */
  listUrl: string
  /** A whole number from 0, below the number of entries of the list. */
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

/**
 * The credential that carries a list, to be signed with `signDocument` by the issuer of the badges
 * (Bitstring Status List 1.0, 2.2). Throws `ERR_OB_INPUT` with the name of the member that is wrong.
 */
export function buildStatusListCredential(list: {
  /** The address that serves it. */
  id: string
  /** The id of the issuer of the badges. */
  issuer: string
  statusPurpose: StatusPurpose
  /** Made by `encodeStatusList`. */
  encodedList: string
  /** Date-time with zone: when this form of the list was made. */
  validFrom: string
  /** Date-time with zone; after it readers take the status for unknown. */
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
