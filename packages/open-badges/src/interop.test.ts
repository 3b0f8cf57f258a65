/// <reference path="./json-ld/untyped.d.ts" />
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import * as multikey from '@digitalbazaar/ed25519-multikey'
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'
import * as vc from '@digitalbazaar/vc'
import { describe, expect, it } from 'vitest'
import {
  buildCredential,
  controllerDocument,
  documentLoader,
  generateKeyPair,
  keyDocument,
  signCredential,
  verifyCredential,
} from './index.js'

const ISSUER = 'https://badges.example/issuers/1'
const KEY = 'https://badges.example/keys/1'
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

describe('the reference implementation', () => {
  const verifyTheirs = (badge: object) =>
    vc.verifyCredential({
      credential: badge,
      suite: new DataIntegrityProof({ cryptosuite }),
      documentLoader: loader,
      now,
    })

  it('verifies what is signed here', async () => {
    const signed = await signCredential(credential, { key, verificationMethod: KEY, created })
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
    const ours = await signCredential(credential, { key, verificationMethod: KEY, created })
    expect(Object(signed.proof).proofValue).toBe(ours.proof[0]?.proofValue)
  })
})
