import {
  buildAssertion,
  buildBadgeClass,
  buildCryptographicKey,
  buildIssuer,
  buildRevocationList,
  generateSigningKey,
  publicKeyPem,
  signAssertion,
  verifyCredential,
} from '@rosette/open-badges'
import { beforeAll, describe, expect, it } from 'vitest'
import { askValidator, installValidator, type ValidatorReport } from './badge-validator.js'

const HOST = 'https://badges.example'
const KEY = `${HOST}/keys/1`
const LIST = `${HOST}/revoked`
// A PNG of one pixel, in base64.
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const now = new Date('2026-06-01T00:00:00Z')
const urn = (n: number) => `urn:uuid:5b09f5e0-5c4e-4d6a-9e37-2d2c7d1f6a0${n}`
const key = generateSigningKey('RSA')

const issuer = buildIssuer({
  id: `${HOST}/issuers/1`,
  name: 'Exämple',
  url: HOST,
  email: 'badges@example.org',
  description: 'Badges of an example',
  image: `${HOST}/image`,
  publicKeys: [KEY],
  revocationList: LIST,
  assertionsStartWith: `${HOST}/assertions/`,
})
const badgeClass = buildBadgeClass({
  id: `${HOST}/badges/1`,
  name: '学习',
  description: 'Knows telemetry',
  image: `${HOST}/image`,
  criteria: { id: `${HOST}/badges/1/criteria`, narrative: 'Pass the **exam**' },
  issuer: `${HOST}/issuers/1`,
  tags: ['telemetry'],
  alignment: [
    {
      targetName: 'Framework',
      targetUrl: 'https://f.example/1',
      targetDescription: 'Telemetry',
      targetFramework: 'F',
      targetCode: 'F.1',
    },
  ],
})
const award = {
  badge: `${HOST}/badges/1`,
  recipient: { email: 'ana@example.org', salt: 'pepper' },
  issuedOn: '2024-01-01T00:00:00Z',
  expires: '2090-01-01T00:00:00Z',
  narrative: 'In one go',
  evidence: [{ id: `${HOST}/work/1`, name: 'Essay', narrative: 'Long', genre: 'Text' }],
}
const hosted = buildAssertion({ ...award, id: `${HOST}/assertions/1`, image: `${HOST}/image` })
const elsewhere = buildAssertion({ ...award, id: `${HOST}/other/1` })
const sign = (n: number, more: object = {}) =>
  signAssertion(
    buildAssertion({ ...award, ...more, id: urn(n), verification: { creator: KEY } }),
    key,
  )
const documents: Readonly<Record<string, object>> = {
  [`${HOST}/issuers/1`]: issuer,
  [`${HOST}/badges/1`]: badgeClass,
  [`${HOST}/assertions/1`]: hosted,
  [`${HOST}/other/1`]: elsewhere,
  [KEY]: buildCryptographicKey({
    id: KEY,
    owner: `${HOST}/issuers/1`,
    publicKeyPem: publicKeyPem(key),
  }),
  [LIST]: buildRevocationList({
    id: LIST,
    issuer: `${HOST}/issuers/1`,
    revoked: [{ id: urn(2), reason: 'Given by mistake' }],
  }),
}

const ana = { id: 'https://ana.example', type: 'Profile', email: 'ana@example.org' }
const bob = { ...ana, email: 'bob@example.org' }
// [badge, recipient, what the other validator objects to (nothing: it is valid), what this one answers]
const cases: Record<string, readonly [string, object | undefined, string | undefined, string]> = {
  'a hosted badge': [`${HOST}/assertions/1`, ana, undefined, 'valid'],
  'a hosted badge of somebody else': [
    `${HOST}/assertions/1`,
    bob,
    'VERIFY_RECIPIENT_IDENTIFIER',
    'invalid',
  ],
  'a badge that is hosted where its issuer does not speak': [
    `${HOST}/other/1`,
    undefined,
    'HOSTED_ID_IN_VERIFICATION_SCOPE',
    'invalid',
  ],
  'a signed badge': [sign(1), ana, undefined, 'valid'],
  'a signed badge that was revoked': [
    sign(2),
    undefined,
    'VERIFY_SIGNED_ASSERTION_NOT_REVOKED',
    'revoked',
  ],
  'a signed badge that has expired': [
    sign(3, { expires: '2025-01-01T00:00:00Z' }),
    undefined,
    'ASSERTION_TIMESTAMP_CHECKS',
    'expired',
  ],
  'a signed badge with a signature of another': [
    sign(1).replace(/[^.]*$/, sign(4).split('.')[2] ?? ''),
    undefined,
    'VERIFY_JWS',
    'invalid',
  ],
}

const installed = await installValidator()
const title = 'missing' in installed ? ` (skipped: ${installed.missing})` : ''

describe.skipIf('missing' in installed)(`the Python validator of Open Badges 2.0${title}`, () => {
  let reports: Record<string, ValidatorReport>
  beforeAll(async () => {
    const badges = Object.values(cases).map(([badge, recipient]) => ({
      badge,
      ...(recipient === undefined ? {} : { recipient }),
    }))
    const python = 'python' in installed ? installed.python : ''
    const answers = await askValidator(python, {
      documents: { ...documents, [`${HOST}/image`]: PICTURE },
      badges,
    })
    reports = Object.fromEntries(Object.keys(cases).map((name, i) => [name, answers[i]])) as never
  })

  it.each(Object.keys(cases))('says of %s what is said here', async (name) => {
    const [badge, recipient, objection, verdict] = cases[name] ?? []
    const report = reports[name]
    expect(report?.messages.map((message) => message.name)).toEqual(
      objection === undefined ? [] : [objection],
    )
    expect(report?.valid).toBe(objection === undefined)
    const document = documents[String(badge)] ?? badge
    const ours = await verifyCredential(document, {
      documents: async (url) => documents[url],
      now,
      ...(recipient === undefined ? {} : { recipient: Object(recipient).email }),
    })
    expect(ours.verdict).toBe(verdict)
  })
})
