import { describe, expect, it } from 'vitest'
import { bake, buildAssertion, buildBadgeClass, buildIssuer, verifyCredential } from '../index.js'

const HOST = 'https://badges.example'
const ASSERTION = `${HOST}/public/assertions/1`
const now = new Date('2026-06-01T00:00:00Z')

const issuer = buildIssuer({
  id: `${HOST}/public/issuers/1`,
  name: 'Example',
  url: 'https://example.org',
  email: 'badges@example.org',
  assertionsStartWith: `${HOST}/public/assertions/`,
})
const badgeClass = buildBadgeClass({
  id: `${HOST}/public/badges/1`,
  name: 'Telemetry',
  description: 'Knows telemetry',
  image: `${HOST}/1.png`,
  criteria: { narrative: 'Pass' },
  issuer: issuer.id,
  tags: ['telemetry'],
})
const given = {
  id: ASSERTION,
  badge: badgeClass.id,
  recipient: { email: 'ana@example.org', salt: 'pepper' },
  issuedOn: '2026-01-01T00:00:00Z',
  expires: '2027-01-01T00:00:00Z',
  image: `${HOST}/public/assertions/1/image`,
}
const assertion = buildAssertion(given)

async function verify(badge: unknown, changes: Record<string, unknown> = {}, more: object = {}) {
  const world: Record<string, unknown> = {
    [ASSERTION]: assertion,
    [badgeClass.id]: badgeClass,
    [issuer.id]: issuer,
    ...changes,
  }
  const documents = async (url: string) => {
    if (world[url] === undefined) throw new Error(`nothing at ${url}`)
    return world[url]
  }
  const report = await verifyCredential(badge, { documents, now, ...more })
  const errors = report.checks.flatMap(({ code, error }) => (error ? [`${code} ${error}`] : []))
  return { ...report, answer: [report.verdict, ...errors] }
}

describe('a hosted 2.0 assertion', () => {
  it('is valid when its address, its badge and its issuer agree', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')
    const recipient = 'ana@example.org'
    for (const form of [assertion, bake(svg, JSON.stringify(assertion))]) {
      const report = await verify(form, {}, { recipient })
      expect(report).toMatchObject({
        answer: ['valid'],
        kind: 'Assertion 2.0',
        badge: { name: 'Telemetry', issuerName: 'Example' },
      })
    }
  })

  const forged = { ...assertion, id: 'https://evil.example/1' }
  it.each<[string, unknown, Record<string, unknown>, string[]]>([
    [
      'is not answered for',
      assertion,
      { [ASSERTION]: undefined },
      ['unknown', 'proof ERR_OB_HOSTED_UNREACHABLE'],
    ],
    [
      'differs from what is hosted',
      buildAssertion({ ...given, recipient: { email: 'bob@example.org' } }),
      {},
      ['invalid', 'proof ERR_OB_HOSTED_MISMATCH'],
    ],
    [
      'is hosted where its issuer does not speak',
      forged,
      { [forged.id]: forged },
      ['invalid', 'issuer ERR_OB_KEY_NOT_BOUND'],
    ],
    [
      'embeds a badge of an issuer that does not speak there',
      { ...forged, badge: badgeClass },
      { [forged.id]: { ...forged, badge: badgeClass } },
      ['invalid', 'issuer ERR_OB_KEY_NOT_BOUND'],
    ],
    [
      'was revoked',
      assertion,
      { [ASSERTION]: { id: ASSERTION, revoked: true } },
      ['revoked', 'status ERR_OB_REVOKED'],
    ],
    [
      'has an issuer that does not answer',
      assertion,
      { [issuer.id]: undefined },
      ['unknown', 'issuer ERR_OB_ISSUER_UNREACHABLE'],
    ],
    [
      'lacks a date',
      { ...assertion, issuedOn: 'today' },
      {},
      ['invalid', 'schema ERR_OB_MALFORMED'],
    ],
  ])('that %s is told apart', async (...[, badge, changes, answer]) => {
    expect(await verify(badge, changes)).toMatchObject({ answer })
  })

  it('expires, and belongs to one recipient', async () => {
    const later = { now: new Date('2028-01-01T00:00:00Z') }
    expect((await verify(assertion, {}, later)).answer).toEqual(['expired', 'dates ERR_OB_EXPIRED'])
    expect((await verify(assertion, {}, { recipient: 'bob@example.org' })).answer).toEqual([
      'invalid',
      'recipient ERR_OB_RECIPIENT',
    ])
  })
})
