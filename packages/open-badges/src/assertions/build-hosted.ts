import { OpenBadgesError } from '../errors.js'
import { isDateTime } from '../json/date-time.js'
import { present } from '../json/members.js'
import { hashIdentity } from '../report/identity.js'

const CONTEXT = 'https://w3id.org/openbadges/v2'

/** Who earned it, by an address to be hashed or by a hash that exists already. */
type HostedRecipient =
  | { readonly email: string; readonly salt?: string | undefined }
  | {
      readonly identityHash: string
      readonly type: 'email' | 'id'
      readonly salt?: string | undefined
    }

/** A hosted award in Open Badges 2.0; `badge` is the URL of its BadgeClass (OB 2.0, Assertion). */
export function buildAssertion(input: {
  /** The URL that serves this very document. */
  id: string
  badge: string
  recipient: HostedRecipient
  issuedOn: string
  expires?: string | undefined
  image?: string | undefined
  narrative?: string | undefined
  evidence?: readonly { id?: string | undefined; narrative?: string | undefined }[] | undefined
  revoked?: { reason?: string | undefined } | undefined
}) {
  const { recipient, revoked, evidence, ...rest } = input
  for (const date of [input.issuedOn, input.expires]) {
    if (date !== undefined && !isDateTime(date)) {
      throw new OpenBadgesError('ERR_OB_INPUT', 'Dates of an assertion need a time zone.')
    }
  }
  return {
    '@context': CONTEXT,
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
    verification: { type: 'HostedBadge' },
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
    '@context': CONTEXT,
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
}) {
  const { assertionsStartWith, ...rest } = input
  return {
    '@context': CONTEXT,
    type: 'Issuer',
    ...present(rest),
    verification: present({
      verificationProperty: 'id',
      startsWith: assertionsStartWith,
      allowedOrigins: new URL(input.id).host,
    }),
  }
}
