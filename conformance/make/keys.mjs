// Fixed keys: their secrets are public, so that anybody can sign further files.
import {
  createECDH,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
} from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { encodeMultibase } from '../../packages/open-badges/dist/keys/base58.js'

const seedOf = (name, size) =>
  createHash('sha512').update(`rosette conformance ${name}`).digest().subarray(0, size)

/** `ed25519`, `p256`, `p384`, `rsa` and so on: private and public key objects, and how they are published. */
export const keys = {
  ed25519: edwards('ed25519'),
  revoked: edwards('revoked'),
  stranger: edwards('stranger'),
  p256: elliptic('p256', { curve: 'prime256v1', crv: 'P-256', size: 32, header: [0x80, 0x24] }),
  p384: elliptic('p384', { curve: 'secp384r1', crv: 'P-384', size: 48, header: [0x81, 0x24] }),
  rsa: rsa(),
}

function edwards(name) {
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex')
  const der = Buffer.concat([prefix, seedOf(name, 32)])
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey)
  const bytes = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  return {
    alg: 'EdDSA',
    privateKey,
    publicKey,
    multibase: encodeMultibase(Buffer.concat([Buffer.from([0xed, 0x01]), bytes])),
  }
}

function elliptic(name, { curve, crv, size, header }) {
  const ecdh = createECDH(curve)
  ecdh.setPrivateKey(seedOf(name, size))
  const point = ecdh.getPublicKey()
  const part = (bytes) => bytes.toString('base64url')
  const jwk = {
    kty: 'EC',
    crv,
    d: part(ecdh.getPrivateKey()),
    x: part(point.subarray(1, size + 1)),
    y: part(point.subarray(size + 1)),
  }
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' })
  const compressed = ecdh.getPublicKey(null, 'compressed')
  return {
    alg: crv === 'P-256' ? 'ES256' : 'ES384',
    privateKey,
    publicKey: createPublicKey(privateKey),
    multibase: encodeMultibase(Buffer.concat([Buffer.from(header), compressed])),
  }
}

// No seed makes the same RSA key everywhere, so it is kept.
function rsa() {
  const file = new URL('rsa-key.json', import.meta.url)
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    writeFileSync(file, `${JSON.stringify(privateKey.export({ format: 'jwk' }), null, 2)}\n`)
  }
  const jwk = JSON.parse(readFileSync(file, 'utf8'))
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' })
  return { alg: 'RS256', privateKey, publicKey: createPublicKey(privateKey) }
}

/** The public half as a JSON Web Key. */
export function jwkOf({ publicKey }) {
  return publicKey.export({ format: 'jwk' })
}

/** The public half as PEM text. */
export function pemOf({ publicKey }) {
  return publicKey.export({ format: 'pem', type: 'spki' })
}
