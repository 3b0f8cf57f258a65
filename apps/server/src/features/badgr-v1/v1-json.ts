import { toPublicId } from '../../http/public-id.js'
import type { PublicUrls } from '../../http/public-urls.js'
import {
  type AssertionRow,
  bakedAt,
  type ClassRow,
  expiresOf,
  type IssuerRow,
  splitCriteria,
  toTime,
} from '../badgr-api/badgr-api.js'

const context = 'https://w3id.org/openbadges/v1'

type Counts = { readonly classes: number; readonly recipients: number }
type Staff = { readonly email: string; readonly name: string; readonly role: string }

export function toIssuerV1(
  row: IssuerRow,
  { urls, counts, staff }: { urls: PublicUrls; counts: Counts; staff: readonly Staff[] },
) {
  const id = urls.issuerPage(row.id)
  const words = { name: row.name, description: row.description ?? '', email: row.email }
  return {
    slug: toPublicId(row.id),
    ...words,
    url: row.url,
    image: `${id}/image`,
    created_at: toTime(row.createdAt),
    created_by: null,
    staff: staff.map(({ role, ...user }) => ({ role, user })),
    badgeClassCount: counts.classes,
    recipientGroupCount: 0,
    recipientCount: counts.recipients,
    pathwayCount: 0,
    json: { '@context': context, type: 'Issuer', id, ...words, url: row.url, image: `${id}/image` },
  }
}

export function toClassV1(row: ClassRow, urls: PublicUrls, recipients: number) {
  const id = urls.badge(row.id)
  const { url, narrative } = splitCriteria(row.criteria)
  const alignment = row.alignments.map((one) => ({
    target_name: one.name,
    target_url: one.url,
    target_description: one.description ?? null,
    target_framework: one.framework ?? null,
    target_code: one.code ?? null,
  }))
  return {
    id: toPublicId(row.id),
    slug: slugOf(row),
    name: row.name,
    image: `${id}/image`,
    description: row.description,
    criteria: url ?? `${id}/criteria`,
    criteria_text: narrative,
    criteria_url: url,
    alignment,
    tags: row.tags,
    expires: expiresOf(row),
    recipient_count: recipients,
    created_at: toTime(row.createdAt),
    created_by: row.createdBy === null ? null : toPublicId(row.createdBy),
    issuer: urls.issuerPage(row.issuerId),
    json: classJson(row, urls),
  }
}

function classJson(row: ClassRow, urls: PublicUrls) {
  const id = urls.badge(row.id)
  const { url } = splitCriteria(row.criteria)
  return {
    '@context': context,
    type: 'BadgeClass',
    id,
    name: row.name,
    description: row.description,
    image: `${id}/image`,
    criteria: url ?? `${id}/criteria`,
    issuer: urls.issuerPage(row.issuerId),
    tags: row.tags,
  }
}

/** The name by which its client asks for a class. */
function slugOf({ slug, id }: Pick<ClassRow, 'slug' | 'id'>): string {
  return slug ?? toPublicId(id)
}

export function toAssertionV1(row: AssertionRow, urls: PublicUrls) {
  const id = urls.assertion(row.id)
  const isRevoked = row.status === 'revoked'
  return {
    slug: toPublicId(row.id),
    image: isRevoked ? null : bakedAt(urls, row.id),
    json: assertionJson(row, urls),
    issuer: urls.issuerPage(row.issuerId),
    badge_class: urls.badge(row.templateId),
    public_url: id,
    email: row.email,
    recipient_identifier: row.email,
    recipient_type: 'email',
    narrative: row.narrative,
    evidence_items: row.evidence.map(({ url, narrative }) => ({
      evidence_url: url ?? null,
      narrative: narrative ?? null,
    })),
    revoked: isRevoked,
    revocation_reason: isRevoked ? (row.revocationReason ?? '') : null,
    created_at: toTime(row.createdAt),
    created_by: null,
    expires: toTime(row.expiresAt),
  }
}

export function assertionJson(row: AssertionRow, urls: PublicUrls) {
  const id = urls.assertion(row.id)
  const [only, ...others] = row.evidence
  const evidence = only?.url !== undefined && others.length === 0 ? only.url : id
  return {
    '@context': context,
    type: 'Assertion',
    id,
    uid: toPublicId(row.id),
    badge: urls.badge(row.templateId),
    verify: { type: 'hosted', url: id },
    issuedOn: row.awardedAt,
    image: `${id}/image`,
    ...(row.evidence.length > 0 && { evidence }),
    ...(row.expiresAt !== null && { expires: row.expiresAt }),
  }
}

/** Each value with its type beside it, as version 1 gave badges to those who hold them. */
export function typed(json: object): object {
  return Object.fromEntries(
    Object.entries(json).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'string' && name !== '@context' && name !== 'type'
        ? { type: 'xsd:string', '@value': value }
        : value,
    ]),
  )
}
