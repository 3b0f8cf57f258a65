import { OpenBadgesError } from '../errors.js'
import { isDateTime } from '../json/date-time.js'
import { present } from '../json/members.js'
import { hashIdentity } from '../report/identity.js'

/** The context of every document of Open Badges 2.0. */
export const OPEN_BADGES_V2 = 'https://w3id.org/openbadges/v2'

/** Who earned it, by an address to be hashed or by a hash that exists already. */
export type HostedRecipient =
  | { readonly email: string; readonly salt?: string | undefined }
  | {
      readonly identityHash: string
      readonly type: 'email' | 'id'
      readonly salt?: string | undefined
    }

/** Proof of the work (OB 2.0, Evidence). */
export type HostedEvidence = {
  readonly id?: string | undefined
  readonly narrative?: string | undefined
  readonly name?: string | undefined
  readonly description?: string | undefined
  readonly genre?: string | undefined
  readonly audience?: string | undefined
}

/**
 * An award in Open Badges 2.0, to be served at its id or signed with `signAssertion` (OB 2.0, Assertion).
 *
 * Throws `ERR_OB_INPUT` for a date without a time zone.
 */
export function buildAssertion(input: {
  /** The URL that serves this very document; a signed award may have any URI, such as `urn:uuid:…`. */
  id: string
  /** The URL of its BadgeClass. */
  badge: string
  recipient: HostedRecipient
  /** Date-time with zone. */
  issuedOn: string
  /** Date-time with zone. */
  expires?: string | undefined
  /** The URL of a PNG or SVG, in which the award may be baked. */
  image?: string | undefined
  /** How this learner earned it, in Markdown. */
  narrative?: string | undefined
  evidence?: readonly HostedEvidence[] | undefined
  /** Hosted unless said otherwise; `creator` is the URL of the key that `signAssertion` signs with. */
  verification?: 'hosted' | { readonly creator: string } | undefined
  /** Set it to take a hosted award back; a signed one goes on the revocation list. */
  revoked?: { reason?: string | undefined } | undefined
}) {
  const { recipient, revoked, evidence, verification = 'hosted', ...rest } = input
  for (const date of [input.issuedOn, input.expires]) {
    if (date !== undefined && !isDateTime(date)) {
      throw new OpenBadgesError('ERR_OB_INPUT', 'Dates of an assertion need a time zone.')
    }
  }
  return {
    '@context': OPEN_BADGES_V2,
    type: 'Assertion',
    ...present(rest),
    recipient: present({
      type: 'type' in recipient ? recipient.type : 'email',
      hashed: true,
      salt: recipient.salt,
      identity:
        'identityHash' in recipient
          ? recipient.identityHash
          : hashIdentity(recipient.email, recipient.salt),
    }),
    verification:
      verification === 'hosted'
        ? { type: 'HostedBadge' }
        : { type: 'SignedBadge', creator: verification.creator },
    ...present({ evidence: evidence?.map((item) => ({ type: 'Evidence', ...present(item) })) }),
    ...(revoked === undefined ? {} : present({ revoked: true, revocationReason: revoked.reason })),
  }
}

/** What can be earned, in Open Badges 2.0, to be served at its id (OB 2.0, BadgeClass). */
export function buildBadgeClass(input: {
  /** The URL that serves it. */
  id: string
  name: string
  description: string
  /** The URL of a PNG or SVG, or a data URI. */
  image: string
  /** A page, or words in Markdown. */
  criteria: { id?: string | undefined; narrative?: string | undefined }
  /** The URL of its Profile. */
  issuer: string
  tags?: readonly string[] | undefined
  alignment?:
    | readonly {
        targetName: string
        targetUrl: string
        targetDescription?: string | undefined
        targetFramework?: string | undefined
        targetCode?: string | undefined
      }[]
    | undefined
}) {
  const { criteria, alignment, ...rest } = input
  return {
    '@context': OPEN_BADGES_V2,
    type: 'BadgeClass',
    ...present(rest),
    criteria: present(criteria),
    ...present({ alignment: alignment?.map((item) => present(item)) }),
  }
}

/**
 * Who issues, in Open Badges 2.0, to be served at its id (OB 2.0, Profile and VerificationObject).
 *
 * It speaks for awards on the host of its id only.
 */
export function buildIssuer(input: {
  /** The URL that serves it. */
  id: string
  name: string
  /** Its page for people. */
  url: string
  email: string
  description?: string | undefined
  image?: string | undefined
  /** What every assertion's URL starts with. */
  assertionsStartWith?: string | undefined
  /** URLs of the keys that sign its awards. */
  publicKeys?: readonly string[] | undefined
  /** URL of the list of signed awards that no longer count. */
  revocationList?: string | undefined
}) {
  const { assertionsStartWith, publicKeys, ...rest } = input
  return {
    '@context': OPEN_BADGES_V2,
    type: 'Issuer',
    ...present({ ...rest, publicKey: publicKeys }),
    verification: present({
      verificationProperty: 'id',
      startsWith: assertionsStartWith,
      allowedOrigins: new URL(input.id).host,
    }),
  }
}
