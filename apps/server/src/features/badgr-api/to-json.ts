import { createHash } from 'node:crypto'
import type { AlignmentJson, EvidenceJson } from '../../db/schema.js'
import { toPublicId } from '../../http/public-id.js'
import type { PublicUrls } from '../../http/public-urls.js'
import type { AssertionRow } from './assertion-repository.js'
import type { ClassRow } from './class-repository.js'
import type { IssuerRow, StaffRow } from './issuer-repository.js'

/** Times as Badgr writes them, to the microsecond. */
export function toTime(instant: string): string
export function toTime(instant: string | null): string | null
export function toTime(instant: string | null): string | null {
  if (instant === null) return null
  const [, seconds = '', fraction = ''] = /^([^.Z]+)(?:\.(\d+))?Z$/.exec(instant) ?? []
  return seconds === '' ? instant : `${seconds}.${fraction.padEnd(6, '0').slice(0, 6)}Z`
}

/** What a template holds as criteria, as the two that Badgr knows: an address, and words. */
export function splitCriteria(criteria: string): {
  readonly url: string | null
  readonly narrative: string | null
} {
  const [, words = '', url] = /^([\s\S]*?)(?:^|\n\n)(https?:\/\/\S+)\s*$/.exec(criteria) ?? []
  const narrative = url === undefined ? criteria : words
  return { url: url ?? null, narrative: narrative.trim() === '' ? null : narrative }
}

export function joinCriteria(url: string | null, narrative: string | null): string {
  return [narrative, url].filter((one) => one !== null && one !== '').join('\n\n')
}

function toStaff({ userId, name, email, role }: StaffRow) {
  return {
    userProfile: {
      entityType: 'BadgeUser',
      entityId: toPublicId(userId),
      ...namesOf(name),
      emails: [{ email, verified: true, primary: true, caseVariants: [] }],
      url: [],
      telephone: [],
      badgrDomain: null,
    },
    user: toPublicId(userId),
    role,
  }
}

/** One name as two: what stands last is the family's. */
export function namesOf(name: string): { readonly firstName: string; readonly lastName: string } {
  const words = name.trim().split(/\s+/)
  const lastName = words.length > 1 ? (words.at(-1) ?? '') : ''
  return { firstName: words.slice(0, words.length > 1 ? -1 : 1).join(' '), lastName }
}

export function toIssuerJson(
  row: IssuerRow,
  { urls, staff }: { readonly urls: PublicUrls; readonly staff?: readonly StaffRow[] | undefined },
) {
  const openBadgeId = urls.issuerPage(row.id)
  const own = staff?.filter(({ organizationId }) => organizationId === row.organizationId)
  return {
    entityType: 'Issuer',
    entityId: toPublicId(row.id),
    openBadgeId,
    createdAt: toTime(row.createdAt),
    createdBy: null,
    name: row.name,
    image: `${openBadgeId}/image`,
    email: row.email,
    description: row.description ?? '',
    url: row.url,
    ...(own !== undefined && { staff: own.map(toStaff) }),
    extensions: {},
    badgrDomain: new URL(urls.base).host,
  }
}

export function toClassJson(row: ClassRow, urls: PublicUrls) {
  const openBadgeId = urls.badge(row.id)
  const { url, narrative } = splitCriteria(row.criteria)
  return {
    entityType: 'BadgeClass',
    entityId: toPublicId(row.id),
    openBadgeId,
    createdAt: toTime(row.createdAt),
    createdBy: row.createdBy === null ? null : toPublicId(row.createdBy),
    issuer: toPublicId(row.issuerId),
    issuerOpenBadgeId: urls.issuerPage(row.issuerId),
    name: row.name,
    image: `${openBadgeId}/image`,
    description: row.description,
    criteriaUrl: url,
    criteriaNarrative: narrative,
    alignments: row.alignments.map(toAlignmentJson),
    tags: row.tags,
    expires: expiresOf(row),
    extensions: {},
  }
}

/** What was said of it, as long as the template says the same. */
export function expiresOf({ expires, expiresAfterDays }: ClassRow) {
  if (expiresAfterDays === null) return null
  if (expires !== null && daysIn(expires) === expiresAfterDays) return expires
  return { amount: expiresAfterDays, duration: 'days' as const }
}

const daysOf = { days: 1, weeks: 7, months: 365.2425 / 12, years: 365.2425 } as const

export function daysIn({ amount, duration }: NonNullable<ClassRow['expires']>): number {
  return Math.max(1, Math.round(amount * daysOf[duration]))
}

function toAlignmentJson(one: AlignmentJson) {
  return {
    targetName: one.name,
    targetUrl: one.url,
    targetDescription: one.description ?? null,
    targetFramework: one.framework ?? null,
    targetCode: one.code ?? null,
  }
}

export function toEvidenceJson({ url, narrative, name }: EvidenceJson) {
  return { url: url ?? null, narrative: narrative ?? name ?? null }
}

const acceptances = {
  unaccepted: 'Unaccepted',
  accepted: 'Accepted',
  rejected: 'Rejected',
} as const

export function toAcceptance(acceptance: keyof typeof acceptances) {
  return acceptances[acceptance]
}

/** Where the picture is that carries the badge inside, in both versions that are read. */
export function bakedAt(urls: PublicUrls, awardId: string): string {
  return `${urls.assertion(awardId)}/baked?v=2,3`
}

/** What both sides of an award see of it. */
export function toAwardJson(row: AssertionRow, urls: PublicUrls) {
  const isRevoked = row.status === 'revoked'
  return {
    entityType: 'Assertion',
    entityId: toPublicId(row.id),
    acceptance: toAcceptance(row.acceptance),
    openBadgeId: urls.assertion(row.id),
    badgeclass: toPublicId(row.templateId),
    badgeclassOpenBadgeId: urls.badge(row.templateId),
    issuer: toPublicId(row.issuerId),
    issuerOpenBadgeId: urls.issuerPage(row.issuerId),
    image: isRevoked ? null : bakedAt(urls, row.id),
    recipient: toRecipient(row),
    issuedOn: toTime(row.awardedAt),
    narrative: row.narrative,
    evidence: row.evidence.map(toEvidenceJson),
    revoked: isRevoked,
    revocationReason: isRevoked ? (row.revocationReason ?? '') : null,
    expires: toTime(row.expiresAt),
  }
}

export function toAssertionJson(row: AssertionRow, urls: PublicUrls) {
  return {
    ...toAwardJson(row, urls),
    createdAt: toTime(row.createdAt),
    createdBy: null,
    extensions: {},
  }
}

// The very hash that is in the signed badge; where we signed none there is nothing to be equal to.
function toRecipient({ email, username, salt }: AssertionRow) {
  const plaintextIdentity = email.toLowerCase() || username
  const type = email === '' ? 'id' : 'email'
  if (salt === null) return { identity: plaintextIdentity, hashed: false, type, plaintextIdentity }
  const hash = createHash('sha256')
    .update(plaintextIdentity + salt)
    .digest('hex')
  return { identity: `sha256$${hash}`, hashed: true, type, plaintextIdentity, salt }
}
