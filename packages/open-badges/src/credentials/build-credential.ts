import { OpenBadgesError } from '../errors.js'
import { isDateTime } from '../json/date-time.js'
import { present } from '../json/members.js'
import { CREDENTIALS_V2, OPEN_BADGES_V3 } from '../json-ld/contexts.js'
import { type DataIntegrityProof, type Signer, signDocument } from '../proofs/data-integrity.js'
import { hashIdentity } from '../report/identity.js'
import type {
  AchievementInput,
  CredentialInput,
  ImageInput,
  IssuerInput,
  RecipientInput,
  StatusEntry,
  UnsignedCredential,
} from './credential-types.js'

/** A badge with its proof, ready to be stored as the exact text it serialises to. */
export type SignedCredential = UnsignedCredential & {
  readonly proof: readonly DataIntegrityProof[]
}

/**
 * Builds an OpenBadgeCredential that both official JSON schemas accept (Open Badges 3.0, B.1.2).
 *
 * @example
 * const badge = buildCredential({ id, issuer, achievement, recipient: { email, salt }, validFrom })
 */
export function buildCredential(input: CredentialInput): UnsignedCredential {
  const { id, achievement, validFrom, validUntil, awardedDate, description } = input
  assertDates({ validFrom, validUntil, awardedDate })
  return present({
    '@context': [CREDENTIALS_V2, OPEN_BADGES_V3],
    id,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: input.name ?? achievement.name,
    description,
    image: toImage(input.image),
    issuer: toProfile(input.issuer),
    validFrom,
    validUntil,
    awardedDate,
    credentialSubject: toSubject(input),
    evidence: input.evidence?.map((item) => ({ ...present(item), type: ['Evidence'] })),
    credentialStatus: toStatus(input.status),
  })
}

/** Signs a badge with `eddsa-rdfc-2022` (Open Badges 3.0, 8.3 Linked Data Proof Format). */
export async function signCredential(
  credential: UnsignedCredential,
  signer: Signer,
): Promise<SignedCredential> {
  return await signDocument(credential, signer)
}

function toSubject({ recipient, narrative, achievement }: CredentialInput) {
  const { id, email, identifier } = recipient
  if (id === undefined && email === undefined && identifier === undefined) {
    throw new OpenBadgesError('ERR_OB_INPUT', 'A recipient needs an id, an email or an identifier.')
  }
  return present({
    id,
    type: ['AchievementSubject'],
    identifier: toIdentifiers(recipient),
    narrative,
    achievement: toAchievement(achievement),
  })
}

function toIdentifiers({ email, identifier, identifierType, salt, name }: RecipientInput) {
  const hashed = (value: string, identityType: string) =>
    present({
      type: 'IdentityObject',
      hashed: true,
      identityHash: hashIdentity(value, salt),
      identityType,
      salt,
    })
  return [
    ...(email === undefined ? [] : [hashed(email, 'emailAddress')]),
    ...(identifier === undefined ? [] : [hashed(identifier, identifierType ?? 'identifier')]),
    ...(name === undefined
      ? []
      : [{ type: 'IdentityObject', hashed: false, identityHash: name, identityType: 'name' }]),
  ]
}

function toAchievement(achievement: AchievementInput) {
  const { tags, alignment, image, criteria, ...rest } = achievement
  if (criteria.id === undefined && criteria.narrative === undefined) {
    throw new OpenBadgesError('ERR_OB_INPUT', 'Criteria need an id (a URL) or a narrative.')
  }
  return present({
    ...rest,
    type: ['Achievement'],
    criteria: present(criteria),
    image: toImage(image),
    tag: tags,
    alignment: alignment?.map((item) => ({ ...present(item), type: ['Alignment'] })),
  })
}

function toProfile({ image, ...issuer }: IssuerInput) {
  return { ...present({ ...issuer, image: toImage(image) }), type: ['Profile'] }
}

function toImage(image: ImageInput | undefined) {
  if (image === undefined) return undefined
  return { ...(typeof image === 'string' ? { id: image } : present(image)), type: 'Image' }
}

// One status stands alone, as the strict official schema wants it.
function toStatus(status: StatusEntry | readonly StatusEntry[] | undefined) {
  const [first, ...others] = status === undefined ? [] : [status].flat()
  return first === undefined || others.length === 0 ? first : [first, ...others]
}

function assertDates(dates: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(dates)) {
    if (value === undefined || isDateTime(value)) continue
    throw new OpenBadgesError('ERR_OB_INPUT', `${name} must be a date-time with a time zone.`)
  }
}
