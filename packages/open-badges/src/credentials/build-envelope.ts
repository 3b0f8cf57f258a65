import type { JsonObject } from '../json/json.js'
import { present } from '../json/members.js'
import { CREDENTIALS_V2, OPEN_BADGES_V3 } from '../json-ld/contexts.js'
import { profile } from './classes.js'
import type { EnvelopeInput, UnsignedCredential } from './credential-types.js'
import { dateTime, iri, listOf, type MemberRule, text } from './member-rules.js'

const EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'
const SCHEMAS = 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json'

/** The official schema of a badge, for `credentialSchema` (Open Badges 3.0, AchievementCredential). */
export const OPEN_BADGES_SCHEMA = `${SCHEMAS}/ob_v3p0_achievementcredential_schema.json`
/** The official schema of an endorsement, for `credentialSchema` (Open Badges 3.0, EndorsementCredential). */
export const ENDORSEMENT_SCHEMA = `${SCHEMAS}/ob_v3p0_endorsementcredential_schema.json`

const terms: MemberRule = (value, path) => {
  const { id, type } = Object(value)
  return present({
    id: id === undefined ? undefined : iri(id, `${path}.id`),
    type: text(type, `${path}.type`),
  })
}

const schema: MemberRule = (value, path) => ({
  id: iri(value, path),
  type: '1EdTechJsonSchemaValidator2019',
})

const refresh: MemberRule = (value, path) => ({
  id: iri(value, path),
  type: '1EdTechCredentialRefresh',
})

const optional: Readonly<Record<string, MemberRule>> = {
  description: text,
  validUntil: dateTime,
  awardedDate: dateTime,
  credentialSchema: listOf(schema),
  refreshService: refresh,
  termsOfUse: listOf(terms),
}

/** What a kind of credential adds to the members that all have. */
type Own = {
  readonly type: string
  readonly name: string
  readonly credentialSubject: JsonObject
  readonly others?: JsonObject
}

/** A credential with the members that all have, and with those of its own kind. */
export function buildEnvelope(input: EnvelopeInput, own: Own): UnsignedCredential {
  const { id, validFrom, status } = input
  const isExtended = input.refreshService !== undefined || (input.credentialSchema ?? []).length > 0
  const others = { ...own.others, ...checkMembers(input, optional) }
  return {
    // Only what a credential uses: its contexts are part of what is signed.
    '@context': [CREDENTIALS_V2, OPEN_BADGES_V3, ...(isExtended ? [EXTENSIONS] : [])],
    id: iri(id, 'id'),
    type: ['VerifiableCredential', own.type],
    name: text(own.name, 'name'),
    ...others,
    issuer: toIssuer(input),
    validFrom: dateTime(validFrom, 'validFrom'),
    credentialSubject: own.credentialSubject,
    ...present({ credentialStatus: toStatus(status) }),
  }
}

/** Those members of an input that are there, each by its rule. */
export function checkMembers(input: object, rules: Readonly<Record<string, MemberRule>>) {
  const given = Object.entries(input).filter(([, value]) => value !== undefined)
  const known = given.flatMap(([name, value]) => {
    const rule = rules[name]
    return rule === undefined ? [] : [[name, rule(value, name)] as const]
  })
  return present(Object.fromEntries(known))
}

function toIssuer({ issuer }: EnvelopeInput) {
  const { id, name } = issuer
  return { ...profile(issuer, 'issuer'), id, name: text(name, 'issuer.name'), type: ['Profile'] }
}

// One status stands alone, as the strict official schema wants it.
function toStatus(status: EnvelopeInput['status']) {
  const [first, ...others] = status === undefined ? [] : [status].flat()
  return first === undefined || others.length === 0 ? first : [first, ...others]
}
