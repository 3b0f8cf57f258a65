import { createHash } from 'node:crypto'
import type {
  SimulatedAssertion,
  SimulatedBadgeClass,
  SimulatedIssuer,
  World,
} from './badgr-state.js'

/** Entities as the API shows them. */
export function createViews(world: World) {
  const publicId = (kind: 'issuers' | 'badges' | 'assertions', id: string) =>
    `${world.origin()}/public/${kind}/${id}`
  const imageOf = (id: string) => `${world.origin()}/media/uploads/badges/${id}.svg`

  function issuer({ entityId, createdAt, name, url, email, description, staff }: SimulatedIssuer) {
    return {
      entityType: 'Issuer',
      entityId,
      openBadgeId: publicId('issuers', entityId),
      createdAt: timeOf(createdAt),
      name,
      image: null,
      email,
      description,
      url,
      staff: staff.map(({ user, role }) => ({ user, role })),
      extensions: {},
      badgrDomain: new URL(world.origin()).host,
    }
  }

  function badgeClass({ entityId, createdAt, issuer: by, fields }: SimulatedBadgeClass) {
    return {
      entityType: 'BadgeClass',
      entityId,
      openBadgeId: publicId('badges', entityId),
      createdAt: timeOf(createdAt),
      issuer: by,
      issuerOpenBadgeId: publicId('issuers', by),
      image: imageOf(entityId),
      ...fields,
      alignments: [],
      extensions: {},
    }
  }

  function assertion(assertion: SimulatedAssertion) {
    const { entityId, badgeclass, issuer: by, fields, revoked } = assertion
    return {
      entityType: 'Assertion',
      entityId,
      openBadgeId: publicId('assertions', entityId),
      createdAt: timeOf(assertion.createdAt),
      createdBy: assertion.createdBy,
      badgeclass,
      badgeclassOpenBadgeId: publicId('badges', badgeclass),
      issuer: by,
      issuerOpenBadgeId: publicId('issuers', by),
      // The baked file goes with the badge.
      image: revoked ? null : imageOf(`assertion-${entityId}`),
      recipient: recipientOf(assertion),
      issuedOn: timeOf(fields.issuedOn),
      narrative: fields.narrative,
      evidence: fields.evidence,
      revoked,
      revocationReason: assertion.revocationReason,
      acceptance: assertion.acceptance,
      expires: fields.expires === null ? null : timeOf(fields.expires),
      extensions: fields.extensions,
    }
  }

  return { issuer, badgeClass, assertion, publicId, imageOf }
}

export type Views = ReturnType<typeof createViews>

export function recipientOf({ fields, salt }: SimulatedAssertion) {
  const { identity, type, hashed } = fields.recipient
  if (!hashed) return { identity, hashed, type, plaintextIdentity: identity }
  const hash = createHash('sha256').update(`${identity}${salt}`).digest('hex')
  return { identity: `sha256$${hash}`, hashed, type, plaintextIdentity: identity, salt }
}

/** With microseconds, as Python writes it. */
export function timeOf(date: Date): string {
  return date.toISOString().replace('Z', '000Z')
}
