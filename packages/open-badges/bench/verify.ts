import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto'
import { crc32, gunzipSync } from 'node:zlib'
import { CompactSign, compactVerify, importJWK } from 'jose'
import {
  bake,
  createStatusBits,
  decodeStatusList,
  encodeStatusList,
  getStatus,
  setStatus,
  signCredential,
  signCredentialJwt,
  unbake,
  verifyCredential,
} from '../src/index.js'
import type { JsonObject } from '../src/json/json.js'
import { canonize } from '../src/json-ld/canonize.js'
import { encodeMultibase } from '../src/keys/base58.js'
import { secretKeyOf } from '../src/keys/keys.js'
import { publicKeyOf } from '../src/keys/public-keys.js'
import { hashJson } from '../src/proofs/hash-document.js'
import { claimsOf } from '../src/proofs/jwt-claims.js'
import { build, created, documents, issuer, key, method, now, world } from './shared/badges.js'
import { race, row, say } from './shared/race.js'
import { createReference } from './shared/reference.js'

const signer = { key, verificationMethod: method, created }
const secret = secretKeyOf(key.secretKeyMultibase)
const open = publicKeyOf(key.publicKeyMultibase)

/** Verifies with all that a report tells, and refuses to measure what is not valid. */
async function check(badge: unknown): Promise<void> {
  const { verdict, checks } = await verifyCredential(badge, { documents, now })
  if (verdict === 'valid') return
  throw new Error(`The badge is ${verdict}: ${JSON.stringify(checks)}`)
}

say(`${'in a second'.padEnd(58)} ${['ours', 'other'].map((name) => name.padStart(11)).join(' ')}`)
for (const size of ['small', 'typical'] as const) {
  await measureStatements(size)
  await measureJson(size)
  await measureJwt(size)
}
await measureImages()
await measureStatus()

async function measureStatements(size: 'small' | 'typical'): Promise<void> {
  const credential = build(size)
  const signed = await signCredential(credential, signer)
  const canonical = await canonize(credential)
  const hash = () => createHash('sha256').update(canonical).digest()
  const signature = sign(null, hash(), secret)
  const reference = await createReference()
  const bytes = JSON.stringify(signed).length
  const name = `eddsa-rdfc-2022, ${size} (${bytes} B, ${canonical.split('\n').length - 1} quads)`
  const issue = await race({
    ours: () => signCredential(build(size), signer),
    other: () => reference.issue(build(size)),
    raw: () => sign(null, hash(), secret),
  })
  row(`issue ${name} : @digitalbazaar/vc`, { ...issue, goal: 8 })
  row(`issue ${name} : hash and sign`, { ours: issue.ours, other: issue.raw })
  const seen = await race({
    ours: () => check(signed),
    other: () => reference.verify(signed),
    raw: () => verify(null, hash(), open, signature),
  })
  row(`verify ${name} : @digitalbazaar/vc`, { ...seen, goal: 8 })
  row(`verify ${name} : hash and verify`, { ours: seen.ours, other: seen.raw })
}

async function measureJson(size: 'small' | 'typical'): Promise<void> {
  const document: JsonObject = build(size)
  const options = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-jcs-2022',
    created,
    verificationMethod: method,
    proofPurpose: 'assertionMethod',
  }
  const hash = await hashJson({ document, options }, 'sha256')
  const signature = sign(null, hash, secret)
  const signed = { ...document, proof: [{ ...options, proofValue: encodeMultibase(signature) }] }
  const speeds = await race({
    ours: () => check(signed),
    other: () => verify(null, hash, open, signature),
  })
  row(`verify eddsa-jcs-2022, ${size} : Ed25519 alone`, speeds)
}

async function measureJwt(size: 'small' | 'typical'): Promise<void> {
  const credential = build(size)
  const claims = { ...credential, ...claimsOf(credential), iat: Date.parse(created) / 1000 }
  const payload = (badge: object) => Buffer.from(JSON.stringify(badge))
  for (const { alg, keys } of pairs()) {
    const kid = `${issuer}#${alg}`
    const jwk = { ...keys.publicKey.export({ format: 'jwk' }), kid, alg }
    world[`${issuer}#${alg}`] = {
      id: kid,
      type: 'JsonWebKey',
      controller: issuer,
      publicKeyJwk: jwk,
    }
    Object.assign(world[issuer] ?? {}, {
      assertionMethod: [method, ...['EdDSA', 'ES256', 'RS256'].map((name) => `${issuer}#${name}`)],
    })
    const header = { alg, typ: 'JWT', kid }
    const make = () =>
      new CompactSign(payload(claims)).setProtectedHeader(header).sign(keys.privateKey)
    const token = await make()
    const imported = await importJWK(jwk, alg)
    const speeds = await race({
      ours: () => check(token),
      other: () => compactVerify(token, imported),
    })
    row(`verify VC-JWT ${alg}, ${size} : jose`, { ...speeds, goal: 0.8 })
    if (alg !== 'EdDSA') continue
    const made = await race({ ours: () => signCredentialJwt(credential, signer), other: make })
    row(`sign VC-JWT ${alg}, ${size} : jose`, { ...made, goal: 0.8 })
  }
}

function pairs() {
  return [
    { alg: 'EdDSA', keys: { privateKey: secret, publicKey: open } },
    { alg: 'ES256', keys: generateKeyPairSync('ec', { namedCurve: 'P-256' }) },
    { alg: 'RS256', keys: generateKeyPairSync('rsa', { modulusLength: 2048 }) },
  ]
}

async function measureImages(): Promise<void> {
  const text = JSON.stringify(await signCredential(build('typical'), signer))
  const svg = `<svg xmlns="http://www.w3.org/2000/svg">${'<path d="M0 0L10 10"/>'.repeat(5500)}</svg>`
  for (const [name, image] of [
    ['PNG', plainPng(200_000)],
    ['SVG', Buffer.from(svg)],
  ] as const) {
    const baked = bake(image, text)
    const copy = () => Buffer.concat([image, Buffer.from(text)])
    const speeds = await race({ bake: () => bake(image, text), read: () => unbake(baked), copy })
    const size = `${Math.round(image.length / 1000)} kB`
    row(`bake ${name} (${size}) : a copy of the bytes`, { ours: speeds.bake, other: speeds.copy })
    row(`unbake ${name} (${size}) : a copy of the bytes`, { ours: speeds.read, other: speeds.copy })
  }
}

// The signature and three chunks (PNG, 5.2 and 5.3); nobody decodes the picture.
function plainPng(bytes: number): Buffer {
  const chunk = (type: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const header = Buffer.from('0000010000000100' + '0802000000', 'hex')
  const start = Buffer.from('89504e470d0a1a0a', 'hex')
  const picture = chunk('IDAT', Buffer.alloc(bytes, 'picture'))
  return Buffer.concat([start, chunk('IHDR', header), picture, chunk('IEND', Buffer.alloc(0))])
}

async function measureStatus(): Promise<void> {
  const bits = createStatusBits()
  for (let i = 0; i < 2000; i++) setStatus(bits, (i * 7919) % 131_072, 1)
  const text = encodeStatusList(bits)
  const zipped = Buffer.from(text.slice(1), 'base64url')
  const speeds = await race({
    anew: () => getStatus(decodeStatusList(text), 4711),
    kept: () => getStatus(bits, 4711),
    gunzip: () => gunzipSync(zipped),
  })
  row('look up in a list of 131,072, decoded anew : gunzip', {
    ours: speeds.anew,
    other: speeds.gunzip,
  })
  row('look up in a list of 131,072, kept : gunzip', { ours: speeds.kept, other: speeds.gunzip })
}
