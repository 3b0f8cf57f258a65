/// <reference path="./json-ld/untyped.d.ts" />
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import * as ecdsaMultikey from '@digitalbazaar/ecdsa-multikey'
import * as multikey from '@digitalbazaar/ed25519-multikey'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import * as vc from '@digitalbazaar/vc'
import { importJWK, jwtVerify, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import {
  buildCredential,
  buildEndorsement,
  buildStatusListCredential,
  controllerDocument,
  createStatusBits,
  documentLoader,
  encodeStatusList,
  generateKeyPair,
  generateSigningKey,
  jwkDocument,
  keyDocument,
  OPEN_BADGES_SCHEMA,
  publicKeyMultibaseOf,
  signCredential,
  signCredentialJwt,
  signDocument,
  statusEntry,
  verifyCredential,
} from './index.js'

const ISSUER = 'https://badges.example/issuers/1'
const KEY = 'https://badges.example/keys/1'
const LIST = 'https://badges.example/status/1'
const created = '2026-01-01T00:00:00Z'
const now = new Date('2026-06-01T00:00:00Z')
const key = generateKeyPair(new Uint8Array(32).fill(1))
const { publicKeyMultibase } = key

const world: Record<string, object> = {
  [KEY]: keyDocument({ id: KEY, controller: ISSUER, publicKeyMultibase }),
  [ISSUER]: controllerDocument({ id: ISSUER, keys: [{ id: KEY, publicKeyMultibase }] }),
}
const documents = async (url: string) => world[url]
const credential = buildCredential({
  id: 'https://badges.example/credentials/1',
  issuer: { id: ISSUER, name: 'Exämple' },
  achievement: {
    id: 'https://badges.example/badges/1',
    name: '学习',
    description: 'Learning',
    criteria: { id: 'https://badges.example/badges/1#criteria' },
    tags: ['a', 'b'],
    image: 'https://badges.example/1.png',
  },
  recipient: { email: 'ana@example.org', salt: 'pepper', name: 'Ana' },
  validFrom: created,
  evidence: [{ name: 'Essay' }, { name: 'Exam' }],
})

const loader = async (url: string) => {
  const document = world[url]
  return document === undefined
    ? await documentLoader(url)
    : { contextUrl: null, documentUrl: url, document }
}

const signer = { key, verificationMethod: KEY, created }
const endorser = { id: 'https://endorser.example', name: 'Endorser' }
/** A badge that uses every kind of member with an order, a type or a context of its own. */
async function buildFull() {
  const endorsement = buildEndorsement({
    id: 'https://endorser.example/1',
    name: 'Well made',
    issuer: endorser,
    subject: { id: credential.id, comment: 'True' },
    validFrom: created,
  })
  const level = { id: 'urn:level:b', name: 'Good', level: '2', points: '5' }
  return buildCredential({
    id: credential.id,
    issuer: {
      id: ISSUER,
      name: 'Exämple',
      address: { addressCountryCode: 'NL', geo: { latitude: 52.1, longitude: -4 } },
      parentOrg: { id: 'https://parent.example', name: 'Parent' },
      otherIdentifier: [{ identifier: '1', identifierType: 'ext:vat' }],
    },
    achievement: {
      id: 'https://badges.example/badges/1',
      name: 'Learning',
      description: 'Learning',
      criteria: { narrative: 'Learn' },
      creditsAvailable: 2.5,
      related: [{ id: 'https://badges.example/badges/1/nl', inLanguage: 'nl', version: '1' }],
      resultDescription: [
        {
          id: 'urn:result:1',
          name: 'Mark',
          resultType: 'LetterGrade',
          allowedValue: ['C', 'B', 'A'],
          rubricCriterionLevel: [level],
          requiredLevel: level.id,
        },
      ],
    },
    recipient: { id: 'did:example:ana', email: 'ana@example.org', salt: 'pepper' },
    validFrom: created,
    result: [{ resultDescription: 'urn:result:1', value: 'A', status: 'Completed' }],
    source: { id: 'https://source.example' },
    activityStartDate: created,
    creditsEarned: 2.5,
    refreshService: 'https://badges.example/new/1',
    credentialSchema: [OPEN_BADGES_SCHEMA],
    termsOfUse: [{ type: 'https://badges.example/Terms' }],
    endorsement: [await signCredential(endorsement, signer)],
    status: statusEntry({ listUrl: LIST, index: 7, purpose: 'revocation' }),
  })
}

/** Their parts put together the way vc-di-ecdsa, 3.2 describes it, for keys on P-256. */
const ecdsaRdfc = {
  ...cryptosuite,
  name: 'ecdsa-rdfc-2019',
  requiredAlgorithm: 'P-256',
  createVerifier: async ({ verificationMethod }: { verificationMethod: object }) =>
    (await ecdsaMultikey.from(verificationMethod)).verifier(),
}

describe('the reference implementation', () => {
  const verifyTheirs = (badge: object, suite: object = cryptosuite) =>
    vc.verifyCredential({
      credential: badge,
      suite: new DataIntegrityProof({ cryptosuite: suite }),
      checkStatus: () => ({ verified: true }),
      documentLoader: loader,
      now,
    })

  it('verifies a badge with everything in it, and no longer when a part is changed', async () => {
    const signed = await signCredential(await buildFull(), signer)
    expect(await verifyTheirs(signed)).toMatchObject({ verified: true })
    const text = JSON.stringify(signed).replace('["C","B","A"]', '["B","C","A"]')
    expect(await verifyTheirs(JSON.parse(text))).toMatchObject({ verified: false })
  })

  it('verifies what an elliptic key signs here', async () => {
    const elliptic = generateSigningKey('P-256')
    const id = `${ISSUER}/elliptic`
    const multibase = publicKeyMultibaseOf(elliptic.publicJwk) ?? ''
    const method = { id, publicKeyMultibase: multibase }
    world[id] = keyDocument({ ...method, controller: ISSUER })
    world[ISSUER] = controllerDocument({
      id: ISSUER,
      keys: [{ id: KEY, publicKeyMultibase }, method],
    })
    const badge = await signCredential(credential, {
      ...signer,
      key: elliptic,
      verificationMethod: id,
    })
    expect(badge.proof[0]?.cryptosuite).toBe('ecdsa-rdfc-2019')
    expect(await verifyTheirs(badge, ecdsaRdfc)).toMatchObject({ verified: true })
    expect(await verifyTheirs({ ...badge, name: 'x' }, ecdsaRdfc)).toMatchObject({
      verified: false,
    })
    expect(await verifyCredential(badge, { documents, now })).toMatchObject({ verdict: 'valid' })
  })

  it('verifies a status list', async () => {
    const list = buildStatusListCredential({
      id: LIST,
      issuer: ISSUER,
      statusPurpose: 'revocation',
      encodedList: encodeStatusList(createStatusBits()),
      validFrom: created,
      ttl: 60_000,
    })
    expect(await verifyTheirs(await signDocument(list, signer))).toMatchObject({ verified: true })
  })

  it('verifies what is signed here', async () => {
    const signed = await signCredential(credential, signer)
    expect(await verifyTheirs(signed)).toMatchObject({ verified: true })
    expect(await verifyTheirs({ ...signed, name: 'x' })).toMatchObject({ verified: false })
  })

  it('signs what is verified here', async () => {
    const pair = await multikey.from({
      id: KEY,
      type: 'Multikey',
      controller: ISSUER,
      ...key,
    })
    const suite = new DataIntegrityProof({
      signer: pair.signer(),
      date: created,
      cryptosuite,
    })
    const options = { credential: structuredClone(credential), suite, documentLoader: loader }
    const signed = await vc.issue(options)
    expect(await verifyCredential(signed, { documents, now })).toMatchObject({ verdict: 'valid' })
    const ours = await signCredential(credential, signer)
    expect(Object(signed.proof).proofValue).toBe(ours.proof[0]?.proofValue)
  })
})

describe.each(['Ed25519', 'P-256', 'P-384', 'RSA'] as const)(
  'jose, with a key of kind %s',
  (kind) => {
    const pair = generateSigningKey(kind)
    const { publicJwk, privateJwk } = pair
    const id = `${ISSUER}/keys/${kind}`
    const published = jwkDocument({ id, publicJwk })
    const alg = String(published['alg'])
    const answers = async (url: string) => {
      if (url === id) return published
      return controllerDocument({ id: ISSUER, keys: [{ id, publicJwk }] })
    }
    const jwtSigner = { key: pair, verificationMethod: id, created }

    it('verifies our JWTs with the key as it is published', async () => {
      const full = await buildFull()
      const token = signCredentialJwt(full, jwtSigner)
      const options = { issuer: ISSUER, typ: 'JWT', currentDate: now }
      const { payload, protectedHeader } = await jwtVerify(
        token,
        await importJWK(published),
        options,
      )
      expect(protectedHeader).toEqual({ alg, typ: 'JWT', kid: id })
      expect(payload).toMatchObject({ ...full, iss: ISSUER, jti: full.id, sub: 'did:example:ana' })
      const [header, , signature] = token.split('.')
      const other = Buffer.from(JSON.stringify({ ...payload, name: 'x' })).toString('base64url')
      const forged = `${header}.${other}.${signature}`
      await expect(jwtVerify(forged, await importJWK(published), options)).rejects.toMatchObject({
        code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
      })
    })

    it('signs JWTs that are verified here', async () => {
      const token = await new SignJWT({ ...credential })
        .setProtectedHeader({ alg, typ: 'JWT', kid: id })
        .setIssuer(ISSUER)
        .setJti(credential.id)
        .setNotBefore(Date.parse(created) / 1000)
        .sign(await importJWK({ ...privateJwk, alg }))
      const report = await verifyCredential(token, { documents: answers, now })
      expect(report).toMatchObject({ verdict: 'valid' })
    })

    it('and a JWT around an embedded proof is verified here', async () => {
      const token = signCredentialJwt(await signCredential(credential, signer), jwtSigner)
      expect(token.split('.')).toHaveLength(3)
      expect(await verifyCredential(token, { documents: answers, now })).toMatchObject({
        verdict: 'valid',
      })
    })
  },
)
