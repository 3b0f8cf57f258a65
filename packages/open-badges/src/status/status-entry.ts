import { hasType } from '../credentials/credential-schema.js'
import { OpenBadgesError } from '../errors.js'
import { asArray, isJsonObject, type JsonObject } from '../json/json.js'

/** One place in one list, and what is said there (Bitstring Status List 1.0, 2.1). */
export type ListEntry = {
  readonly purpose: string
  readonly index: number
  /** The address of the list. */
  readonly list: string
  /** Bits of one status. */
  readonly size: number
  /** What each status of a list of messages means, by its value. */
  readonly messages: ReadonlyMap<number, string>
  readonly format: ListFormat
}

/** How a generation of lists names its parts. */
export type ListFormat = {
  readonly entry: string
  readonly credential: string
  readonly list: string
}

/** Lists of today (Bitstring Status List 1.0, 2), and those that they grew out of. */
export const BITSTRING: ListFormat = {
  entry: 'BitstringStatusListEntry',
  credential: 'BitstringStatusListCredential',
  list: 'BitstringStatusList',
}
const STATUS_LIST_2021: ListFormat = {
  entry: 'StatusList2021Entry',
  credential: 'StatusList2021Credential',
  list: 'StatusList2021',
}

const formats = [BITSTRING, STATUS_LIST_2021]
// Larger than any message needs, and small enough to count with.
const MAX_SIZE = 16
const MAX_MESSAGES = 256

/** Reads one `credentialStatus`; throws when it is of another kind or does not say where to look. */
export function parseEntry(entry: unknown): ListEntry {
  const found = isJsonObject(entry) ? formats.find((it) => hasType(entry, it.entry)) : undefined
  if (!isJsonObject(entry) || found === undefined) {
    throw new OpenBadgesError('ERR_OB_STATUS_UNSUPPORTED', 'This kind of status is not read here.')
  }
  const { statusPurpose, statusListIndex, statusListCredential } = entry
  if (typeof statusPurpose !== 'string' || typeof statusListCredential !== 'string') {
    throw new OpenBadgesError('ERR_OB_STATUS_LIST', 'The status does not say where it is kept.')
  }
  return {
    purpose: statusPurpose,
    // Some issuers write the index as a number.
    index: /^\d{1,15}$/.test(String(statusListIndex)) ? Number(statusListIndex) : Number.NaN,
    list: statusListCredential,
    size: sizeOf(entry),
    messages: messagesOf(entry),
    format: found,
  }
}

function sizeOf({ statusSize = 1, statusPurpose }: JsonObject): number {
  const isSound = typeof statusSize === 'number' && Number.isInteger(statusSize) && statusSize >= 1
  // What the second bit of a revocation would mean is defined nowhere.
  if (isSound && (statusSize === 1 || (statusPurpose === 'message' && statusSize <= MAX_SIZE))) {
    return statusSize
  }
  throw new OpenBadgesError(
    'ERR_OB_STATUS_UNSUPPORTED',
    'A status of so many bits is not read here.',
  )
}

// Values are written as hexadecimal, such as "0x1" (Bitstring Status List 1.0, 2.1 statusMessage).
function messagesOf({ statusMessage }: JsonObject): ReadonlyMap<number, string> {
  const entries = asArray(statusMessage).filter(isJsonObject).slice(0, MAX_MESSAGES)
  return new Map(
    entries.flatMap(({ status, message }) =>
      typeof message === 'string' && /^0x[\da-f]{1,4}$/i.test(String(status))
        ? [[Number(status), message]]
        : [],
    ),
  )
}
