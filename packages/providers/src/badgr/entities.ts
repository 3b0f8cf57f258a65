import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { ProviderBadge, ProviderTemplate } from '../provider.js'
import { toTime } from '../wire-values.js'

const text = z.string().nullish()

/** What every answer lies in; one that calls itself a failure is none, whatever its status. */
export function envelopeOf<T>(item: z.ZodType<T>) {
  const status = z.object({ success: z.literal(true).optional() }).optional()
  return z.object({ status, result: z.array(item) })
}

export const issuerSchema = z.object({ entityId: z.string().min(1), name: z.string() })

export const badgeClassSchema = z.object({
  entityId: z.string().min(1),
  openBadgeId: text,
  issuer: text,
  name: z.string(),
  description: text,
  image: text,
  tags: z.array(z.string()).nullish(),
  expires: z
    .object({
      amount: z.coerce.number().int().positive(),
      duration: z.enum(['days', 'weeks', 'months', 'years']),
    })
    .nullish()
    .catch(null),
})
export type BadgeClass = z.output<typeof badgeClassSchema>

export const assertionSchema = z.object({
  entityId: z.string().min(1),
  openBadgeId: text,
  badgeclass: z.string(),
  issuer: text,
  recipient: z
    .object({ type: text, identity: text, plaintextIdentity: text, salt: text })
    .nullish(),
  issuedOn: text,
  expires: text,
  revoked: z.boolean().nullish(),
  acceptance: text,
})
export type Assertion = z.output<typeof assertionSchema>

export function toTemplate(badgeClass: BadgeClass): ProviderTemplate {
  const { entityId, name, description, image, openBadgeId, tags } = badgeClass
  return {
    id: entityId,
    name,
    description: description ?? '',
    imageUrl: image ?? null,
    url: openBadgeId ?? null,
    // There are no drafts, and what can be read can be issued.
    state: 'active',
    // Each order decides for itself there, and ours never allow it.
    allowsDuplicates: false,
    skills: tags ?? [],
    updatedAt: null,
  }
}

export function toBadge(assertion: Assertion, now: Date): ProviderBadge {
  const expiresAt = toTime(assertion.expires)
  const expired = expiresAt !== null && Date.parse(expiresAt) <= now.getTime()
  const ended = assertion.revoked ? 'revoked' : expired ? 'expired' : undefined
  return {
    id: assertion.entityId,
    templateId: assertion.badgeclass,
    email: emailOf(assertion),
    standing: ended === undefined ? 'live' : 'ended',
    state: ended ?? assertion.acceptance ?? 'issued',
    issuedAt: toTime(assertion.issuedOn),
    expiresAt,
    // It could only travel as an extension, whose context and schema servers fetch when they write.
    awardId: null,
    url: assertion.openBadgeId ?? null,
    updatedAt: null,
  }
}

/** A revocation without a reason is refused there. */
export function reasonOr(reason: string): string {
  return reason.trim() === '' ? 'Revoked by the issuer' : reason
}

/** Whether the badge is this person's, for servers that do not filter their lists. */
export function isFor({ recipient }: Assertion, email: string): boolean {
  const identity = recipient?.plaintextIdentity ?? recipient?.identity ?? ''
  if (!identity.startsWith('sha256$')) return identity.toLowerCase() === email.toLowerCase()
  const salted = `${email.toLowerCase()}${recipient?.salt ?? ''}`
  return identity === `sha256$${createHash('sha256').update(salted).digest('hex')}`
}

function emailOf({ recipient }: Assertion): string {
  const plain = recipient?.plaintextIdentity ?? recipient?.identity ?? ''
  return plain.includes('@') ? plain : ''
}
