import { generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashIdentity, verifyCredential } from '../index.js'

const CONTEXT = 'https://w3id.org/openbadges/v2'
const HOST = 'https://badges.example'
const ASSERTION = `${HOST}/assertions/1`
const CLASS = `${HOST}/classes/1`
const ISSUER = `${HOST}/issuer`
const ENDORSER = 'https://guild.example/profile'
const PRAISE = 'https://guild.example/endorsements/1'
const KEY = 'https://guild.example/key'
const LIST = 'https://guild.example/revoked'
const now = new Date('2026-06-01T00:00:00Z')

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
function jwsOf(payload: unknown) {
  const body = `${base64url({ alg: 'RS256' })}.${base64url(payload)}`
  return `${body}.${sign('sha256', Buffer.from(body), privateKey).toString('base64url')}`
}

const profile = (id: string, name: string) => ({
  '@context': CONTEXT,
  id,
  type: 'Issuer',
  name,
  url: new URL(id).origin,
  email: 'a@e.example',
})
const endorsement = {
  '@context': CONTEXT,
  id: PRAISE,
  type: 'Endorsement',
  claim: { id: CLASS, endorsementComment: 'Well made' },
  issuer: ENDORSER,
  issuedOn: '2026-02-01T00:00:00Z',
  verification: { type: 'HostedBadge' },
}
const signed = { ...endorsement, verification: { type: 'SignedBadge', creator: KEY } }
const world: Record<string, unknown> = {
  [ASSERTION]: {
    '@context': CONTEXT,
    id: ASSERTION,
    type: 'Assertion',
    badge: CLASS,
    recipient: { type: 'email', hashed: true, identity: hashIdentity('ana@example.org') },
    issuedOn: '2026-01-01T00:00:00Z',
    verification: { type: 'hosted' },
  },
  [CLASS]: {
    '@context': CONTEXT,
    id: CLASS,
    type: 'BadgeClass',
    name: 'Telemetry',
    description: 'Knows telemetry',
    criteria: { narrative: 'Pass' },
    issuer: ISSUER,
  },
  [ISSUER]: profile(ISSUER, 'Example'),
  [ENDORSER]: { ...profile(ENDORSER, 'Guild'), publicKey: KEY, revocationList: LIST },
  [PRAISE]: endorsement,
  [KEY]: {
    id: KEY,
    type: 'CryptographicKey',
    owner: ENDORSER,
    publicKeyPem: String(publicKey.export({ format: 'pem', type: 'spki' })),
  },
  [LIST]: { id: LIST, type: 'RevocationList', issuer: ENDORSER, revokedAssertions: [] },
}

type Changes = Record<string, unknown>

/** A report on the badge whose member `on` has these endorsements. */
async function verify(endorsements: unknown, changes: Changes = {}, on = CLASS) {
  const asked: string[] = []
  const endorsed = { ...Object(world[on]), endorsement: endorsements }
  const all: Changes = { ...world, [on]: endorsed, ...changes }
  const documents = async (url: string) => {
    asked.push(url)
    if (all[url] === undefined) throw new Error('nothing')
    return all[url]
  }
  const report = await verifyCredential(ASSERTION, { documents, now })
  const [first] = report.endorsements ?? []
  const errors = (first?.checks ?? []).flatMap(({ error }) => error ?? [])
  const summary = report.checks.find(({ code }) => code === 'endorsement')?.outcome
  return { ...report, asked, first, answer: [first?.verdict, ...errors], summary }
}

describe('an endorsement of an older badge', () => {
  it.each<[string, unknown]>([
    ['by its address', PRAISE],
    ['written out', endorsement],
    ['as a link', { id: PRAISE }],
    ['signed', jwsOf(signed)],
    ['in a list', [endorsement]],
  ])('holds when it is given %s', async (_form, value) => {
    const report = await verify(value)
    expect(report).toMatchObject({ verdict: 'valid', summary: 'passed', answer: ['valid'] })
    expect(report.first).toMatchObject({
      about: 'achievement',
      endorserId: ENDORSER,
      endorserName: 'Guild',
      comment: 'Well made',
    })
  })

  it('holds when its address serves it signed', async () => {
    expect((await verify(PRAISE, { [PRAISE]: jwsOf(signed) })).answer).toEqual(['valid'])
  })

  it.each<['badge' | 'issuer', string]>([
    ['badge', ASSERTION],
    ['issuer', ISSUER],
  ])('may be about the %s', async (about, id) => {
    const praise = { ...endorsement, claim: { id } }
    const { first } = await verify(praise, { [PRAISE]: praise }, id)
    expect(first).toMatchObject({ verdict: 'valid', about })
  })

  it.each<[string, unknown, Changes, string[]]>([
    [
      'is about something else',
      PRAISE,
      about(ASSERTION),
      ['invalid', 'ERR_OB_ENDORSEMENT_MISMATCH'],
    ],
    ['has no claim', { ...endorsement, claim: 'good' }, {}, ['invalid', 'ERR_OB_MALFORMED']],
    ['is a number', 7, {}, ['invalid', 'ERR_OB_MALFORMED']],
    ['answers not', PRAISE, { [PRAISE]: undefined }, ['unknown', 'ERR_OB_HOSTED_UNREACHABLE']],
    [
      'is denied by its address',
      { ...endorsement, issuedOn: '2026-03-01T00:00:00Z' },
      {},
      ['invalid', 'ERR_OB_HOSTED_MISMATCH'],
    ],
    [
      'was revoked',
      endorsement,
      { [PRAISE]: { ...endorsement, revoked: true } },
      ['revoked', 'ERR_OB_REVOKED'],
    ],
    [
      'is hosted where its endorser does not speak',
      PRAISE,
      { [PRAISE]: { ...endorsement, issuer: ISSUER } },
      ['invalid', 'ERR_OB_KEY_NOT_BOUND'],
    ],
    [
      'has an endorser that answers not',
      PRAISE,
      { [ENDORSER]: undefined },
      ['unknown', 'ERR_OB_ISSUER_UNREACHABLE'],
    ],
    ['is not in its signed form', signed, {}, ['invalid', 'ERR_OB_PROOF_MISSING']],
    [
      'was changed after signing',
      `${jwsOf(signed).slice(0, -8)}AAAAAAAA`,
      {},
      ['invalid', 'ERR_OB_SIGNATURE'],
    ],
    [
      'is on the list of its endorser',
      jwsOf(signed),
      { [LIST]: { ...Object(world[LIST]), revokedAssertions: [PRAISE] } },
      ['revoked', 'ERR_OB_REVOKED'],
    ],
    [
      'has ended',
      jwsOf({ ...signed, expires: '2026-03-01T00:00:00Z' }),
      {},
      ['expired', 'ERR_OB_EXPIRED'],
    ],
  ])('that %s is told, and the badge stays valid', async (...[, value, changes, answer]) => {
    const report = await verify(value, changes)
    expect(report).toMatchObject({ verdict: 'valid', summary: 'warning', answer })
  })

  function about(id: string): Changes {
    return { [PRAISE]: { ...endorsement, claim: { id } } }
  }

  it('is not followed to endorsements of its endorser, and only a few are read', async () => {
    const circle = { ...Object(world[ENDORSER]), endorsement: PRAISE }
    const report = await verify(new Array(2000).fill(PRAISE), { [ENDORSER]: circle })
    expect(report.endorsements).toHaveLength(8)
    expect(report.summary).toBe('warning')
    expect(report.asked.length).toBeLessThan(8)
  })

  it('is not asked for on the word of a forger', async () => {
    const stolen = { ...Object(world[ISSUER]), verification: { allowedOrigins: 'mit.example' } }
    const report = await verify(PRAISE, { [ISSUER]: stolen })
    expect(report).toMatchObject({ verdict: 'invalid' })
    expect(report.endorsements).toBeUndefined()
    expect(report.asked).not.toContain(PRAISE)
  })

  it('never throws nor decides, whatever it is', async () => {
    const member = fc.constantFrom(...Object.keys(endorsement))
    const values = fc.oneof(fc.jsonValue(), fc.constantFrom(PRAISE, ENDORSER, CLASS))
    await fc.assert(
      fc.asyncProperty(member, values, fc.boolean(), async (name, value, isHosted) => {
        const changed = { ...endorsement, [name]: value }
        const report = await verify(changed, isHosted ? { [PRAISE]: changed } : {})
        expect(report.verdict).toBe('valid')
      }),
    )
  })
})
