import { isJsonObject, type JsonObject, stringsOf } from '../json/json.js'
import { present } from '../json/members.js'
import {
  achievementTypes,
  identifierTypes,
  resultStatuses,
  resultTypes,
  targetTypes,
} from './enumerations.js'
import {
  compactJws,
  date,
  extensible,
  iri,
  language,
  listOf,
  type MemberRule,
  number,
  objectOf,
  oneOf,
  refusal,
  text,
} from './member-rules.js'

const imageObject = objectOf({
  type: 'Image',
  isPlainType: true,
  required: ['id'],
  members: { id: iri, caption: text },
})

/** An address, or an address with words (Open Badges 3.0, Image). */
export const image: MemberRule = (value, path) =>
  imageObject(typeof value === 'string' ? { id: value } : value, path)

// Signed already, so it is only looked at (Open Badges 3.0, EndorsementCredential).
const endorsement: MemberRule = (value, path) => {
  if (isJsonObject(value) && stringsOf(value['type']).includes('EndorsementCredential'))
    return value
  throw refusal(path, 'an EndorsementCredential')
}

/** What others say about a thing, as signed documents and as JWTs. */
export const endorsements = {
  endorsement: listOf(endorsement),
  endorsementJwt: listOf(compactJws),
} as const

const alignment = listOf(
  objectOf({
    type: 'Alignment',
    required: ['targetName', 'targetUrl'],
    members: {
      targetCode: text,
      targetDescription: text,
      targetFramework: text,
      targetName: text,
      targetType: extensible(targetTypes),
      targetUrl: iri,
    },
  }),
)

const identifierEntry = objectOf({
  type: 'IdentifierEntry',
  isPlainType: true,
  required: ['identifier', 'identifierType'],
  members: { identifier: text, identifierType: extensible(identifierTypes) },
})

const geo = objectOf({
  type: 'GeoCoordinates',
  isPlainType: true,
  required: ['latitude', 'longitude'],
  members: { latitude: number, longitude: number },
})

const address = objectOf({
  type: 'Address',
  required: [],
  members: {
    addressCountry: text,
    addressCountryCode: text,
    addressRegion: text,
    addressLocality: text,
    streetAddress: text,
    postOfficeBoxNumber: text,
    postalCode: text,
    geo,
  },
})

/** Who issues, creates or stands behind something (Open Badges 3.0, Profile). */
export const profile: MemberRule<JsonObject> = objectOf({
  type: 'Profile',
  required: ['id'],
  members: {
    id: iri,
    name: text,
    url: iri,
    phone: text,
    description: text,
    ...endorsements,
    image,
    email: text,
    address,
    otherIdentifier: listOf(identifierEntry),
    official: text,
    // By name, since a profile may have another inside.
    parentOrg: (value, path) => profile(value, path),
    familyName: text,
    givenName: text,
    additionalName: text,
    patronymicName: text,
    honorificPrefix: text,
    honorificSuffix: text,
    familyNamePrefix: text,
    dateOfBirth: date,
  },
})

const rubricCriterionLevel = objectOf({
  type: 'RubricCriterionLevel',
  required: ['id', 'name'],
  members: { id: iri, name: text, alignment, description: text, level: text, points: text },
})

const resultDescription = objectOf({
  type: 'ResultDescription',
  required: ['id', 'name', 'resultType'],
  members: {
    id: iri,
    name: text,
    resultType: extensible(resultTypes),
    alignment,
    // Ordered from low to high, and signed in that order (Open Badges 3.0, ResultDescription).
    allowedValue: listOf(text),
    requiredLevel: iri,
    requiredValue: text,
    rubricCriterionLevel: listOf(rubricCriterionLevel),
    valueMin: text,
    valueMax: text,
  },
})

const related = objectOf({
  type: 'Related',
  required: ['id'],
  members: { id: iri, inLanguage: language, version: text },
})

const criteria: MemberRule = (value, path) => {
  if (!isJsonObject(value)) throw refusal(path, 'an object with an id (a URL) or a narrative')
  const { id, narrative, ...rest } = value
  const [other] = Object.keys(rest)
  if (other !== undefined) throw refusal(`${path}.${other}`, 'left out')
  if (id === undefined && narrative === undefined) {
    throw refusal(path, 'given by an id (a URL) or a narrative')
  }
  return present({
    id: id === undefined ? id : iri(id, `${path}.id`),
    narrative: narrative === undefined ? narrative : text(narrative, `${path}.narrative`),
  })
}

/** What can be achieved (Open Badges 3.0, Achievement). */
export const achievement = objectOf({
  type: 'Achievement',
  required: ['id', 'name', 'description', 'criteria'],
  members: {
    id: iri,
    name: text,
    description: text,
    criteria,
    achievementType: extensible(achievementTypes),
    alignment,
    creator: profile,
    creditsAvailable: number,
    ...endorsements,
    fieldOfStudy: text,
    humanCode: text,
    image,
    inLanguage: language,
    otherIdentifier: listOf(identifierEntry),
    related: listOf(related),
    resultDescription: listOf(resultDescription),
    specialization: text,
    tag: listOf(text),
    version: text,
  },
})

/** Proof of the work (Open Badges 3.0, Evidence). */
export const evidence = objectOf({
  type: 'Evidence',
  required: [],
  members: { id: iri, name: text, description: text, narrative: text, genre: text, audience: text },
})

/** How well it was done (Open Badges 3.0, Result). */
export const result = objectOf({
  type: 'Result',
  required: [],
  members: {
    achievedLevel: iri,
    alignment,
    resultDescription: iri,
    status: oneOf(resultStatuses),
    value: text,
  },
})

/** One name of a person, hashed or not (Open Badges 3.0, IdentityObject). */
export const identityObject = objectOf({
  type: 'IdentityObject',
  isPlainType: true,
  required: ['hashed', 'identityHash', 'identityType'],
  members: {
    hashed: (value) => value === true,
    identityHash: text,
    identityType: extensible(identifierTypes),
    salt: text,
  },
})
