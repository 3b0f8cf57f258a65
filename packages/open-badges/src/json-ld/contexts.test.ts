import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { canonizeJson } from '../json/jcs.js'
import { canonize } from './canonize.js'
import { contexts } from './contexts.js'

const data =
  process.env['ROSETTE_SHARED_DATA'] ??
  fileURLToPath(new URL('../../../../../shared/data/', import.meta.url))
const VECTOR = `${data}/open-badges/spec/test-vectors/clrv2p0/document-canon.txt`
const CLR = 'https://purl.imsglobal.org/spec/clr/v2p0'
const OB = 'https://purl.imsglobal.org/spec/ob/v3p0'
const OB_303 = 'c5e555a91a5cf48e32ae0a05674c61ddd5c053b680b5643b2f57f9965e386d99'

// SHA-256 of each context in canonical JSON. One that changes in place breaks every badge signed under
// it, so an updated package that brings another text has to be noticed here and read.
const hashes: Readonly<Record<string, string>> = {
  'https://www.w3.org/ns/credentials/v2':
    'b463c8d6a066214123ddd9827b135e1b50e1fc73322cc52a9b12a4f1fc7d86cf',
  'https://www.w3.org/2018/credentials/v1':
    'b01e671e873981f19a9102a9a57f666dbcaeb31b99e3e124378d143e71549247',
  'https://w3id.org/security/data-integrity/v1':
    '9505bf85338a4c2121ad03992ac90061bc85d43bcfa34d9d47b779381cf08b5f',
  'https://w3id.org/security/data-integrity/v2':
    '7ba3c50acf2689d5e07927267343eb353249c7c22a9f2d00307cc970e855e305',
  'https://w3id.org/security/multikey/v1':
    'be20c3ee6af6e9c4102e66a85c26617831218e32216bdf050f870e389e737cdc',
  'https://www.w3.org/ns/did/v1':
    'a7e146c40fcec005d3f0f14ae745665f446da58d7914a9d8f733746686fad82b',
  'https://w3id.org/security/v1':
    'd87de2ce3ce407bcac481f8af31e211e54beb5cbd7dd459826ed0502302ee234',
  'https://w3id.org/security/v2':
    '38a9ef19cf3a75bf856202bd1ed4cbd55c985ad4a809eb7f4ef584ba9d51dc90',
  'https://www.w3.org/ns/credentials/status/v1':
    'b2fcebfbaf4e6beae2be370fda8a5f9f99c28540c798a75a8cdccc0fb1a12492',
  'https://w3id.org/vc/status-list/2021/v1':
    '9768f9aa81ab6c3e2ad96b2d669eaba67afe13fff0140a853f1e3d313fab13b6',
  [`${OB}/context.json`]: '2c54acaa1cffda2420be32ab61f0a2082051211131c6337686f36f2537aa859b',
  [`${OB}/context-3.0.1.json`]: '8bb2354552b70cbdf2066f6d3e24bc5c2be2619145737580ad2aebdc366e77d5',
  [`${OB}/context-3.0.2.json`]: 'bdd1d11a55a660322f24660862a1d430ee80cce584465f750909daa43684357c',
  [`${OB}/context-3.0.3.json`]: OB_303,
  [`${OB}/context/ob_v3p0.jsonld`]: OB_303,
  [`${OB}/extensions.json`]: '15f4c347c6fe4380d9b6b93795859e33747ef48d5c55b91a71c52fb51c7bcbd7',
  [`${CLR}/context.json`]: 'e793855f5ddf1673e70e7cb80923b524953d44e8ba7a064e1028066cd5b5776b',
  [`${CLR}/context-2.0.1.json`]: 'eb5a2ae29065aeb32dda2cb376e213bedf337b1c8a0e626278115e5fe6548670',
  'https://w3id.org/security/suites/ed25519-2020/v1':
    'd44c5479d052b0567e1a1ebde99001a0f969cafbf050a9ec4fea410ba7e9fa2e',
}

const hashOf = (context: unknown) =>
  createHash('sha256').update(canonizeJson(context)).digest('hex')

describe('the bundled contexts', () => {
  it('have exactly the texts that were read and recorded', () => {
    const found = Object.fromEntries([...contexts].map(([url, it]) => [url, hashOf(it)]))
    // Other tests may add contexts of their vectors.
    expect(found).toMatchObject(hashes)
  })
})

const profile = { id: 'https://example.edu/issuers/565049', type: ['Profile'] }
const learner = 'did:example:ebfeb1f712ebc6f1c276e12ec21'
const ids = ['a7467ef6-56cb-11ec-bf63-0242ac130002', 'dd887f0a-56cb-11ec-bf63-0242ac130002']
const schemaOf = (id: string) => [{ id, type: '1EdTechJsonSchemaValidator2019' }]
const achievements = ids.map((id, i) => ({
  id: `urn:uuid:${id}`,
  type: ['Achievement'],
  creator: profile,
  name: `Achievement ${i + 1}`,
  description: `Achievement ${i + 1}`,
  criteria: { id: `https://example.edu/achievements/${id}/criteria` },
  image: { id: 'https://example.edu/achievements/sample.png', type: 'Image' },
}))
const shared = [`${OB}/context-3.0.3.json`, `${OB}/extensions.json`]
const common = {
  issuer: { ...profile, name: 'Example University' },
  validFrom: '2010-01-01T00:00:00Z',
}
const degree = {
  '@context': ['https://www.w3.org/ns/credentials/v2', ...shared],
  id: 'urn:uuid:91537dba-56cb-11ec-bf63-0242ac130002',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  ...common,
  name: 'Example University Degree',
  credentialSubject: { id: learner, type: ['AchievementSubject'], achievement: achievements[0] },
  credentialSchema: schemaOf(`${OB}/schema/json/ob_v3p0_achievementcredential_schema.json`),
  proof: [
    {
      type: 'DataIntegrityProof',
      created: '2010-01-01T19:23:24Z',
      verificationMethod: `${profile.id}#z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi`,
      cryptosuite: 'eddsa-rdfc-2022',
      proofPurpose: 'assertionMethod',
      proofValue:
        'z45QnLySMt2mWuW787G6cf3SLkP97ZkMZxLeXH5yaaTQPCtTup4GCV95tU8HEnQJSyGCokSj3AvUhmJtvveTmN4Vu',
    },
  ],
}
const record = {
  '@context': ['https://www.w3.org/ns/credentials/v2', `${CLR}/context-2.0.1.json`, ...shared],
  id: 'http://example.edu/credentials/3732',
  type: ['VerifiableCredential', 'ClrCredential'],
  ...common,
  name: 'Sample Transcript',
  credentialSubject: {
    id: learner,
    type: ['ClrSubject'],
    verifiableCredential: [degree],
    achievement: achievements,
    association: [
      {
        type: 'Association',
        associationType: 'isParentOf',
        sourceId: `urn:uuid:${ids[0]}`,
        targetId: `urn:uuid:${ids[1]}`,
      },
    ],
  },
  credentialSchema: schemaOf(`${CLR}/schema/json/clr_v2p0_clrcredential_schema.json`),
}

describe.skipIf(!existsSync(VECTOR))('the context of learner records', () => {
  it('means what the official canonical form of a record says', async () => {
    expect(await canonize(record)).toBe(`${readFileSync(VECTOR, 'utf8').trim()}\n`)
  })
})
