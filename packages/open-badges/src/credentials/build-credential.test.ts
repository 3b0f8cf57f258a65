import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { describe, expect, it } from 'vitest'
import { generateKeyPair } from '../keys/keys.js'
import { statusEntry } from '../status/status-list.js'
import { buildCredential, signCredential } from './build-credential.js'

const data =
  process.env['ROSETTE_SHARED_DATA'] ??
  fileURLToPath(new URL('../../../../../shared/data/', import.meta.url))
const schemas = `${data}/open-badges/spec/schemas`

const issuer = { id: 'https://badges.example/issuers/1', name: 'Example', url: 'https://e.example' }
const input = {
  id: 'https://badges.example/credentials/1',
  issuer: { ...issuer, email: 'badges@example.org', image: 'https://badges.example/logo.png' },
  achievement: {
    id: 'https://badges.example/badges/1',
    name: 'Télémétrie 学习',
    description: 'Knows telemetry',
    criteria: { narrative: 'Pass the exam' },
    image: { id: 'https://badges.example/badges/1.png', caption: 'A dish' },
    tags: ['telemetry'],
    achievementType: 'Badge',
    alignment: [{ targetName: 'Framework', targetUrl: 'https://f.example/1' }],
    inLanguage: 'en',
  },
  recipient: { email: 'ana@example.org', salt: 'pepper', name: 'Ana' },
  validFrom: '2026-01-01T00:00:00Z',
  validUntil: '2027-01-01T00:00:00Z',
  awardedDate: '2026-01-01T00:00:00Z',
  evidence: [{ id: 'https://lms.example/work/1', name: 'Essay' }],
  status: statusEntry({
    listUrl: 'https://badges.example/status/1',
    index: 7,
    purpose: 'revocation' as const,
  }),
}
const minimal = {
  id: input.id,
  issuer,
  achievement: { ...input.achievement, image: undefined, tags: [], alignment: undefined },
  recipient: { id: 'did:example:ana' },
  validFrom: input.validFrom,
}
const signer = {
  key: generateKeyPair(new Uint8Array(32).fill(7)),
  verificationMethod: 'https://badges.example/keys/1',
  created: '2026-01-01T00:00:00Z',
}

describe.skipIf(!existsSync(schemas))(
  'a built credential (skipped when the shared data folder is missing)',
  () => {
    it.each([
      ['strict', 'plain-strict'],
      ['relaxed', 'json-ld-relaxed'],
    ])('is accepted by the %s official schema', async (_name, folder) => {
      const file = `${schemas}/${folder}/ob_v3p0_achievementcredential_schema.json`
      const ajv = new Ajv2019({ strict: false, validateFormats: false })
      const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')))
      for (const badge of [input, minimal]) {
        validate(JSON.parse(JSON.stringify(await signCredential(buildCredential(badge), signer))))
        expect(validate.errors ?? []).toEqual([])
      }
    })
  },
)

describe('building a credential', () => {
  it('leaves out what is absent instead of writing null or empty arrays', () => {
    expect(JSON.stringify(buildCredential(minimal))).not.toMatch(/null|\[\]/)
  })

  it('does not publish the address of the learner', () => {
    expect(JSON.stringify(buildCredential(input))).not.toContain('ana@example.org')
  })

  it.each([
    ['a date without a zone', { ...input, validFrom: '2026-01-01T00:00:00' }],
    ['nobody as recipient', { ...input, recipient: { name: 'Ana' } }],
    ['no criteria', { ...input, achievement: { ...input.achievement, criteria: {} } }],
  ])('refuses %s', (_name, wrong) => {
    expect(() => buildCredential(wrong)).toThrow(expect.objectContaining({ code: 'ERR_OB_INPUT' }))
  })
})
