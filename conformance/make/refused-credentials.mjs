// Badges of version 3.0 that must not be believed, each for one reason.
import * as images from './images.mjs'
import { keys } from './keys.mjs'
import { jws, prove } from './sign.mjs'
import { claims, edwards, header } from './sound-credentials.mjs'
import { credential, HOST, keyUrl, OB3, STRANGER, status, VC2 } from './world.mjs'

const kind = 'OpenBadgeCredential 3.0'
const jwt = 'OpenBadge JWT'
const invalid = (check, error) => ({ kind, verdict: 'invalid', check, error })
const unknown = (check, error) => ({ kind, verdict: 'unknown', check, error })

export async function addRefusedCredentials(collection) {
  await addUnreadable(collection)
  await addUnsound(collection)
  await addUnproven(collection)
  await addForeign(collection)
  await addEnded(collection)
  await addOutOfDate(collection)
  await addJwts(collection)
  await addImages(collection)
}

async function addUnreadable({ add }) {
  const unreadable = (error) => ({
    ...unknown('parse', error),
    kind: 'unrecognised',
    verdict: 'invalid',
  })
  const files = [
    ['not-json.json', 'Text that is no JSON.', 'ERR_OB_JSON', () => '{"name": "Telemetry",}'],
    ['not-an-object.json', 'JSON that is no object.', 'ERR_OB_JSON', () => '["Telemetry"]'],
    [
      'name-twice.json',
      'A badge with two members of one name: which of them was signed?',
      'ERR_OB_JSON_DUPLICATE',
      () =>
        `{"name":"Telemetry","\\u006eame":"Astronomy",${JSON.stringify(credential('twice')).slice(1)}`,
    ],
    [
      'too-deep.json',
      'JSON nested beyond any badge.',
      'ERR_OB_TOO_LARGE',
      () => `${'{"a":'.repeat(500)}1${'}'.repeat(500)}`,
    ],
    [
      'not-utf8.json',
      'Bytes that are no UTF-8.',
      'ERR_OB_JSON',
      () => Buffer.from([0x7b, 0xff, 0x7d]),
    ],
    ['no-badge.json', 'JSON that is no badge.', 'ERR_OB_MALFORMED', () => ({ name: 'Telemetry' })],
  ]
  for (const [file, about, error, make] of files) {
    await add(`refused/${file}`, { about, ...unreadable(error), make })
  }
}

async function addUnsound({ add }) {
  const signed = (name, more) => prove(credential(name, more), edwards)
  await add('refused/unknown-context.json', {
    about: 'A badge with a context that nobody bundles: its terms may mean anything.',
    ...unknown('context', 'ERR_OB_CONTEXT_UNKNOWN'),
    make: async () => ({
      ...(await signed('unknown-context')),
      '@context': [VC2, OB3, 'https://badges.example/context.json'],
    }),
  })
  await add('refused/inline-context.json', {
    about: 'A badge that brings its own context: terms may be redefined.',
    ...invalid('context', 'ERR_OB_UNSAFE'),
    make: async () => ({
      ...(await signed('inline-context')),
      '@context': [VC2, OB3, { name: 'https://badges.example/title' }],
    }),
  })
  await add('refused/undefined-term.json', {
    about: 'A member that no context defines, added after signing: not covered by the signature.',
    ...invalid('proof', 'ERR_OB_UNSAFE'),
    make: async () => ({ ...(await signed('undefined-term')), grade: 'A' }),
  })
  await add('refused/full-name.json', {
    about: 'The end date spelled as its full IRI: signed, and unseen by whoever reads members.',
    ...invalid('context', 'ERR_OB_UNSAFE'),
    make: async () => {
      const { validUntil, ...rest } = await signed('full-name', {
        validUntil: '2026-02-01T00:00:00Z',
      })
      const type = 'http://www.w3.org/2001/XMLSchema#dateTime'
      const full = { '@value': validUntil, '@type': type }
      return { ...rest, 'https://www.w3.org/2018/credentials#validUntil': full }
    },
  })
  await add('refused/no-achievement.json', {
    about: 'A signed credential without an achievement.',
    ...invalid('schema', 'ERR_OB_MALFORMED'),
    make: () => {
      const { achievement: _none, ...subject } = credential('x').credentialSubject
      return signed('no-achievement', { credentialSubject: subject })
    },
  })
}

async function addUnproven({ add, once }) {
  const good = JSON.parse((await once('badges/v3/eddsa-rdfc-2022.json')).toString())
  const [proof] = good.proof
  const withProof = (changes) => ({ ...good, proof: [{ ...proof, ...changes }] })
  const files = [
    [
      'changed.json',
      'A badge that was changed after signing.',
      'ERR_OB_SIGNATURE',
      () => ({ ...good, name: 'Astronomy' }),
    ],
    [
      'no-proof.json',
      'A badge without a proof.',
      'ERR_OB_PROOF_MISSING',
      () => ({ ...good, proof: undefined }),
    ],
    [
      'proof-without-key.json',
      'A proof that names no key.',
      'ERR_OB_PROOF_MALFORMED',
      () => withProof({ verificationMethod: undefined }),
    ],
    [
      'proof-of-nothing.json',
      'A proof of a suite that does not exist.',
      'ERR_OB_PROOF_SUITE',
      () => withProof({ cryptosuite: 'rot-13' }),
    ],
    [
      'proof-for-login.json',
      'A proof that was made for signing in, not for badges.',
      'ERR_OB_PROOF_PURPOSE',
      () => withProof({ proofPurpose: 'authentication' }),
    ],
    [
      'proof-ahead.json',
      'A proof dated ahead of a badge in force.',
      'ERR_OB_PROOF_FUTURE',
      () => prove(credential('ahead'), { ...edwards, created: '2027-01-01T00:00:00Z' }),
    ],
  ]
  for (const [file, about, error, make] of files) {
    await add(`refused/${file}`, { about, ...invalid('proof', error), make })
  }
  await add('refused/proof-expired.json', {
    about: 'A badge in force whose proof has ended: nothing proves it any more.',
    kind,
    verdict: 'expired',
    check: 'proof',
    error: 'ERR_OB_PROOF_EXPIRED',
    make: () => prove(credential('proof-expired'), { ...edwards, expires: '2026-02-01T00:00:00Z' }),
  })
  await add('refused/proof-of-tomorrow.json', {
    about: 'A proof of a suite that exists and that this verifier does not know.',
    ...unknown('proof', 'ERR_OB_PROOF_UNSUPPORTED'),
    make: () => withProof({ cryptosuite: 'bbs-2023' }),
  })
}

async function addForeign({ add }) {
  const signedBy = (name, signer, more) => prove(credential(name, more), { ...edwards, ...signer })
  await add('refused/key-of-another.json', {
    about: "A badge in the issuer's name, signed by a stranger whose key is published.",
    ...invalid('issuer', 'ERR_OB_KEY_NOT_BOUND'),
    make: () =>
      signedBy('key-of-another', { key: keys.stranger, verificationMethod: keyUrl('stranger') }),
  })
  const files = [
    [
      'key-missing.json',
      'A badge whose key is not at its address.',
      invalid,
      'ERR_OB_KEY_NOT_FOUND',
      'empty',
      'ed25519',
    ],
    [
      'key-unreachable.json',
      'A badge whose key does not answer.',
      unknown,
      'ERR_OB_KEY_UNREACHABLE',
      'nowhere',
      'ed25519',
    ],
    [
      'key-broken.json',
      'A badge whose key is no key.',
      invalid,
      'ERR_OB_KEY_MATERIAL',
      'broken',
      'ed25519',
    ],
    [
      'key-revoked.json',
      'A badge signed with a key that its issuer has revoked.',
      invalid,
      'ERR_OB_KEY_REVOKED',
      'revoked',
      'revoked',
    ],
  ]
  for (const [file, about, verdict, error, place, key] of files) {
    await add(`refused/${file}`, {
      about,
      ...verdict('key', error),
      make: () =>
        signedBy(file.slice(0, -5), { key: keys[key], verificationMethod: keyUrl(place) }),
    })
  }
  await add('refused/issuer-unreachable.json', {
    about: 'A badge whose issuer does not answer: nobody says whose key it is.',
    ...unknown('issuer', 'ERR_OB_ISSUER_UNREACHABLE'),
    documents: 'keys-only.json',
    make: () => signedBy('issuer-unreachable', {}),
  })
}

async function addEnded({ add }) {
  const signed = (name, more) => prove(credential(name, more), edwards)
  const withStatus = (name, place, index) =>
    signed(name, { credentialStatus: status(place, index) })
  const of = (verdict, error) => ({ kind, verdict, check: 'status', error })
  const files = [
    [
      'revoked.json',
      'A badge that its issuer has revoked.',
      of('revoked', 'ERR_OB_REVOKED'),
      'revocation',
      5,
    ],
    [
      'revoked-list-jwt.json',
      'A revoked badge, by a list that is a JWT.',
      of('revoked', 'ERR_OB_REVOKED'),
      'text',
      5,
    ],
    [
      'suspended.json',
      'A badge that its issuer has suspended.',
      of('suspended', 'ERR_OB_SUSPENDED'),
      'suspension',
      6,
    ],
    [
      'status-beyond.json',
      'A badge with a place beyond the end of its list.',
      of('unknown', 'ERR_OB_STATUS_RANGE'),
      'revocation',
      999_999,
    ],
    [
      'status-untrusted.json',
      "A badge with a list that another signed in the issuer's name.",
      of('unknown', 'ERR_OB_STATUS_UNTRUSTED'),
      'stranger',
      7,
    ],
    [
      'status-damaged.json',
      'A badge with a list that cannot be unpacked.',
      of('unknown', 'ERR_OB_STATUS_LIST'),
      'damaged',
      7,
    ],
  ]
  for (const [file, about, expected, place, index] of files) {
    await add(`refused/${file}`, {
      about,
      ...expected,
      make: () => withStatus(file.slice(0, -5), place, index),
    })
  }
  await add('refused/status-unreachable.json', {
    about: 'A badge with a list that does not answer.',
    ...of('unknown', 'ERR_OB_STATUS_UNREACHABLE'),
    documents: 'no-lists.json',
    make: () => withStatus('status-unreachable', 'revocation', 7),
  })
  await add('refused/status-plain-revoked.json', {
    about: 'A revoked badge, by the plain list of its issuer.',
    ...of('revoked', 'ERR_OB_REVOKED'),
    make: () =>
      signed('plain-revoked', {
        '@context': [VC2, OB3, 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'],
        credentialStatus: { id: `${HOST}/status/plain`, type: '1EdTechRevocationList' },
      }),
  })
  await add('refused/status-of-tomorrow.json', {
    about: 'A badge with a kind of status that nobody knows.',
    ...of('unknown', 'ERR_OB_STATUS_UNSUPPORTED'),
    make: () =>
      signed('status-of-tomorrow', {
        credentialStatus: { id: `${HOST}/status/9`, type: 'JsonSchema' },
      }),
  })
}

async function addOutOfDate({ add }) {
  const signed = (name, more) => prove(credential(name, more), edwards)
  await add('refused/expired.json', {
    about: 'A badge that has ended.',
    kind,
    verdict: 'expired',
    check: 'dates',
    error: 'ERR_OB_EXPIRED',
    make: () => signed('expired', { validUntil: '2026-05-31T23:59:59Z' }),
  })
  await add('refused/not-yet-valid.json', {
    about: 'A badge that has not begun.',
    kind,
    verdict: 'not-yet-valid',
    check: 'dates',
    error: 'ERR_OB_NOT_YET_VALID',
    make: () => signed('not-yet-valid', { validFrom: '2026-06-01T00:00:01Z' }),
  })
  await add('refused/recipient.json', {
    about: 'A sound badge that was given to somebody else.',
    ...invalid('recipient', 'ERR_OB_RECIPIENT'),
    recipient: 'b@example.com',
    make: () => signed('recipient'),
  })
}

async function addJwts({ add, once }) {
  const badge = credential('jwt-refused')
  const payload = { ...badge, ...claims(badge) }
  const good = (await once('badges/v3/jwt-rs256.jws')).toString()
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const other = part({
    ...JSON.parse(Buffer.from(good.split('.')[1], 'base64url')),
    name: 'Astronomy',
  })
  const files = [
    [
      'jwt-changed.jws',
      'A JWT whose payload was changed.',
      'ERR_OB_SIGNATURE',
      () => good.replace(/\..*\./, `.${other}.`),
    ],
    [
      'jwt-none.jws',
      'A JWT that says it needs no signature.',
      'ERR_OB_PROOF_SUITE',
      () => `${part({ alg: 'none', kid: keyUrl('rsa') })}.${part(payload)}.${good.split('.')[2]}`,
    ],
    [
      'jwt-shared-secret.jws',
      "A JWT with the issuer's public key as a shared secret.",
      'ERR_OB_PROOF_SUITE',
      () => `${part({ alg: 'HS256', kid: keyUrl('rsa') })}.${part(payload)}.${good.split('.')[2]}`,
    ],
    [
      'jwt-demands.jws',
      'A JWT that demands what nobody understands.',
      'ERR_OB_JWT_HEADER',
      () => jws(payload, { ...header('rsa'), crit: ['exp'] }),
    ],
    [
      'jwt-other-issuer.jws',
      'A JWT whose claims name another issuer than the badge in it.',
      'ERR_OB_JWT_CLAIMS',
      () => jws({ ...payload, iss: STRANGER }, header('rsa')),
    ],
  ]
  for (const [file, about, error, make] of files) {
    await add(`refused/${file}`, { about, ...invalid('proof', error), kind: jwt, make })
  }
  await add('refused/jwt-expired.jws', {
    about: 'A JWT that has ended, of a badge without an end.',
    kind: jwt,
    verdict: 'expired',
    check: 'proof',
    error: 'ERR_OB_PROOF_EXPIRED',
    make: () => jws({ ...payload, exp: payload.nbf + 3600 }, header('rsa')),
  })
  await add('refused/jwt-own-key.jws', {
    about: 'A JWT that brings a key which its issuer does not list.',
    ...invalid('issuer', 'ERR_OB_KEY_NOT_BOUND'),
    kind: jwt,
    make: () => {
      const jwk = keys.stranger.publicKey.export({ format: 'jwk' })
      return jws(payload, { key: keys.stranger, typ: 'JWT', jwk })
    },
  })
}

async function addImages({ add, once }) {
  const json = (await once('badges/v3/eddsa-rdfc-2022.json')).toString()
  const keyword = 'openbadgecredential'
  const baked = images.png(images.iTXt(keyword, json))
  const damaged = () => {
    const copy = Buffer.from(baked)
    copy[copy.indexOf('Telemetry')] = 0x53
    return copy
  }
  const files = [
    ['png-empty.png', 'A PNG without a badge.', 'ERR_OB_NOT_BAKED', () => images.png()],
    [
      'png-damaged.png',
      'A baked PNG whose badge does not fit its checksum.',
      'ERR_OB_PNG',
      damaged,
    ],
    [
      'png-cut-off.png',
      'A baked PNG that ends too early.',
      'ERR_OB_PNG',
      () => baked.subarray(0, 300),
    ],
    [
      'png-bomb.png',
      'A PNG whose badge would unpack to 5 MB.',
      'ERR_OB_PNG',
      () => images.png(images.compressed(keyword, ' '.repeat(5 << 20))),
    ],
    ['svg-empty.svg', 'An SVG without a badge.', 'ERR_OB_NOT_BAKED', () => images.svg('')],
    [
      'svg-doctype.svg',
      'An SVG with entities that grow.',
      'ERR_OB_SVG',
      () => `<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>\n<svg>&b;</svg>\n`,
    ],
    [
      'svg-broken.svg',
      'A baked SVG that is not well-formed.',
      'ERR_OB_SVG',
      () => images.bodySvg(json).replace(']]></', '</'),
    ],
  ]
  for (const [file, about, error, make] of files) {
    const expected = { kind: 'unrecognised', verdict: 'invalid', check: 'parse', error }
    await add(`refused/${file}`, { about, ...expected, make })
  }
  await add('refused/svg-forged.svg', {
    about: 'A badge in an SVG that was changed after signing.',
    ...invalid('proof', 'ERR_OB_SIGNATURE'),
    make: () => images.bodySvg(json.replace('Telemetry', 'Astronomy')),
  })
  await add('refused/data-uri.uri', {
    about: 'A data URI that is not properly encoded.',
    kind: 'unrecognised',
    verdict: 'invalid',
    check: 'parse',
    error: 'ERR_OB_JSON',
    make: () => 'data:application/json,%E0%A4%A',
  })
}
