import { describe, expect, it } from 'vitest'
import { generateKeyPair } from '../keys/keys.js'
import { buildCredential, signCredential } from './build-credential.js'
import { buildEndorsement } from './build-endorsement.js'
import type { CredentialInput } from './credential-types.js'

const issuer = { id: 'https://badges.example/issuers/1', name: 'Example' }
const achievement = {
  id: 'https://badges.example/badges/1',
  name: 'Telemetry',
  description: 'Knows telemetry',
  criteria: { narrative: 'Pass' },
}
const input = {
  id: 'https://badges.example/credentials/1',
  issuer,
  achievement,
  recipient: { id: 'did:example:ana' },
  validFrom: '2026-01-01T00:00:00Z',
}
const level = { id: 'urn:level:1', name: 'One', resultType: 'LetterGrade' }

describe('building a credential', () => {
  it.each<[string, object]>([
    ['id', { id: 'credentials/1' }],
    ['validUntil', { validUntil: '2027-01-01' }],
    ['activityStartDate', { activityStartDate: 'spring' }],
    ['creditsEarned', { creditsEarned: Number.NaN }],
    ['creditsEarned', { creditsEarned: '5' }],
    ['name', { name: 5 }],
    ['image.id', { image: 'logo.png' }],
    ['evidence[1].id', { evidence: [{ name: 'Essay' }, { id: 'not an address' }] }],
    ['evidence[0].colour', { evidence: [{ colour: 'red' }] }],
    ['evidence', { evidence: { name: 'Essay' } }],
    ['result[0].status', { result: [{ status: 'ext:Almost' }] }],
    ['result[0].value', { result: [{ value: 5 }] }],
    ['source.id', { source: { name: 'Exam office' } }],
    ['refreshService', { refreshService: 'soon' }],
    ['credentialSchema[0]', { credentialSchema: ['schema.json'] }],
    ['termsOfUse[0].type', { termsOfUse: [{ id: 'https://e.example/terms' }] }],
    ['endorsementJwt[0]', { endorsementJwt: ['a.b'] }],
    ['endorsement[0]', { endorsement: [{ type: ['OpenBadgeCredential'] }] }],
    ['issuer.name', { issuer: { id: issuer.id } }],
    ['issuer.address.geo.longitude', { issuer: { ...issuer, address: { geo: { latitude: 1 } } } }],
    ['issuer.parentOrg.url', { issuer: { ...issuer, parentOrg: { id: 'urn:x:1', url: 'here' } } }],
    [
      'issuer.otherIdentifier[0].identifierType',
      { issuer: { ...issuer, otherIdentifier: [{ identifier: '1', identifierType: 'vat' }] } },
    ],
    ['recipient.id', { recipient: { id: 'ana' } }],
    [
      'recipient.identityType',
      { recipient: { identities: [{ identifier: 'ana', identifierType: 'nick' }] } },
    ],
    ['achievement.achievementType', { achievement: { ...achievement, achievementType: 'badge' } }],
    ['achievement.inLanguage', { achievement: { ...achievement, inLanguage: 'pt_BR' } }],
    ['achievement.description', { achievement: { ...achievement, description: undefined } }],
    ['achievement.criteria', { achievement: { ...achievement, criteria: {} } }],
    [
      'achievement.alignment[0].targetUrl',
      { achievement: { ...achievement, alignment: [{ targetName: 'x' }] } },
    ],
    [
      'achievement.resultDescription[0].resultType',
      { achievement: { ...achievement, resultDescription: [{ ...level, resultType: 'Marks' }] } },
    ],
    [
      'achievement.resultDescription[0].allowedValue[1]',
      {
        achievement: { ...achievement, resultDescription: [{ ...level, allowedValue: ['A', 2] }] },
      },
    ],
    [
      'achievement.resultDescription[0].rubricCriterionLevel[0].name',
      {
        achievement: {
          ...achievement,
          resultDescription: [{ ...level, rubricCriterionLevel: [{ id: 'urn:l:1' }] }],
        },
      },
    ],
  ])('refuses a wrong %s by its name', (path, wrong) => {
    const given = { ...input, ...wrong } as CredentialInput
    const escaped = path.replaceAll(/[[\].]/g, '\\$&')
    expect(() => buildCredential(given)).toThrow(
      expect.objectContaining({
        code: 'ERR_OB_INPUT',
        message: expect.stringMatching(new RegExp(`^${escaped} (must|is not)`)),
      }),
    )
  })

  it('keeps the order of allowed values under the signature', async () => {
    const key = generateKeyPair(new Uint8Array(32).fill(7))
    const signer = { key, verificationMethod: `${issuer.id}#1`, created: input.validFrom }
    const sign = async (allowedValue: readonly string[]) => {
      const resultDescription = [{ ...level, allowedValue }]
      const badge = buildCredential({
        ...input,
        achievement: { ...achievement, resultDescription },
      })
      return (await signCredential(badge, signer)).proof[0]?.proofValue
    }
    expect(await sign(['C', 'B', 'A'])).not.toBe(await sign(['A', 'B', 'C']))
  })

  it('names the extensions of 1EdTech among the contexts only when they are used', () => {
    const extensions = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'
    const refreshed = buildCredential({ ...input, refreshService: 'https://badges.example/new/1' })
    expect(refreshed['@context'][2]).toBe(extensions)
    expect(refreshed).toMatchObject({
      refreshService: { id: 'https://badges.example/new/1', type: '1EdTechCredentialRefresh' },
    })
    expect(buildCredential({ ...input, credentialSchema: [] })['@context']).toHaveLength(2)
  })

  it('refuses endorsed things without an address', () => {
    const word = { ...input, name: 'Good', subject: { id: 'badge' } }
    expect(() => buildEndorsement(word)).toThrow(/^subject\.id must be an absolute URI/)
  })
})
