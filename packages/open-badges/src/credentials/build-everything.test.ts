import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2019 } from 'ajv/dist/2019.js'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { generateKeyPair } from '../keys/keys.js'
import { signCredentialJwt } from '../proofs/sign-jwt.js'
import { statusEntry } from '../status/status-list.js'
import { buildCredential, type SignedCredential, signCredential } from './build-credential.js'
import { buildEndorsement } from './build-endorsement.js'
import { ENDORSEMENT_SCHEMA, OPEN_BADGES_SCHEMA } from './build-envelope.js'
import type { AchievementInput, CredentialInput, ProfileInput } from './credential-types.js'
import {
  achievementTypes,
  identifierTypes,
  resultStatuses,
  resultTypes,
  targetTypes,
} from './enumerations.js'

const data =
  process.env['ROSETTE_SHARED_DATA'] ??
  fileURLToPath(new URL('../../../../../shared/data/', import.meta.url))
const schemas = `${data}/open-badges/spec/schemas`

const issuer = { id: 'https://badges.example/issuers/1', name: 'Example' }
const validFrom = '2026-01-01T00:00:00Z'
const signer = {
  key: generateKeyPair(new Uint8Array(32).fill(7)),
  verificationMethod: 'https://badges.example/keys/1',
  created: validFrom,
}
const endorsementInput = {
  id: 'https://badges.example/endorsements/1',
  name: 'A good badge',
  issuer: { id: 'https://endorser.example', name: 'Endorser' },
  subject: { id: 'https://badges.example/badges/1', comment: 'Well made' },
  validFrom,
  validUntil: '2030-01-01T00:00:00Z',
  credentialSchema: [ENDORSEMENT_SCHEMA],
}

const word = fc.string({ minLength: 1, unit: fc.constantFrom(...'aß学 "\\\n<') })
const iri = fc
  .tuple(fc.constantFrom('https://e.example/', 'urn:uuid:', 'did:example:'), fc.nat())
  .map(([start, n]) => start + n)
const date = fc.constantFrom(validFrom, '2026-06-30T12:00:00.5+02:00')
const extended = (words: readonly string[]) => fc.constantFrom(...words, 'ext:own.word-1')
// Each member may be missing, alone or with any others.
const some = <Members extends Record<string, fc.Arbitrary<unknown>>>(members: Members) =>
  fc.record(members, { requiredKeys: [] })
const list = <Item>(item: fc.Arbitrary<Item>) => fc.array(item, { maxLength: 2 })

const image = fc.oneof(iri, fc.record({ id: iri, caption: word }))
const alignment = list(
  fc
    .tuple(
      fc.record({ targetName: word, targetUrl: iri }),
      some({
        targetCode: word,
        targetDescription: word,
        targetFramework: word,
        targetType: extended(targetTypes),
      }),
    )
    .map(([needed, others]) => ({ ...needed, ...others })),
)
const otherIdentifier = list(
  fc.record({ identifier: word, identifierType: extended(identifierTypes) }),
)
const address = some({
  addressCountry: word,
  addressCountryCode: fc.constant('NL'),
  addressRegion: word,
  addressLocality: word,
  streetAddress: word,
  postOfficeBoxNumber: word,
  postalCode: word,
  geo: fc.record({ latitude: fc.constant(52.1), longitude: fc.constant(-4) }),
})
const person = {
  url: iri,
  phone: word,
  description: word,
  image,
  email: word,
  address,
  otherIdentifier,
  official: word,
  familyName: word,
  givenName: word,
  additionalName: word,
  patronymicName: word,
  honorificPrefix: word,
  honorificSuffix: word,
  familyNamePrefix: word,
  dateOfBirth: fc.constant('1990-02-28'),
}
const profileInside: fc.Arbitrary<ProfileInput> = fc
  .tuple(iri, some({ name: word, ...person }))
  .map(([id, others]) => ({ id, ...others }))
const resultDescription = list(
  fc
    .tuple(
      fc.record({ id: iri, name: word, resultType: extended(resultTypes) }),
      some({
        allowedValue: list(word),
        requiredLevel: iri,
        requiredValue: word,
        valueMin: word,
        valueMax: word,
        alignment,
        rubricCriterionLevel: list(
          fc.record({
            id: iri,
            name: word,
            description: word,
            level: word,
            points: word,
            alignment,
          }),
        ),
      }),
    )
    .map(([needed, others]) => ({ ...needed, ...others })),
)

/** Any badge, whose endorsements are the one given and whose JWTs are left out unless given. */
function badgeInputs(signed: SignedCredential, jwts: readonly string[]) {
  const endorsed = {
    endorsement: fc.constantFrom([], [signed]),
    ...(jwts.length === 0 ? {} : { endorsementJwt: fc.constant(jwts) }),
  }
  const achievement: fc.Arbitrary<AchievementInput> = fc
    .tuple(
      fc.record({
        id: iri,
        name: word,
        description: word,
        criteria: fc.oneof(fc.record({ id: iri }), fc.record({ narrative: word })),
      }),
      some({
        image,
        tags: list(word),
        achievementType: extended(achievementTypes),
        alignment,
        creator: profileInside,
        inLanguage: fc.constantFrom('en', 'pt-BR', 'zh-Hans', 'zh-Hans-CN', 'es-419'),
        version: word,
        fieldOfStudy: word,
        humanCode: word,
        specialization: word,
        creditsAvailable: fc.constantFrom(0, 2.5),
        otherIdentifier,
        related: list(fc.record({ id: iri, inLanguage: fc.constant('nl'), version: word })),
        resultDescription,
        ...endorsed,
      }),
    )
    .map(([needed, others]) => ({ ...needed, ...others }))
  const identity = fc.record({
    identifier: word,
    identifierType: extended(identifierTypes),
    salt: word,
    hashed: fc.boolean(),
  })
  const recipient = fc
    .tuple(
      fc.oneof(fc.record({ id: iri }), fc.record({ email: word, salt: word })),
      some({ name: word, identities: list(identity), image }),
    )
    .map(([needed, others]) => ({ ...needed, ...others }))
  return fc
    .tuple(
      fc.record({
        id: iri,
        issuer: some({ ...person, parentOrg: profileInside, ...endorsed }).map((others) => ({
          ...issuer,
          ...others,
        })),
        achievement,
        recipient,
        validFrom: date,
      }),
      some({
        validUntil: date,
        awardedDate: date,
        name: word,
        description: word,
        image,
        narrative: word,
        evidence: list(
          some({
            id: iri,
            name: word,
            description: word,
            narrative: word,
            genre: word,
            audience: word,
          }),
        ),
        result: list(
          some({
            achievedLevel: iri,
            resultDescription: iri,
            status: fc.constantFrom(...resultStatuses),
            value: word,
            alignment,
          }),
        ),
        source: profileInside,
        role: word,
        term: word,
        activityStartDate: date,
        activityEndDate: date,
        creditsEarned: fc.constantFrom(0, 7.5),
        licenseNumber: word,
        credentialSchema: fc.constant([OPEN_BADGES_SCHEMA]),
        refreshService: iri,
        termsOfUse: fc.constant([
          { id: 'https://e.example/terms', type: 'https://e.example/Terms' },
        ]),
        status: fc.constant(
          statusEntry({ listUrl: 'https://e.example/list', index: 7, purpose: 'revocation' }),
        ),
        ...endorsed,
      }),
    )
    .map(([needed, others]): CredentialInput => ({ ...needed, ...others }))
}

describe.skipIf(!existsSync(schemas))(
  'any badge that can be built (skipped when the shared data folder is missing)',
  () => {
    let signed: SignedCredential
    let jwt: string
    beforeAll(async () => {
      signed = await signCredential(buildEndorsement(endorsementInput), signer)
      jwt = signCredentialJwt(buildEndorsement(endorsementInput), signer)
    })
    const compile = (file: string) => {
      const ajv = new Ajv2019({ strict: false, validateFormats: false })
      return ajv.compile(JSON.parse(readFileSync(`${schemas}/${file}`, 'utf8')))
    }
    const faults = (validate: ReturnType<typeof compile>, document: object) => {
      validate(JSON.parse(JSON.stringify(document)))
      return validate.errors ?? []
    }

    it.each(['plain-strict', 'json-ld-relaxed'])('is accepted by the schema %s', (folder) => {
      const validate = compile(`${folder}/ob_v3p0_achievementcredential_schema.json`)
      fc.assert(
        fc.property(badgeInputs(signed, [jwt]), (input) => {
          expect(faults(validate, buildCredential(input))).toEqual([])
        }),
        { numRuns: 40 },
      )
    })

    it('has no member that its contexts do not define', async () => {
      await fc.assert(
        fc.asyncProperty(badgeInputs(signed, []), async (input) => {
          const badge = await signCredential(buildCredential(input), signer)
          expect(badge.proof).toHaveLength(1)
        }),
        { numRuns: 40 },
      )
    })

    it('may carry endorsements that their own schema accepts', () => {
      const validate = compile('json-ld-relaxed/ob_v3p0_endorsementcredential_schema.json')
      expect(faults(validate, signed)).toEqual([])
    })
  },
)
