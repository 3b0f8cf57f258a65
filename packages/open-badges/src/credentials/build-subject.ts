import { OpenBadgesError } from '../errors.js'
import type { JsonObject } from '../json/json.js'
import { present } from '../json/members.js'
import { hashIdentity } from '../report/identity.js'
import { checkMembers } from './build-envelope.js'
import { achievement, identityObject, image, profile, result } from './classes.js'
import type {
  AchievementInput,
  CredentialInput,
  IdentityInput,
  RecipientInput,
} from './credential-types.js'
import { dateTime, iri, listOf, type MemberRule, number, text } from './member-rules.js'

const rules: Readonly<Record<string, MemberRule>> = {
  narrative: text,
  result: listOf(result),
  source: profile,
  role: text,
  term: text,
  activityStartDate: dateTime,
  activityEndDate: dateTime,
  creditsEarned: number,
  licenseNumber: text,
}

/** Who achieved what, and how (Open Badges 3.0, AchievementSubject). */
export function buildSubject(input: CredentialInput): JsonObject {
  const { recipient } = input
  return present({
    id: recipient.id === undefined ? undefined : iri(recipient.id, 'recipient.id'),
    type: ['AchievementSubject'],
    identifier: toIdentifiers(recipient),
    image: recipient.image === undefined ? undefined : image(recipient.image, 'recipient.image'),
    ...checkMembers(input, rules),
    achievement: toAchievement(input.achievement),
  })
}

function toAchievement({ tags, ...rest }: AchievementInput): JsonObject {
  return achievement({ ...rest, tag: tags }, 'achievement')
}

function toIdentifiers(recipient: RecipientInput): readonly JsonObject[] {
  const { id, email, identifier, identifierType = 'identifier', salt, name } = recipient
  const { identities = [] } = recipient
  const named: readonly IdentityInput[] = [
    ...(email === undefined ? [] : [{ identifier: email, identifierType: 'emailAddress', salt }]),
    ...(identifier === undefined ? [] : [{ identifier, identifierType, salt }]),
    ...identities,
  ]
  if (id === undefined && named.length === 0) {
    throw new OpenBadgesError('ERR_OB_INPUT', 'A recipient needs an id, an email or an identifier.')
  }
  const shown =
    name === undefined ? [] : [{ identifier: name, identifierType: 'name', hashed: false }]
  return [...named, ...shown].map(toIdentity)
}

function toIdentity({ identifier, identifierType, salt, hashed = true }: IdentityInput) {
  const value = text(identifier, `recipient.${identifierType}`)
  return identityObject(
    {
      hashed,
      identityHash: hashed ? hashIdentity(value, salt) : value,
      identityType: identifierType,
      salt: hashed ? salt : undefined,
    },
    'recipient',
  )
}
