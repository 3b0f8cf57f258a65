import { describe, expect, it } from 'vitest'
import { controllerDocument, generateKeyPair, keyDocument, verifyCredential } from '../index.js'
import type { JsonObject } from '../json/json.js'
import { canonizeAny } from '../json-ld/canonize.js'
import { signHash } from './data-integrity.js'
import { hashCanonical } from './hash-document.js'

const ISSUER = 'https://badges.example/issuers/1'
const KEY = 'https://badges.example/keys/1'
const BADGE = 'https://badges.example/credentials/1'
const ANA = 'did:example:ana'
const CONTEXTS = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
]
const created = '2026-01-01T00:00:00Z'
const ended = '2026-02-01T00:00:00Z'
const now = new Date('2026-06-01T00:00:00Z')
const key = generateKeyPair(new Uint8Array(32).fill(1))
const { publicKeyMultibase } = key

const world: Record<string, unknown> = {
  [KEY]: keyDocument({ id: KEY, controller: ISSUER, publicKeyMultibase }),
  [ISSUER]: controllerDocument({ id: ISSUER, keys: [{ id: KEY, publicKeyMultibase }] }),
}

const options = {
  type: 'DataIntegrityProof',
  cryptosuite: 'eddsa-rdfc-2022',
  created,
  verificationMethod: KEY,
  proofPurpose: 'assertionMethod',
}

const badge = {
  '@context': CONTEXTS,
  id: BADGE,
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: { id: ISSUER, type: ['Profile'], name: 'Example' },
  validFrom: created,
  name: 'Telemetry',
  credentialSubject: {
    id: ANA,
    type: ['AchievementSubject'],
    achievement: {
      id: 'https://badges.example/badges/1',
      type: ['Achievement'],
      name: 'Telemetry',
      description: 'Knows telemetry',
      criteria: { narrative: 'Pass' },
    },
  },
}

/** Signed by an issuer whose software looks at nothing but the statements. */
async function sign(document: JsonObject, proof: JsonObject = options) {
  const context = document['@context']
  const data = hashCanonical({
    options: await canonizeAny({ ...proof, '@context': context }),
    document: await canonizeAny(document),
  })
  return { ...proof, proofValue: signHash(data, key) }
}

async function verify(input: JsonObject) {
  const documents = async (url: string) => world[url]
  const { verdict, checks } = await verifyCredential(input, { documents, now })
  return [verdict, ...checks.flatMap(({ code, error }) => (error ? [`${code} ${error}`] : []))]
}

const statementsOf = async ({ proof: _proof, ...document }: JsonObject) => canonizeAny(document)

describe('a statement that was moved to another place of a signed badge', () => {
  const refused = ['invalid', 'proof ERR_OB_UNSAFE']

  it('hides no end date', async () => {
    const page = { id: BADGE, type: ['Evidence'], name: 'The badge on the web' }
    const signed = { ...badge, validUntil: ended, evidence: [page] }
    const proof = await sign(signed)
    expect(await verify({ ...signed, proof })).toEqual(['expired', 'dates ERR_OB_EXPIRED'])
    const second = { ...page, type: ['Evidence', 'VerifiableCredential'], validUntil: ended }
    const moved = { ...badge, evidence: [second], proof }
    expect(await statementsOf(moved)).toBe(await statementsOf(signed))
    expect(await verify(moved)).toEqual(refused)
  })

  it('hides no result', async () => {
    const result = [{ type: ['Result'], status: 'Failed' }]
    const { credentialSubject: subject } = badge
    const signed = {
      ...badge,
      credentialSubject: { ...subject, result },
      evidence: [{ id: ANA, type: ['Evidence'] }],
    }
    const proof = await sign(signed)
    expect(await verify({ ...signed, proof })).toEqual(['valid'])
    const second = { id: ANA, type: ['Evidence', 'AchievementSubject'], result }
    const moved = { ...badge, evidence: [second], proof }
    expect(await statementsOf(moved)).toBe(await statementsOf(signed))
    expect(await verify(moved)).toEqual(refused)
  })

  it('exchanges no lists between two statuses of one name', async () => {
    const status = (statusPurpose: string, statusListIndex: string) => ({
      id: `${BADGE}#status`,
      type: 'BitstringStatusListEntry',
      statusPurpose,
      statusListIndex,
      statusListCredential: 'https://badges.example/status/1',
    })
    const listed = (revocation: string, suspension: string) => ({
      ...badge,
      credentialStatus: [status('revocation', revocation), status('suspension', suspension)],
    })
    const proof = await sign(listed('7', '9'))
    expect(await statementsOf(listed('9', '7'))).toBe(await statementsOf(listed('7', '9')))
    expect(await verify({ ...listed('9', '7'), proof })).toEqual(refused)
  })

  it('may stand beside what others say of the same badge', async () => {
    const page = { id: BADGE, type: ['Evidence'], name: 'The badge on the web' }
    const signed = { ...badge, evidence: [page] }
    expect(await verify({ ...signed, proof: await sign(signed) })).toEqual(['valid'])
  })
})

describe('a proof that has ended', () => {
  const expiring = { ...options, expires: ended }

  it('is told as ended when its signature holds, and as broken when it does not', async () => {
    const proof = await sign(badge, expiring)
    expect(await verify({ ...badge, proof })).toEqual(['expired', 'proof ERR_OB_PROOF_EXPIRED'])
    expect(await verify({ ...badge, name: 'Other', proof })).toEqual([
      'invalid',
      'proof ERR_OB_SIGNATURE',
      'proof ERR_OB_PROOF_EXPIRED',
    ])
  })

  it.each(['v1', 'v2'])('cannot say so by another name, as of security/%s', async (version) => {
    const { proofValue } = await sign(badge, expiring)
    const contexts = [...CONTEXTS, `https://w3id.org/security/${version}`]
    const proof = { ...options, expiration: ended, proofValue }
    expect(await verify({ ...badge, '@context': contexts, proof })).toEqual([
      'invalid',
      'proof ERR_OB_UNSAFE',
    ])
  })
})
