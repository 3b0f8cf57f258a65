// Badges before version 3.0: those that hold, and those that must not be believed.
import * as images from './images.mjs'
import { address, assertion, HOST, KEY, older, signed, V1, V21 } from './older-world.mjs'

const kind = 'Assertion 2.0'
const documents = 'older.json'
const hosted = {}
const of = (verdict, check, error) => ({ kind, documents, verdict, check, error })
const awardOf = (name, path) => assertion(name, { badge: `${HOST}/classes/${path}` })

/** What the addresses of the assertions serve, once all of them were added. */
export function hostedDocuments() {
  return hosted
}

/** Puts an assertion at its address and answers with it. */
function host(badge, served = badge) {
  hosted[badge.id ?? badge.verify?.url] = served
  return badge
}

export async function addAssertions(collection) {
  await addHosted(collection)
  await addSigned(collection)
  await addOlder(collection)
  await addImages(collection)
  await addRefusedHosted(collection)
  await addMalformed(collection)
  await addRefusedSigned(collection)
}

async function addHosted({ add }) {
  const recipient = 'A@example.com'
  const plain = host(assertion('1'))
  await add('v2/hosted.json', {
    about: 'A hosted badge of version 2.0; what counts is what its address serves.',
    ...{ kind, documents, recipient },
    make: () => plain,
  })
  const newer = host(assertion('2p1', { '@context': V21 }))
  await add('v2/hosted-2p1.json', {
    about: 'A hosted badge of version 2.1.',
    ...{ kind: 'Assertion 2.1', documents, recipient },
    make: () => newer,
  })
  const praised = host(assertion('endorsed', { badge: `${HOST}/classes/endorsed` }))
  await add('v2/endorsed.json', {
    about: 'A hosted badge whose BadgeClass somebody endorses.',
    ...{ kind, documents },
    make: () => praised,
  })
  const words = host(assertion('words', { badge: `${HOST}/classes/words` }))
  await add('v2/languages-and-extension.json', {
    about: 'A hosted badge with a name in two languages and an extension that nobody knows.',
    ...{ kind, documents },
    make: () => words,
  })
  const copy = { ...plain, narrative: 'With honours' }
  await add('v2/outdated-copy.json', {
    about:
      'An embellished copy of a hosted badge: its address is believed, and the difference told.',
    ...{ kind, documents },
    make: () => copy,
  })
  await add('v2/address.url', {
    about: 'The address of a hosted badge.',
    ...{ kind, documents },
    make: () => `${plain.id}\n`,
  })
}

async function addSigned({ add }) {
  await add('v2/signed.jws', {
    about: 'A badge of version 2.0 signed with RS256.',
    ...{ kind, documents, recipient: 'a@example.com' },
    make: () => signed('signed'),
  })
  await add('v2/signed-only-key.jws', {
    about: 'A signed badge that leaves its key to an issuer with only one.',
    ...{ kind, documents },
    make: () => signed('signed-only-key', { verification: { type: 'signed' } }),
  })
}

async function addOlder({ add }) {
  const one = host(older('1p1', { '@context': V1, type: 'Assertion', id: address('1p1') }))
  await add('v1/hosted-1p1.json', {
    about: 'A hosted badge of version 1.1.',
    ...{ kind: 'Assertion 1.1', documents, recipient: 'a@example.com' },
    make: () => one,
  })
  const zero = host(older('1p0'))
  await add('v1/hosted-1p0.json', {
    about: 'A hosted badge of version 1.0, with a date in seconds and no context.',
    ...{ kind: 'Assertion 1.0', documents, recipient: 'a@example.com' },
    make: () => zero,
  })
  const { recipient } = assertion('x')
  const first = {
    recipient: recipient.identity,
    salt: recipient.salt,
    issued_on: '2026-01-01',
    badge: {
      version: '0.5.0',
      name: 'Telemetry',
      description: 'Reads the telemetry of a probe',
      image: '/1.png',
      criteria: '/criteria',
      issuer: { origin: HOST, name: 'Observatory' },
    },
  }
  hosted[address('0p5')] = first
  await add('v1/hosted-0p5.url', {
    about: 'A badge of version 0.5 by its address, without which it cannot be checked.',
    ...{ kind: 'Assertion 0.5', documents, recipient: 'a@example.com' },
    make: () => address('0p5'),
  })
  await add('refused/v0p5-without-address.json', {
    about: 'A badge of version 0.5 without its address: nobody confirms it.',
    ...{ kind: 'Assertion 0.5', documents, verdict: 'unknown' },
    make: () => first,
  })
}

async function addImages({ add, once }) {
  const json = (await once('badges/v2/hosted.json')).toString()
  const token = (await once('badges/v2/signed.jws')).toString()
  const newer = (await once('badges/v3/eddsa-rdfc-2022.json')).toString()
  const { iTXt, tEXt, zTXt, png, compressed, assertionSvg } = images
  const both = () => png(iTXt('openbadges', json), iTXt('openbadgecredential', newer))
  const pictures = [
    ['png-itxt.png', 'a PNG', () => png(iTXt('openbadges', json))],
    ['png-compressed.png', 'a PNG, compressed', () => png(compressed('openbadges', json))],
    [
      'png-text.png',
      'a PNG, in the chunk of the oldest bakers',
      () => png(tEXt('openbadges', json)),
    ],
    ['png-ztext.png', 'a PNG, in that chunk and compressed', () => png(zTXt('openbadges', json))],
    [
      'png-address.png',
      'a PNG that holds its address only',
      () => png(tEXt('openbadges', address('1'))),
    ],
    ['png-signed.png', 'a PNG, signed', () => png(iTXt('openbadges', token))],
    ['svg-body.svg', 'an SVG, in the body of the element', () => assertionSvg(address('1'), json)],
    ['svg-address.svg', 'an SVG that holds its address only', () => assertionSvg(address('1'))],
    ['svg-signed.svg', 'an SVG, signed', () => assertionSvg(token)],
  ]
  for (const [file, where, make] of pictures) {
    await add(`v2/${file}`, { about: `A badge of version 2.0 in ${where}.`, kind, documents, make })
  }
  await add('v2/png-with-newer.png', {
    about: 'A PNG with a badge of version 2.0 and one of 3.0: the newer counts.',
    kind: 'OpenBadgeCredential 3.0',
    make: both,
  })
}

async function addRefusedHosted({ add }) {
  const elsewhere = assertion('1', { id: 'https://evil.example/1' })
  const other = { ...assertion('x').recipient, identity: 'b@example.com', hashed: false }
  const files = [
    [
      'v2-unanswered',
      'A hosted badge whose address does not answer.',
      of('unknown', 'proof', 'ERR_OB_HOSTED_UNREACHABLE'),
      assertion('unanswered'),
      null,
    ],
    [
      'v2-other-recipient',
      'A copy that names another recipient than its address does.',
      of('invalid', 'proof', 'ERR_OB_HOSTED_MISMATCH'),
      assertion('other', { recipient: other }),
      assertion('other'),
    ],
    [
      'v2-revoked',
      'A hosted badge whose address answers that it is revoked.',
      of('revoked', 'status', 'ERR_OB_REVOKED'),
      assertion('revoked'),
      { id: address('revoked'), revoked: true },
    ],
    [
      'v2-gone',
      'A hosted badge whose address answers 410 Gone.',
      { ...of('revoked', 'status', 'ERR_OB_REVOKED'), gone: [address('gone')] },
      assertion('gone'),
      null,
    ],
    [
      'v2-elsewhere',
      "A badge in the issuer's name at an address that the issuer does not speak for.",
      of('invalid', 'issuer', 'ERR_OB_KEY_NOT_BOUND'),
      elsewhere,
    ],
    [
      'v2-origin-misspelled',
      'A badge whose issuer writes an address where a host belongs.',
      of('invalid', 'issuer', 'ERR_OB_KEY_NOT_BOUND'),
      awardOf('misspelled', 'misspelled'),
    ],
  ]
  await addAll(add, files)
}

async function addMalformed({ add }) {
  const files = [
    [
      'v2-no-badge-class',
      'A badge whose BadgeClass does not answer.',
      of('unknown', 'issuer', 'ERR_OB_BADGE_CLASS_UNREACHABLE'),
      awardOf('no-class', 'gone'),
    ],
    [
      'v2-no-issuer',
      'A badge whose issuer does not answer.',
      of('unknown', 'issuer', 'ERR_OB_ISSUER_UNREACHABLE'),
      awardOf('no-issuer', 'orphan'),
    ],
    [
      'v2-two-criteria',
      'A badge with two criteria.',
      of('invalid', 'schema', 'ERR_OB_MALFORMED'),
      awardOf('two-criteria', 'two-criteria'),
    ],
    [
      'v2-date-without-zone',
      'A badge with a date without a time zone.',
      of('invalid', 'schema', 'ERR_OB_MALFORMED'),
      assertion('zone', { issuedOn: '2026-01-01T00:00:00' }),
    ],
    [
      'v2-inline-image',
      'A badge with a picture written into the assertion.',
      of('invalid', 'schema', 'ERR_OB_MALFORMED'),
      assertion('inline', { image: 'data:image/png;base64,AA==' }),
    ],
    [
      'v2-backwards',
      'A badge that ends before it begins.',
      of('invalid', 'dates', 'ERR_OB_MALFORMED'),
      assertion('backwards', { expires: '2025-01-01T00:00:00Z' }),
    ],
    [
      'v2-expired',
      'A hosted badge that has ended.',
      of('expired', 'dates', 'ERR_OB_EXPIRED'),
      assertion('expired', { expires: '2026-02-01T00:00:00Z' }),
    ],
  ]
  await addAll(add, files)
}

async function addAll(add, files) {
  for (const [file, about, expected, badge, served = badge] of files) {
    if (served !== null) host(badge, served)
    await add(`refused/${file}.json`, { about, ...expected, make: () => badge })
  }
}

async function addRefusedSigned({ add, once }) {
  const good = (await once('badges/v2/signed.jws')).toString()
  const [header, , signature] = good.split('.')
  const none = Buffer.from('{"alg":"none"}').toString('base64url')
  const other = Buffer.from(
    JSON.stringify(assertion('x', { verification: { type: 'signed', creator: KEY } })),
  ).toString('base64url')
  const stray = { verification: { type: 'SignedBadge', creator: `${HOST}/keys/stray` } }
  const listless = { type: 'SignedBadge', creator: `${HOST}/keys/listless` }
  const files = [
    [
      'v2-signed-changed.jws',
      'A signed badge that was changed.',
      of('invalid', 'proof', 'ERR_OB_SIGNATURE'),
      () => `${header}.${other}.${signature}`,
    ],
    [
      'v2-signed-none.jws',
      'A badge that says it needs no signature.',
      of('invalid', 'proof', 'ERR_OB_PROOF_SUITE'),
      () => `${none}.${other}.${signature}`,
    ],
    [
      'v2-signed-bare.json',
      'A signed badge without its signature.',
      of('invalid', 'proof', 'ERR_OB_PROOF_MISSING'),
      () => assertion('bare', { verification: { type: 'signed', creator: KEY } }),
    ],
    [
      'v2-signed-stray-key.jws',
      'A badge signed with a key that its issuer does not list.',
      of('invalid', 'issuer', 'ERR_OB_KEY_NOT_BOUND'),
      () => signed('stray', stray),
    ],
    [
      'v2-signed-revoked.jws',
      'A signed badge on the list of those its issuer revoked.',
      of('revoked', 'status', 'ERR_OB_REVOKED'),
      () => signed('signed-revoked'),
    ],
    [
      'v2-signed-no-list.jws',
      'A signed badge whose list of revoked ones does not answer.',
      of('unknown', 'status', 'ERR_OB_STATUS_UNREACHABLE'),
      () => signed('no-list', { badge: `${HOST}/classes/unlisted`, verification: listless }),
    ],
  ]
  for (const [file, about, expected, make] of files) {
    await add(`refused/${file}`, { about, ...expected, make })
  }
}
