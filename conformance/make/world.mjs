// Who issues in the files of version 3.0, and what is found at each address.
import { gzipSync } from 'node:zlib'
import { jwkOf, keys } from './keys.mjs'
import { jws, prove } from './sign.mjs'

export const HOST = 'https://badges.example'
export const ISSUER = `${HOST}/issuers/1`
export const STRANGER = 'https://stranger.example/issuers/1'
export const VC2 = 'https://www.w3.org/ns/credentials/v2'
export const VC1 = 'https://www.w3.org/2018/credentials/v1'
export const OB3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
export const EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'
export const STATUS_2021 = 'https://w3id.org/vc/status-list/2021/v1'
export const keyUrl = (name) => `${HOST}/keys/${name}`
export const LISTS = {
  revocation: `${HOST}/status/revocation`,
  suspension: `${HOST}/status/suspension`,
  text: `${HOST}/status/text`,
  plain: `${HOST}/status/plain`,
  stranger: `${HOST}/status/stranger`,
  damaged: `${HOST}/status/damaged`,
  old: `${HOST}/status/2021`,
}

const method = (name, more = {}) => ({
  id: keyUrl(name),
  type: name === 'rsa' ? 'JsonWebKey' : 'Multikey',
  controller: ISSUER,
  ...(name === 'rsa'
    ? { publicKeyJwk: jwkOf(keys.rsa) }
    : { publicKeyMultibase: keys[name].multibase }),
  ...more,
})

const methods = [
  ...['ed25519', 'p256', 'p384', 'rsa'].map((name) => method(name)),
  method('revoked', { revoked: '2025-12-01T00:00:00Z' }),
]

const issuer = {
  '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
  id: ISSUER,
  verificationMethod: methods,
  assertionMethod: methods.map(({ id }) => id),
}

const stranger = {
  '@context': issuer['@context'],
  id: STRANGER,
  verificationMethod: [{ ...method('stranger'), controller: STRANGER }],
  assertionMethod: [keyUrl('stranger')],
}

/** A list of 131,072 entries of which those named are set. */
export function encodeList(...set) {
  const bits = Buffer.alloc(16_384)
  for (const index of set) bits[index >> 3] |= 0x80 >> (index & 7)
  return `u${gzipSync(bits, { level: 9 }).toString('base64url')}`
}

const list = (id, statusPurpose, encoded) => ({
  '@context': [VC2],
  id,
  type: ['VerifiableCredential', 'BitstringStatusListCredential'],
  issuer: ISSUER,
  validFrom: '2026-01-01T00:00:00Z',
  credentialSubject: {
    id: `${id}#list`,
    type: 'BitstringStatusList',
    statusPurpose,
    encodedList: encoded,
  },
})

const byIssuer = {
  cryptosuite: 'eddsa-rdfc-2022',
  verificationMethod: keyUrl('ed25519'),
  key: keys.ed25519,
}

/** Everything that the issuer publishes. */
export async function issuerDocuments() {
  const at = (name, encoded) => [LISTS[name], name === 'suspension' ? name : 'revocation', encoded]
  const signed = (name, encoded, signer = byIssuer) => prove(list(...at(name, encoded)), signer)
  const text = list(...at('text', encodeList(5)))
  return {
    [ISSUER]: issuer,
    [STRANGER]: stranger,
    'https://badges.example/.well-known/did.json': { ...issuer, ...didDocument() },
    ...Object.fromEntries(
      methods.map((one) => [one.id, { '@context': issuer['@context'][1], ...one }]),
    ),
    [keyUrl('stranger')]: { '@context': issuer['@context'][1], ...stranger.verificationMethod[0] },
    [keyUrl('broken')]: {
      id: keyUrl('broken'),
      type: 'Multikey',
      controller: ISSUER,
      publicKeyMultibase: 'z6Mk',
    },
    [keyUrl('empty')]: { id: ISSUER },
    [LISTS.revocation]: await signed('revocation', encodeList(5)),
    [LISTS.suspension]: await signed('suspension', encodeList(6)),
    [LISTS.damaged]: await signed('damaged', 'uH4sIAAAAAAAAA'),
    [LISTS.stranger]: await signed('stranger', encodeList(), {
      ...byIssuer,
      key: keys.stranger,
      verificationMethod: keyUrl('stranger'),
    }),
    [LISTS.text]: jws(
      { ...text, iss: ISSUER, jti: text.id },
      { key: keys.rsa, typ: 'JWT', kid: keyUrl('rsa') },
    ),
    [LISTS.plain]: {
      id: LISTS.plain,
      issuer: ISSUER,
      revokedCredential: [
        {
          id: `${HOST}/credentials/plain-revoked`,
          revoked: true,
          revocationReason: 'Given by mistake',
        },
      ],
    },
  }
}

function didDocument() {
  const id = 'did:web:badges.example'
  const key = { ...method('ed25519'), id: `${id}#1`, controller: id }
  return { id, verificationMethod: [key], assertionMethod: [key.id] }
}

/** A status in one of the lists above. */
export function status(name, index) {
  return {
    id: `${LISTS[name]}#${index}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: name === 'suspension' ? name : 'revocation',
    statusListIndex: String(index),
    statusListCredential: LISTS[name],
  }
}

/** A badge of version 3.0 before it is signed. */
export function credential(name, more = {}) {
  return {
    '@context': [VC2, OB3],
    id: `${HOST}/credentials/${name}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Telemetry',
    issuer: { id: ISSUER, type: ['Profile'], name: 'Exämple Observatory 天文台', url: HOST },
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: {
      type: ['AchievementSubject'],
      identifier: [
        {
          type: 'IdentityObject',
          hashed: true,
          // The SHA-256 of "a@example.com" and the salt (Open Badges 3.0, IdentityObject).
          identityHash: 'sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399',
          identityType: 'emailAddress',
          salt: 'Kosher',
        },
      ],
      achievement: {
        id: `${HOST}/achievements/telemetry`,
        type: ['Achievement'],
        name: 'Telemetry',
        description: 'Reads the telemetry of a probe',
        criteria: { narrative: 'Pass the exam ]]> with 80 %' },
      },
    },
    ...more,
  }
}

/** The same in the envelope of VC 1.1. */
export function oldCredential(name, contexts, more = {}) {
  const { validFrom, ...rest } = credential(name, more)
  return { ...rest, '@context': [VC1, OB3, ...contexts], issuanceDate: validFrom }
}
