import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2019 } from 'ajv/dist/2019.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultsOf } from './credential-schema.js'
import { faultsOfEndorsement } from './endorsement-schema.js'

const data =
  process.env['ROSETTE_SHARED_DATA'] ??
  fileURLToPath(new URL('../../../../../shared/data/', import.meta.url))
const folder = `${data}/open-badges/spec/schemas/json-ld-relaxed`

type Members = Record<string, unknown>

const url = (path: string) => `https://badges.example/${path}`
const context = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
]
const alignment = [{ type: ['Alignment'], targetName: 'Frame', targetUrl: url('f') }]
const otherIdentifier = [{ type: 'IdentifierEntry', identifier: '1', identifierType: 'isbn' }]
const image = { id: url('i.png'), type: 'Image', caption: 'A dish' }
const geo = { type: 'GeoCoordinates', latitude: 1.5, longitude: 2 }
const profile = {
  id: url('issuers/1'),
  type: ['Profile'],
  name: 'Example',
  image,
  address: { type: ['Address'], addressCountry: 'FR', geo },
  otherIdentifier,
}
const organisation = { ...profile, parentOrg: { ...profile, parentOrg: profile } }
const level = { id: url('l'), type: ['RubricCriterionLevel'], name: 'Good', alignment }
const envelope = {
  '@context': context,
  id: url('credentials/1'),
  name: 'Telemetry',
  issuer: organisation,
  validFrom: '2026-01-01T00:00:00Z',
  credentialStatus: { id: url('s'), type: '1EdTechRevocationList' },
  credentialSchema: [{ id: url('schema'), type: '1EdTechJsonSchemaValidator2019' }],
  refreshService: { id: url('r'), type: '1EdTechCredentialRefresh' },
  termsOfUse: [{ type: 'https://badges.example/Terms' }],
}
const badge = {
  ...envelope,
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  image,
  evidence: [{ type: ['Evidence'], name: 'Essay' }],
  credentialSubject: {
    type: ['AchievementSubject'],
    id: 'did:example:ana',
    identifier: [
      { type: 'IdentityObject', hashed: false, identityHash: 'a', identityType: 'userName' },
    ],
    source: organisation,
    image,
    result: [{ type: ['Result'], resultDescription: url('d'), value: '92', alignment }],
    achievement: {
      id: url('badges/1'),
      type: ['Achievement'],
      name: 'Telemetry',
      description: 'Knows telemetry',
      criteria: { narrative: 'Pass' },
      creator: organisation,
      image,
      alignment,
      otherIdentifier,
      related: [{ id: url('badges/2'), type: ['Related'] }],
      resultDescription: [
        {
          id: url('d'),
          type: ['ResultDescription'],
          name: 'Grade',
          resultType: 'Percent',
          alignment,
          rubricCriterionLevel: [level],
        },
      ],
    },
  },
}
const endorsement = {
  ...envelope,
  type: ['VerifiableCredential', 'EndorsementCredential'],
  credentialSubject: { id: url('x'), type: ['EndorsementSubject'], endorsementComment: 'Good' },
}

type Path = readonly (string | number)[]

// Every place in a document that has a member which could be missing.
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => pathsOf(item, [...path, i]))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => {
    const here = [...path, name]
    return [here, ...pathsOf(member, here)]
  })
}

function without(document: object, paths: readonly Path[]): Members {
  const copy = structuredClone(document) as Members
  for (const path of paths) {
    const parent = path.slice(0, -1).reduce<Members | undefined>((at, step) => {
      const next = at?.[step]
      return typeof next === 'object' && next !== null ? (next as Members) : undefined
    }, copy)
    if (parent !== undefined) delete parent[String(path.at(-1))]
  }
  return copy
}

// One value instead of a list of one is the same statement.
function compacted(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? compacted(value[0]) : value.map(compacted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, compacted(it)]))
}

describe.skipIf(!existsSync(folder))('the rules about shape', () => {
  const compile = (name: string) =>
    new Ajv2019({ strict: false, validateFormats: false }).compile(
      JSON.parse(readFileSync(`${folder}/ob_v3p0_${name}_schema.json`, 'utf8')),
    )
  const cases = [
    ['a badge', badge, faultsOf, compile('achievementcredential')],
    ['an endorsement', endorsement, faultsOfEndorsement, compile('endorsementcredential')],
  ] as const

  it.each(cases)('accept %s with everything, as the official schema does', (...row) => {
    const [, document, faults, validate] = row
    for (const form of [document, compacted(document) as Members]) {
      expect(validate({ ...form, '@context': context })).toBe(true)
      expect(faults({ ...form, '@context': context })).toEqual([])
    }
  })

  it.each(cases)('find the member that %s lacks, as the official schema does', (...row) => {
    const [, document, faults, validate] = row
    for (const path of pathsOf(document)) {
      const lacking = without(document, [path])
      // An Achievement needs criteria that say something; the official schema lets them be empty.
      const refused = !validate(lacking) || path.at(-2) === 'criteria'
      expect([path.join('.'), faults(lacking).length > 0]).toEqual([path.join('.'), refused])
    }
  })

  it.each(cases)('refuse whatever the official schema refuses in %s', (...row) => {
    const [, document, faults, validate] = row
    const missing = fc.uniqueArray(fc.constantFrom(...pathsOf(document)), { maxLength: 4 })
    fc.assert(
      fc.property(missing, (paths) => {
        const lacking = without(document, paths)
        if (!validate(lacking)) expect(faults(lacking)).not.toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})

describe('the shape of anything', () => {
  it('is described and never thrown about', () => {
    fc.assert(
      fc.property(fc.constantFrom(...pathsOf(badge)), fc.jsonValue(), (path, value) => {
        const changed = structuredClone(badge) as Members
        const parent = path.slice(0, -1).reduce<Members>((at, step) => at[step] as Members, changed)
        parent[String(path.at(-1))] = value
        for (const fault of [...faultsOf(changed), ...faultsOfEndorsement(changed)]) {
          expect(typeof fault).toBe('string')
        }
      }),
    )
  })

  it.each([
    { evidence: [{ type: 'Evidence', name: ['Essay', 'Essay'] }] },
    {
      credentialSubject: { ...badge.credentialSubject, result: { type: 'Result', value: [1, 1] } },
    },
    ...['achievementType', 'inLanguage'].map((name) => ({
      credentialSubject: {
        ...badge.credentialSubject,
        achievement: { ...badge.credentialSubject.achievement, [name]: ['en', 'en'] },
      },
    })),
  ])('has no lists where one text is shown: %j', (change) => {
    expect(faultsOf({ ...badge, ...change })).toHaveLength(1)
  })

  it('is not followed through organisations without end', () => {
    let issuer: Members = profile
    for (let i = 0; i < 20; i += 1) issuer = { ...profile, parentOrg: issuer }
    expect(faultsOf({ ...badge, issuer }).join()).toContain('nested less deeply')
  })
})
