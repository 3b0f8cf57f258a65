import { describe, expect, it } from 'vitest'
import { saidOf } from './names-learner.js'

const ada = { name: 'Ada Lovelace', addresses: ['ada@learners.example'] }
const pack = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const signed = (claims: object) => `${pack({ alg: 'EdDSA' })}.${pack(claims)}.c2lnbmF0dXJl`

describe('a badge names its learner', () => {
  it.each([
    ['in the clear', '{"recipient":{"identity":"Ada@Learners.example"}}'],
    ['by the name', '{"narrative":"What ADA LOVELACE did."}'],
    ['in letters that are written by their numbers', '{"identity":"ada\\u0040learners.example"}'],
    ['in a compact JWS', signed({ vc: { credentialSubject: { name: 'Ada Lovelace' } } })],
    [
      'in one within another',
      JSON.stringify({ vc: [signed({ sub: 'mailto:ada@learners.example' })] }),
    ],
    ['in one that is wrapped', JSON.stringify({ id: `data:application/vc+jwt,${signed(ada)}` })],
  ])('%s', (_where, text) => {
    const { name, address } = saidOf(text, ada)
    expect(name || address).toBe(true)
  })

  it.each([
    '{"recipient":{"identity":"sha256$00","hashed":true}}',
    signed({ credentialSubject: { identifier: [{ hashed: true, identityHash: 'sha256$00' }] } }),
    'no badge at all',
    '{"broken',
    'a.b.c',
  ])('or does not: %s', (text) => {
    const nothing = { name: false, address: false }
    expect(saidOf(text, ada)).toEqual(nothing)
    expect(saidOf(text, { name: 'Al', addresses: [] })).toEqual(nothing)
  })
})
