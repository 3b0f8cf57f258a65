// Badges of version 3.0 and learner records that hold.
import * as images from './images.mjs'
import { keys } from './keys.mjs'
import { jws, proofOf, prove } from './sign.mjs'
import { credential, HOST, ISSUER, keyUrl, OB3, oldCredential, status, VC2 } from './world.mjs'

const kind = 'OpenBadgeCredential 3.0'
const old = 'OpenBadgeCredential 3.0 (VC 1.1)'
const jwt = 'OpenBadge JWT'
const seconds = Date.parse('2026-01-01T00:00:00Z') / 1000
const DATA_INTEGRITY = 'https://w3id.org/security/data-integrity/v2'
const ED25519_2020 = 'https://w3id.org/security/suites/ed25519-2020/v1'

/** How a key of the issuer signs. */
export const by = (key, cryptosuite) => ({
  cryptosuite,
  verificationMethod: keyUrl(key),
  key: keys[key],
})
export const edwards = by('ed25519', 'eddsa-rdfc-2022')
export const header = (key) => ({ key: keys[key], typ: 'JWT', kid: keyUrl(key) })
export const claims = (badge) => ({ iss: ISSUER, jti: badge.id, nbf: seconds })

const suites = [
  ['eddsa-rdfc-2022', 'ed25519', 'eddsa-rdfc-2022'],
  ['eddsa-jcs-2022', 'ed25519', 'eddsa-jcs-2022'],
  ['ecdsa-rdfc-2019-p256', 'p256', 'ecdsa-rdfc-2019'],
  ['ecdsa-rdfc-2019-p384', 'p384', 'ecdsa-rdfc-2019'],
  ['ecdsa-jcs-2019-p256', 'p256', 'ecdsa-jcs-2019'],
  ['ecdsa-jcs-2019-p384', 'p384', 'ecdsa-jcs-2019'],
  ['eddsa-2022', 'ed25519', 'eddsa-2022'],
]

export async function addSoundCredentials(collection) {
  const { add } = collection
  for (const [name, key, suite] of suites) {
    const badge = credential(name)
    const own = suite.includes('jcs') ? { '@context': badge['@context'] } : {}
    await add(`v3/${name}.json`, {
      about: `A badge with a proof of ${suite}, signed with the key ${key}.`,
      kind,
      recipient: 'a@example.com',
      make: () => prove(badge, { ...own, ...by(key, suite) }),
    })
  }
  await addEnvelopes(collection)
  await addContents(collection)
  await addJwts(collection)
  await addImages(collection)
  await addRecords(collection)
}

async function addEnvelopes({ add }) {
  await add('v3/vc11-eddsa-rdfc-2022.json', {
    about: 'A badge in the envelope of VC 1.1 with a proof of eddsa-rdfc-2022.',
    kind: old,
    make: () => prove(oldCredential('vc11', [DATA_INTEGRITY]), edwards),
  })
  await add('v3/vc11-ed25519-2020.json', {
    about: 'A badge in the envelope of VC 1.1 with an Ed25519Signature2020.',
    kind: old,
    make: () =>
      prove(oldCredential('vc11-2020', [ED25519_2020]), {
        type: 'Ed25519Signature2020',
        verificationMethod: keyUrl('ed25519'),
        key: keys.ed25519,
      }),
  })
  const did = `did:key:${keys.ed25519.multibase}`
  await add('v3/did-key.json', {
    about: 'A badge whose issuer is a did:key: the key itself, without any address.',
    kind,
    make: () =>
      prove(credential('did-key', { issuer: { id: did, type: ['Profile'], name: 'Key' } }), {
        ...edwards,
        verificationMethod: `${did}#${keys.ed25519.multibase}`,
      }),
  })
  const web = 'did:web:badges.example'
  await add('v3/did-web.json', {
    about: 'A badge whose issuer is a did:web.',
    kind,
    make: () =>
      prove(credential('did-web', { issuer: { id: web, type: ['Profile'], name: 'Web' } }), {
        ...edwards,
        verificationMethod: `${web}#1`,
      }),
  })
}

async function addContents({ add }) {
  await add('v3/status-clear.json', {
    about: 'A badge that is neither revoked nor suspended, by two lists.',
    kind,
    make: () =>
      prove(
        credential('status-clear', {
          credentialStatus: [status('revocation', 7), status('suspension', 7)],
        }),
        edwards,
      ),
  })
  await add('v3/status-list-jwt.json', {
    about: 'A badge that is not revoked, by a list that is a JWT.',
    kind,
    make: () => prove(credential('status-jwt', { credentialStatus: status('text', 7) }), edwards),
  })
  await add('v3/status-plain-clear.json', {
    about: 'A badge that is not on the plain list of its issuer (1EdTechRevocationList).',
    kind,
    make: () =>
      prove(
        credential('plain-clear', {
          '@context': [VC2, OB3, 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'],
          credentialStatus: { id: `${HOST}/status/plain`, type: '1EdTechRevocationList' },
        }),
        edwards,
      ),
  })
  await add('v3/two-proofs.json', {
    about: 'A badge with two proofs of which the first does not hold; the second is enough.',
    kind,
    make: async () => {
      const badge = credential('two-proofs')
      const wrong = await proofOf({ ...badge, name: 'Other' }, edwards)
      return { ...badge, proof: [wrong, await proofOf(badge, by('p256', 'ecdsa-rdfc-2019'))] }
    },
  })
  await add('v3/last-moment.json', {
    about: 'A badge at the very last moment of its validity.',
    kind,
    at: '2026-12-31T23:59:59Z',
    make: () => prove(credential('last', { validUntil: '2026-12-31T23:59:59Z' }), edwards),
  })
}

async function addJwts({ add }) {
  for (const key of ['rsa', 'p256', 'p384', 'ed25519']) {
    const { alg } = keys[key]
    const badge = credential(`jwt-${alg.toLowerCase()}`)
    await add(`v3/jwt-${alg.toLowerCase()}.jws`, {
      about: `A badge as a JWT signed with ${alg}; its payload is the badge (VC 2.0).`,
      kind: jwt,
      recipient: 'A@Example.com',
      make: () => jws({ ...badge, ...claims(badge) }, header(key)),
    })
  }
  await add('v3/jwt-vc-claim.jws', {
    about:
      'A badge of VC 1.1 as a JWT, inside its claim vc; the key comes along and the issuer lists it.',
    kind: jwt,
    make: () => {
      const badge = oldCredential('jwt-vc', [])
      const jwk = keys.rsa.publicKey.export({ format: 'jwk' })
      return jws({ vc: badge, ...claims(badge) }, { key: keys.rsa, typ: 'JWT', jwk })
    },
  })
}

async function addImages({ add, once }) {
  const json = (await once('badges/v3/eddsa-rdfc-2022.json')).toString()
  const token = (await once('badges/v3/jwt-es256.jws')).toString()
  const keyword = 'openbadgecredential'
  const { iTXt, tEXt, png, pngBehind, compressed, bodySvg, verifySvg } = images
  const pictures = [
    ['png-itxt.png', 'a PNG, before the pixels', () => png(iTXt(keyword, json))],
    ['png-behind.png', 'a PNG, behind the pixels', () => pngBehind(iTXt(keyword, json))],
    ['png-compressed.png', 'a PNG, compressed', () => png(compressed(keyword, json))],
    [
      'png-language.png',
      'a PNG, in a chunk that names a language',
      () => png(images.chunk('iTXt', `${keyword}\0\0\0en\0Badge\0`, json)),
    ],
    [
      'png-among-others.png',
      'a PNG, among other texts',
      () => png(tEXt('Comment', 'x'), iTXt('Title', 'Telemetry'), iTXt(keyword, json)),
    ],
    ['svg-body.svg', 'an SVG, in the body of the element', () => bodySvg(json)],
  ]
  for (const [file, where, make] of pictures) {
    await add(`v3/${file}`, { about: `A badge in ${where}.`, kind, make })
  }
  await add('v3/png-jwt.png', {
    about: 'A badge that is a JWT in a PNG.',
    kind: jwt,
    make: () => png(iTXt(keyword, token)),
  })
  await add('v3/svg-verify.svg', {
    about: 'A badge that is a JWT in the verify attribute of an SVG.',
    kind: jwt,
    make: () => verifySvg(token),
  })
  await add('v3/data-uri.uri', {
    about: 'A badge as a data URI, percent-encoded.',
    kind,
    make: () => `data:application/vc+ld+json,${encodeURIComponent(json)}`,
  })
  await add('v3/data-uri-png.uri', {
    about: 'A baked PNG as a data URI in base64.',
    kind,
    make: () => `data:image/png;base64,${png(iTXt(keyword, json)).toString('base64')}`,
  })
}

const CLR = 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json'

async function addRecords({ add, once }) {
  const badge = JSON.parse((await once('badges/v3/eddsa-rdfc-2022.json')).toString())
  const other = JSON.parse((await once('badges/v3/ecdsa-rdfc-2019-p256.json')).toString())
  await add('clr/record.json', {
    about: 'A learner record (CLR 2.0) with two badges.',
    kind: 'ClrCredential 2.0',
    make: () =>
      prove(
        {
          '@context': [VC2, CLR, OB3],
          id: `${HOST}/records/1`,
          type: ['VerifiableCredential', 'ClrCredential'],
          issuer: { id: ISSUER, type: ['Profile'], name: 'Observatory' },
          name: 'Record',
          validFrom: '2026-01-01T00:00:00Z',
          credentialSubject: { type: ['ClrSubject'], verifiableCredential: [badge, other] },
        },
        edwards,
      ),
  })
}
