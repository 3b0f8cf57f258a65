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

/** An award in Open Badges 2.0; `badge` is the URL of its BadgeClass (OB 2.0, Assertion). */
export function buildAssertion(input: {
  /** The URL that serves this very document; a signed award may have any URI, such as `urn:uuid:…`. */
  id: string
  badge: string
  recipient: HostedRecipient
  issuedOn: string
  expires?: string | undefined
  image?: string | undefined
  narrative?: string | undefined
  evidence?: readonly HostedEvidence[] | undefined
  /** Hosted unless said otherwise; `creator` is the URL of the key that `signAssertion` signs with. */
  verification?: 'hosted' | { readonly creator: string } | undefined
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

/** What can be earned, in Open Badges 2.0; `issuer` is the URL of its Profile (OB 2.0, BadgeClass). */
export function buildBadgeClass(input: {
  id: string
  name: string
  description: string
  image: string
  criteria: { id?: string | undefined; narrative?: string | undefined }
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

/** Who issues, in Open Badges 2.0 (OB 2.0, Profile and VerificationObject). */
export function buildIssuer(input: {
  id: string
  name: string
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
