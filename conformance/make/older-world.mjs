// Who issues in the files before version 3.0, and what is found at each address.
import { keys, pemOf } from './keys.mjs'
import { jws } from './sign.mjs'

export const HOST = 'https://older.example'
export const V2 = 'https://w3id.org/openbadges/v2'
export const V21 = 'https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld'
export const V1 = 'https://w3id.org/openbadges/v1'
export const CLASS = `${HOST}/classes/1`
export const PROFILE = `${HOST}/issuer`
export const KEY = `${HOST}/keys/rsa`
const LIST = `${HOST}/revoked`
const GUILD = 'https://guild.example/profile'
export const PRAISE = 'https://guild.example/endorsements/1'
export const address = (name) => `${HOST}/assertions/${name}`

/** An assertion of version 2.0. */
export function assertion(name, more = {}) {
  return {
    '@context': V2,
    id: address(name),
    type: 'Assertion',
    badge: CLASS,
    recipient: {
      type: 'email',
      hashed: true,
      salt: 'Kosher',
      identity: 'sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399',
    },
    issuedOn: '2026-01-01T00:00:00Z',
    verification: { type: 'HostedBadge' },
    ...more,
  }
}

/** An assertion of version 2.0 as a JWS. */
export function signed(name, more = {}, changes = {}) {
  const verification = { type: 'SignedBadge', creator: KEY }
  return jws(assertion(name, { id: `urn:uuid:${name}`, verification, ...more }), {
    key: keys.rsa,
    ...changes,
  })
}

/** The same before 2.0; `uid` names it within its issuer. */
export function older(name, more = {}) {
  const { recipient } = assertion(name)
  return {
    uid: name,
    recipient,
    badge: `${HOST}/classes/old`,
    verify: { type: 'hosted', url: address(name) },
    issuedOn: 1767225600,
    ...more,
  }
}

const issuer = {
  '@context': V2,
  id: PROFILE,
  type: 'Issuer',
  name: 'Exämple Observatory',
  url: HOST,
  email: 'badges@older.example',
  publicKey: KEY,
  revocationList: LIST,
  verification: { allowedOrigins: 'older.example', startsWith: [`${HOST}/assertions/`] },
}
const badgeClass = {
  '@context': V2,
  id: CLASS,
  type: 'BadgeClass',
  name: 'Telemetry',
  description: 'Reads the telemetry of a probe',
  image: 'data:image/svg+xml;charset=utf-8,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22/%3E',
  criteria: { narrative: 'Pass the exam' },
  issuer: PROFILE,
  tags: ['telemetry'],
}
const guild = { ...issuer, id: GUILD, name: 'Guild', url: 'https://guild.example' }

/** An endorsement of the BadgeClass above. */
export function endorsement() {
  return {
    '@context': V2,
    id: PRAISE,
    type: 'Endorsement',
    claim: { id: `${HOST}/classes/endorsed`, endorsementComment: 'Well made' },
    issuer: GUILD,
    issuedOn: '2026-02-01T00:00:00Z',
    verification: { type: 'HostedBadge' },
  }
}

/** What is found at every address but those of the assertions. */
export function olderDocuments() {
  const { verification: _scope, publicKey: _key, revocationList: _list, ...praising } = guild
  const named = (name, more) => [
    `${HOST}/${name}`,
    { ...badgeClass, id: `${HOST}/${name}`, ...more },
  ]
  return {
    [PROFILE]: issuer,
    [CLASS]: badgeClass,
    [KEY]: {
      '@context': V2,
      id: KEY,
      type: 'CryptographicKey',
      owner: PROFILE,
      publicKeyPem: pemOf(keys.rsa),
    },
    [`${HOST}/keys/stray`]: {
      '@context': V2,
      id: `${HOST}/keys/stray`,
      type: 'CryptographicKey',
      owner: PROFILE,
      publicKeyPem: pemOf(keys.rsa),
    },
    [`${HOST}/key.pem`]: pemOf(keys.rsa),
    [LIST]: {
      '@context': V2,
      id: LIST,
      type: 'RevocationList',
      issuer: PROFILE,
      revokedAssertions: [
        'urn:uuid:other',
        { id: 'urn:uuid:signed-revoked', revocationReason: 'Given by mistake' },
      ],
    },
    ...Object.fromEntries([
      named('classes/endorsed', { endorsement: [PRAISE] }),
      named('classes/misspelled', { issuer: `${HOST}/issuer/misspelled` }),
      named('classes/orphan', { issuer: `${HOST}/issuer/gone` }),
      named('classes/two-criteria', { criteria: [`${HOST}/1`, `${HOST}/2`] }),
      named('classes/unlisted', { issuer: `${HOST}/issuer/unlisted` }),
      named('classes/words', {
        '@language': 'de',
        name: { en: 'Telemetry', de: 'Telemetrie' },
        'extensions:Level': {
          '@context': 'https://elsewhere.example/context.json',
          type: ['Extension', 'extensions:Level'],
        },
      }),
    ]),
    [`${HOST}/issuer/misspelled`]: {
      ...issuer,
      id: `${HOST}/issuer/misspelled`,
      verification: { allowedOrigins: [HOST] },
    },
    [`${HOST}/issuer/unlisted`]: {
      ...issuer,
      id: `${HOST}/issuer/unlisted`,
      revocationList: `${HOST}/nowhere`,
      publicKey: KEY.replace('rsa', 'listless'),
    },
    [KEY.replace('rsa', 'listless')]: {
      id: KEY.replace('rsa', 'listless'),
      type: 'CryptographicKey',
      owner: `${HOST}/issuer/unlisted`,
      publicKeyPem: pemOf(keys.rsa),
    },
    [GUILD]: praising,
    [PRAISE]: endorsement(),
    [`${HOST}/classes/old`]: {
      name: 'Telemetry',
      description: 'Reads the telemetry of a probe',
      image: `${HOST}/1.png`,
      criteria: `${HOST}/criteria`,
      issuer: `${HOST}/issuer/old`,
    },
    [`${HOST}/issuer/old`]: { name: 'Observatory', url: HOST },
  }
}
