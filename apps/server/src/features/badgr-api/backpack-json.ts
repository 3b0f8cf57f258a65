import { createHash } from 'node:crypto'
import { toPublicId } from '../../http/public-id.js'
import type { PublicUrls } from '../../http/public-urls.js'
import type { AssertionRow } from './assertion-repository.js'
import type { EntryRow } from './backpack-views.js'
import { toAwardJson, toEvidenceJson, toTime } from './to-json.js'

export function toOwnAwardJson(row: AssertionRow, urls: PublicUrls) {
  return { ...toAwardJson(row, urls), pending: false }
}

/** A badge from elsewhere, by the ids that it has there. */
export function toEntryJson(entry: EntryRow, urls: PublicUrls) {
  const ids = idsIn(entry)
  const isRevoked = entry.verdict === 'revoked'
  return {
    entityType: 'Assertion',
    entityId: toPublicId(entry.id),
    acceptance: 'Accepted',
    openBadgeId: ids.assertion ?? entry.sourceUrl,
    badgeclass: pseudoId(ids.badge ?? `${entry.issuerName} ${entry.name}`),
    badgeclassOpenBadgeId: ids.badge,
    issuer: pseudoId(ids.issuer ?? entry.issuerName),
    issuerOpenBadgeId: ids.issuer,
    image: `${urls.importedBadge(entry.id)}/image`,
    recipient: toRecipient(entry),
    issuedOn: toTime(entry.awardedAt),
    narrative: entry.narrative,
    evidence: entry.evidence.map(toEvidenceJson),
    revoked: isRevoked,
    revocationReason: isRevoked ? entry.statusReason : null,
    expires: toTime(entry.expiresAt),
    pending: entry.state === 'waiting',
  }
}

function toRecipient({ recipient }: EntryRow) {
  if (recipient === null) return null
  const { identity = '', type = 'email', hashed = false, salt } = recipient
  const plaintextIdentity = hashed ? null : identity
  return { identity, type, hashed, plaintextIdentity, ...(salt !== undefined && { salt }) }
}

// Things that are not here have no id here; the same thing gets the same one each time.
function pseudoId(of: string): string {
  return createHash('sha256').update(of).digest().subarray(0, 16).toString('base64url')
}

type Ids = {
  readonly assertion: string | null
  readonly badge: string | null
  readonly issuer: string | null
}

/** The ids in the badge itself, of either generation; a picture shows none without being read. */
function idsIn({ content }: EntryRow): Ids {
  const badge = parseText(content)
  const subject = memberOf(badge, 'credentialSubject')
  const achievement = memberOf(subject, 'achievement')
  return {
    assertion: idOf(badge),
    badge: idOf(memberOf(badge, 'badge') ?? achievement),
    issuer: idOf(memberOf(badge, 'issuer') ?? memberOf(memberOf(badge, 'badge'), 'issuer')),
  }
}

function parseText(content: Buffer): unknown {
  try {
    const read: unknown = JSON.parse(content.toString('utf8'))
    return read
  } catch {
    return undefined
  }
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  const member: unknown = Reflect.get(value, name)
  return member
}

function idOf(value: unknown): string | null {
  const id = typeof value === 'string' ? value : memberOf(value, 'id')
  return typeof id === 'string' && id !== '' ? id : null
}

/** The class and the issuer of a badge from elsewhere, as far as it says. */
export function toEntryClass(entry: EntryRow) {
  const { badge, issuer } = idsIn(entry)
  return {
    type: 'BadgeClass',
    id: badge,
    name: entry.name,
    description: entry.description,
    criteria: { narrative: entry.criteria },
    tags: entry.tags,
    issuer,
  }
}

export function toEntryIssuer(entry: EntryRow) {
  return { type: 'Issuer', id: idsIn(entry).issuer, name: entry.issuerName, url: entry.issuerUrl }
}
