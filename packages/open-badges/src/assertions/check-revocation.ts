import { objectOf, text } from '../credentials/summary.js'
import { OpenBadgesError } from '../errors.js'
import { asArray, type JsonObject, stringsOf } from '../json/json.js'
import type { Documents } from '../keys/resolve-key.js'
import { failed, failedBy, passed, skipped } from '../report/checks.js'
import type { Check } from '../report/report.js'
import { identifierOf, isUrl } from './assertion-documents.js'

/** Checks that the host of a badge has not revoked it (OB 2.0, Hosted Verification). */
export function checkRevoked({ revoked, revocationReason }: JsonObject): Check {
  if (revoked !== true) return passed('status', 'The issuer has not revoked the badge.')
  return toRevoked(revocationReason)
}

/** A signed assertion, and the issuer whose list it may be on. */
type ListQuestion = {
  readonly assertion: JsonObject
  readonly issuer: JsonObject
  readonly isVersion2: boolean
}

/** Checks that a signed badge is not on its issuer's list (OB 2.0, RevocationList). */
export async function checkRevocationList(
  { assertion, issuer, isVersion2 }: ListQuestion,
  documents: Documents,
): Promise<Check> {
  // A signed badge may carry the word itself, since 1.1.
  if (assertion['revoked'] === true) return checkRevoked(assertion)
  const url = identifierOf(issuer['revocationList'])
  if (url === undefined) {
    return skipped('status', 'The issuer keeps no list of revoked badges, so it can revoke none.')
  }
  try {
    const list = await fetchList(url, documents)
    if (isVersion2) assertList(list)
    assertOwn(list, issuer)
    const found = entriesOf(list).find(({ name }) => isNamed(name, assertion))
    if (found !== undefined) return toRevoked(found.reason)
    return passed('status', 'The badge is not on the list of those its issuer has revoked.')
  } catch (error) {
    return { ...failedBy('status', error, 'ERR_OB_STATUS_LIST'), detail: { list: url } }
  }
}

async function fetchList(url: string, documents: Documents): Promise<JsonObject> {
  try {
    if (!isUrl(url)) throw new Error('It is no address.')
    return await documents(url)
  } catch (cause) {
    const message =
      'The list of revoked badges does not answer, so it is not known whether this is one.'
    throw new OpenBadgesError('ERR_OB_STATUS_UNREACHABLE', message, { cause })
  }
}

// A page that says "not found" has no entries either; only a list of nobody clears anybody.
function assertList({ type, revokedAssertions }: JsonObject): void {
  const types = stringsOf(type)
  const isList =
    types.length === 0 ? revokedAssertions !== undefined : types.includes('RevocationList')
  if (isList) return
  const message = 'There is no list of revoked badges at the address where the issuer keeps it.'
  throw new OpenBadgesError('ERR_OB_STATUS_LIST', message)
}

function assertOwn(list: JsonObject, issuer: JsonObject): void {
  const owner = identifierOf(list['issuer'])
  if (owner === undefined || owner === issuer['id']) return
  const message = 'The list of revoked badges belongs to another issuer.'
  throw new OpenBadgesError('ERR_OB_STATUS_UNTRUSTED', message)
}

type Entry = { readonly name: string; readonly reason: unknown }

// In 2.0 a list of ids or objects; before, an object from uid to reason (OB 1.1, Revocation).
function entriesOf(list: JsonObject): readonly Entry[] {
  const { revokedAssertions } = list
  if (revokedAssertions !== undefined) {
    return asArray(revokedAssertions).flatMap((entry) => {
      const { id, uid, revocationReason } = objectOf(entry)
      const names = [text(entry), text(id), text(uid)].filter((name) => name !== undefined)
      return names.map((name) => ({ name, reason: revocationReason }))
    })
  }
  if (list['type'] === undefined) {
    return Object.entries(list).map(([name, reason]) => ({ name, reason }))
  }
  // OB 2.0, RevocationList: the member may be missing while nothing was revoked.
  return []
}

function isNamed(name: string, { id, uid }: JsonObject): boolean {
  return name === id || (uid !== undefined && name === String(uid))
}

function toRevoked(reason: unknown): Check {
  const because = typeof reason === 'string' && reason !== '' ? `: ${reason.slice(0, 400)}` : '.'
  const message = `The issuer has revoked the badge${because}`
  return failed('status', { error: 'ERR_OB_REVOKED', message })
}
