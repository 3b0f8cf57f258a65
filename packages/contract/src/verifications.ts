import { z } from 'zod'
import { problems } from './common.js'

export const verdicts = [
  'valid',
  'invalid',
  'revoked',
  'suspended',
  'expired',
  'not-yet-valid',
  'unknown',
] as const

export const checkCodes = [
  'parse',
  'context',
  'schema',
  'proof',
  'key',
  'issuer',
  'status',
  'dates',
  'recipient',
  'refresh',
  'endorsement',
] as const

const verdict = z.enum(verdicts).meta({
  description: '`unknown` is for what could not be established; it never means valid',
})

const check = z
  .object({
    code: z.enum(checkCodes),
    outcome: z.enum(['passed', 'failed', 'warning', 'skipped']),
    message: z.string().meta({ description: 'A sentence for people' }),
    clause: z.string().meta({ description: 'The rule behind the check' }),
    error: z.string().optional().meta({ description: 'Why it failed, such as ERR_OB_SIGNATURE' }),
    detail: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'VerificationCheck' })

const badgeSummary = z
  .looseObject({
    id: z.string().optional(),
    name: z.string().optional(),
    description: z.string().optional(),
    image: z.string().optional(),
    issuerId: z.string().optional(),
    issuerName: z.string().optional(),
    recipient: z.string().optional(),
    validFrom: z.string().optional(),
    validUntil: z.string().optional(),
  })
  .meta({
    id: 'VerifiedBadge',
    description: 'What the badge claims, as far as it says so; only as good as the verdict',
  })

const endorsement = z
  .object({
    verdict,
    about: z.enum(['badge', 'achievement', 'issuer']),
    endorserId: z.string().optional(),
    endorserName: z.string().optional(),
    comment: z.string().optional(),
    checks: z.array(check).readonly(),
  })
  .meta({ id: 'VerifiedEndorsement' })

export const verificationReport = z
  .object({
    verdict,
    kind: z.string().meta({ description: 'Such as `OpenBadgeCredential 3.0` or `Assertion 2.0`' }),
    badge: badgeSummary,
    checks: z.array(check).readonly(),
    get badges() {
      return z.array(verificationReport).readonly().optional()
    },
    endorsements: z.array(endorsement).readonly().optional(),
  })
  .meta({ id: 'VerificationReport' })
export type VerificationReport = z.output<typeof verificationReport>

const name = z.string().trim().min(1).max(2000)

/** Media types of which the body is the badge itself. */
export const rawBadgeTypes = [
  'application/vc+ld+json',
  'application/ld+json',
  'application/vc',
  'application/vc+jwt',
  'application/jwt',
  'text/plain',
  'image/png',
  'image/svg+xml',
] as const

export const verificationInput = z
  .strictObject({
    badge: z
      .union(
        [
          z.string().trim().min(1),
          z.record(z.string(), z.unknown()),
          z.instanceof(Uint8Array).meta({ description: 'The bytes of a file' }),
        ],
        { error: 'is missing: give the badge as an object, as text, or as a file' },
      )
      .meta({
        description:
          'The badge: an object; or text, which is JSON, a JWS, a data URI or its address',
      }),
    recipient: z
      .union([name, z.array(name).min(1).max(20)])
      .optional()
      .meta({ description: 'Whose it should be: an e-mail address or another identifier' }),
  })
  .meta({ id: 'NewVerification' })

export const createVerification = {
  tags: ['verifications'],
  summary: 'Verify a badge of any issuer; open to everybody',
  description:
    'The body is `{ badge, recipient }` in JSON, a form with the fields `file` or `badge`, and `recipient`, or the badge itself in one of its media types. Every badge, good or bad, is answered with a report. Nothing of it is stored. How often one address may ask is limited: `429` says by `Retry-After` when to ask again.',
  security: [],
  consumes: ['application/json', 'multipart/form-data', ...rawBadgeTypes],
  body: verificationInput,
  response: {
    200: verificationReport,
    ...problems('too-large', 'unsupported-media-type', 'too-many-requests', 'overloaded'),
  },
}
