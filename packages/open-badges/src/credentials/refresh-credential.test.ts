import { describe, expect, it } from 'vitest'
import {
  bake,
  buildCredential,
  buildStatusListCredential,
  controllerDocument,
  createStatusBits,
  encodeStatusList,
  generateKeyPair,
  setStatus,
  signCredentialJwt,
  signDocument,
  statusEntry,
  verifyCredential,
} from '../index.js'

const ISSUER = 'https://badges.example/issuers/1'
const OTHER = 'https://other.example/issuers/1'
const SERVICE = 'https://badges.example/refresh/1'
const LIST = 'https://badges.example/status/1'
const created = '2026-01-01T00:00:00Z'
const later = '2026-03-01T00:00:00Z'
const now = new Date('2026-06-01T00:00:00Z')
const signerOf = (id: string, seed: number) => {
  const key = generateKeyPair(new Uint8Array(32).fill(seed))
  return { key, verificationMethod: `${id}#key-1`, created }
}
const issuer = signerOf(ISSUER, 1)
const stranger = signerOf(OTHER, 2)
const documentOf = (id: string, { key, verificationMethod }: typeof issuer) =>
  controllerDocument({
    id,
    keys: [{ id: verificationMethod, publicKeyMultibase: key.publicKeyMultibase }],
  })

const built = buildCredential({
  id: 'https://badges.example/credentials/1',
  issuer: { id: ISSUER, name: 'Example' },
  achievement: {
    id: 'https://badges.example/badges/1',
    name: 'Telemetry',
    description: 'Knows telemetry',
    criteria: { narrative: 'Pass' },
  },
  recipient: { email: 'ana@example.org' },
  validFrom: created,
})
const badge = {
  ...built,
  '@context': [...built['@context'], 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'],
  refreshService: { id: SERVICE, type: '1EdTechCredentialRefresh' },
}
const newer = { ...badge, validFrom: later, name: 'Newer' }

async function listOf(...revoked: number[]) {
  const bits = createStatusBits()
  for (const index of revoked) setStatus(bits, index, 1)
  const list = buildStatusListCredential({
    id: LIST,
    issuer: ISSUER,
    statusPurpose: 'revocation',
    encodedList: encodeStatusList(bits),
    validFrom: created,
  })
  return await signDocument(list, issuer)
}
const status = (index: number) => ({
  credentialStatus: statusEntry({ listUrl: LIST, index, purpose: 'revocation' }),
})

async function verify(
  given: Record<string, unknown>,
  answer: unknown,
  more: Record<string, unknown> = {},
) {
  const asked: string[] = []
  const world: Record<string, unknown> = {
    [ISSUER]: documentOf(ISSUER, issuer),
    [OTHER]: documentOf(OTHER, stranger),
    [SERVICE]: answer,
    ...more,
  }
  const documents = async (url: string) => {
    asked.push(url)
    return world[url] ?? Promise.reject(new Error('nothing'))
  }
  const report = await verifyCredential(await signDocument(given, issuer), { documents, now })
  const refresh = report.checks.filter(({ code }) => code === 'refresh')
  return { report, refresh, times: asked.filter((url) => url === SERVICE).length }
}

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe('a badge with a refresh service', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['JSON', () => signDocument(newer, issuer)],
    ['text', async () => JSON.stringify(await signDocument(newer, issuer))],
    ['a JWT', async () => signCredentialJwt(newer, issuer)],
    ['a PNG', async () => bake(png, JSON.stringify(await signDocument(newer, issuer)))],
    [
      'an SVG',
      async () =>
        bake(
          Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
          signCredentialJwt(newer, issuer),
        ),
    ],
  ])('is reported in its newest form, answered as %s and asked for once', async (_name, make) => {
    const { report, refresh, times } = await verify(badge, await make())
    expect(report).toMatchObject({ verdict: 'valid', badge: { name: 'Newer', validFrom: later } })
    expect(refresh).toMatchObject([{ outcome: 'passed', detail: { from: created, to: later } }])
    expect(times).toBe(1)
  })

  it('that is a JWT is told as it was handed in when its service answers another form of the same date', async () => {
    const endorsementJwt = ['nonsense']
    const token = signCredentialJwt({ ...badge, endorsementJwt }, issuer)
    const world: Record<string, unknown> = {
      [ISSUER]: documentOf(ISSUER, issuer),
      [SERVICE]: await signDocument(badge, issuer),
    }
    const documents = async (url: string) => world[url] ?? Promise.reject(new Error('nothing'))
    const report = await verifyCredential(token, { documents, now })
    expect(report.verdict).toBe('valid')
    expect(report.endorsements).toMatchObject([{ about: 'badge', verdict: 'invalid' }])
    const isRefresh = ({ code }: { code: string }) => code === 'refresh'
    expect(report.checks.filter(isRefresh)).toMatchObject([{ outcome: 'passed' }])
  })

  it('is refreshed inside a record, too', async () => {
    const record = {
      '@context': [
        built['@context'][0],
        'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json',
        ...badge['@context'].slice(1),
      ],
      id: 'https://badges.example/records/1',
      type: ['VerifiableCredential', 'ClrCredential'],
      issuer: badge.issuer,
      name: 'A record',
      validFrom: created,
      credentialSubject: {
        type: ['ClrSubject'],
        verifiableCredential: [await signDocument(badge, issuer)],
      },
    }
    for (const answer of [await signDocument(newer, issuer), signCredentialJwt(newer, issuer)]) {
      const { report } = await verify(record, answer)
      expect(report.verdict).toBe('valid')
      expect(report.badges).toMatchObject([{ verdict: 'valid', badge: { name: 'Newer' } }])
    }
  })

  it('may have outlived its end', async () => {
    const ended = { ...badge, validUntil: '2026-02-01T00:00:00Z' }
    expect((await verify(ended, undefined)).report.verdict).toBe('expired')
    expect((await verify(ended, await signDocument(newer, issuer))).report.verdict).toBe('valid')
  })

  it('is the same badge when only the spelling of its ids differs', async () => {
    const id = ` ${badge.id.replace('/1', '/%31')}`.trim()
    const { refresh } = await verify(badge, await signDocument({ ...newer, id }, issuer))
    expect(refresh).toMatchObject([{ outcome: 'passed' }])
  })

  it.each<[string, () => Promise<unknown>, string]>([
    ['another badge', () => signDocument({ ...newer, id: `${badge.id}0` }, issuer), 'MALFORMED'],
    [
      'an older form',
      () => signDocument({ ...badge, validFrom: '2025-01-01T00:00:00Z' }, issuer),
      'MALFORMED',
    ],
    [
      'a badge of somebody else',
      () => signDocument({ ...newer, issuer: { ...badge.issuer, id: OTHER } }, stranger),
      'MALFORMED',
    ],
    ['a badge signed by somebody else', () => signDocument(newer, stranger), 'KEY_NOT_BOUND'],
    [
      'a forgery',
      async () => ({ ...(await signDocument(newer, issuer)), name: 'No' }),
      'SIGNATURE',
    ],
    ['a badge without a proof', async () => newer, 'PROOF_MISSING'],
    [
      'a badge without a subject',
      () => signDocument({ ...newer, credentialSubject: { type: 'AchievementSubject' } }, issuer),
      'MALFORMED',
    ],
    ['another address', async () => 'https://badges.example/elsewhere', 'MALFORMED'],
    ['a page', async () => '<html>', 'JSON'],
  ])('stays as it was when %s comes back', async (...row) => {
    const [, make, error] = row
    const { report, refresh } = await verify(badge, await make())
    expect(report).toMatchObject({ verdict: 'valid', badge: { validFrom: created } })
    expect(refresh).toMatchObject([{ outcome: 'warning', detail: { error: `ERR_OB_${error}` } }])
  })

  it('stays as it was when nothing comes back, or the service is of another kind', async () => {
    const silent = await verify(badge, undefined)
    expect(silent.report.verdict).toBe('valid')
    expect(silent.refresh).toMatchObject([{ outcome: 'skipped' }])
    const refreshService = { id: 'file:///etc/passwd', type: '1EdTechCredentialRefresh' }
    const { refresh, times } = await verify({ ...badge, refreshService }, newer)
    expect(refresh).toMatchObject([{ outcome: 'skipped' }])
    expect(times).toBe(0)
  })

  it('does not ask on the word of a forger', async () => {
    const world: Record<string, unknown> = { [ISSUER]: documentOf(ISSUER, issuer) }
    const asked: string[] = []
    const documents = async (url: string) => {
      asked.push(url)
      return world[url]
    }
    const forged = { ...(await signDocument(badge, issuer)), name: 'Forged' }
    expect((await verifyCredential(forged, { documents, now })).verdict).toBe('invalid')
    expect(asked).not.toContain(SERVICE)
  })
})

describe('a revoked badge with a refresh service', () => {
  const revoked = { ...badge, ...status(5) }

  it('is replaced by a later form that its issuer signed', async () => {
    const answer = await signDocument({ ...newer, ...status(6) }, issuer)
    const { report, refresh } = await verify(revoked, answer, { [LIST]: await listOf(5) })
    expect(report).toMatchObject({ verdict: 'valid', badge: { name: 'Newer' } })
    expect(refresh).toMatchObject([
      { outcome: 'passed' },
      { outcome: 'warning', detail: { remark: 'replaced' } },
    ])
  })

  it.each<[string, () => Promise<unknown>]>([
    ['a form of the same date without a status', () => signDocument(badge, issuer)],
    [
      'a later form of somebody else',
      () => signDocument({ ...newer, issuer: { ...badge.issuer, id: OTHER } }, stranger),
    ],
    ['a later form that somebody else signed', () => signDocument(newer, stranger)],
    ['nothing', async () => undefined],
  ])('stays revoked when %s comes back', async (_name, make) => {
    const { report } = await verify(revoked, await make(), { [LIST]: await listOf(5) })
    expect(report.verdict).toBe('revoked')
    expect(report.checks.map(({ error }) => error)).toContain('ERR_OB_REVOKED')
  })

  it('is revoked in its newest form when that one is', async () => {
    const answer = await signDocument({ ...newer, ...status(6) }, issuer)
    const { report } = await verify(badge, answer, { [LIST]: await listOf(6) })
    expect(report).toMatchObject({ verdict: 'revoked', badge: { name: 'Newer' } })
  })
})
