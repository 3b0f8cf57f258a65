// Ways of signing, by the letter of each specification.
import { sign } from 'node:crypto'
import { encodeMultibase } from '../../packages/open-badges/dist/keys/base58.js'
import { hashJson, hashStatements } from '../../packages/open-badges/dist/proofs/hash-document.js'

const hashing = {
  'eddsa-jcs-2022': hashJson,
  'ecdsa-jcs-2019': hashJson,
}

/** The signature of bytes by the one algorithm of a key. */
export function signBytes(data, { alg, privateKey }) {
  if (alg === 'EdDSA') return sign(null, data, privateKey)
  if (alg === 'RS256') return sign('sha256', data, privateKey)
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' }
  return sign(alg === 'ES384' ? 'sha384' : 'sha256', data, key)
}

/** A proof of `document` with the options of a suite, as the document's one proof. */
export async function prove(document, { key, ...options }) {
  const proof = await proofOf(document, { key, ...options })
  return { ...document, proof: [proof] }
}

/** A proof of `document`; `options` may say more than is usual. */
export async function proofOf(document, { key, ...given }) {
  const options = {
    type: 'DataIntegrityProof',
    created: '2026-01-01T00:00:00Z',
    proofPurpose: 'assertionMethod',
    ...given,
  }
  const hash = hashing[options.cryptosuite] ?? hashStatements
  const digest = key.alg === 'ES384' ? 'sha384' : 'sha256'
  const data = await hash({ document, options }, digest)
  return { ...options, proofValue: encodeMultibase(signBytes(data, key)) }
}

/** A compact JWS. */
export function jws(payload, { key, ...header }) {
  const encode = (part) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const signed = `${encode({ alg: key.alg, ...header })}.${encode(payload)}`
  return `${signed}.${signBytes(Buffer.from(signed), key).toString('base64url')}`
}
