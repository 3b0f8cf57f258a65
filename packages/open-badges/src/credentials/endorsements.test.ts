import { describe, expect, it } from 'vitest'
import {
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
const ENDORSER = 'https://board.example/about'
const ACHIEVEMENT = 'https://badges.example/badges/1'
const BADGE = 'https://badges.example/credentials/1'
const LIST = 'https://board.example/status/1'
const created = '2026-01-01T00:00:00Z'
const now = new Date('2026-06-01T00:00:00Z')

const signerOf = (id: string, seed: number) => {
  const key = generateKeyPair(new Uint8Array(32).fill(seed))
  return { key, verificationMethod: `${id}#key-1`, created }
}
const issuer = signerOf(ISSUER, 1)
const endorser = signerOf(ENDORSER, 2)
const thief = signerOf(ENDORSER, 3)
const documentOf = (id: string, { key, verificationMethod }: typeof issuer) =>
  controllerDocument({
    id,
    keys: [{ id: verificationMethod, publicKeyMultibase: key.publicKeyMultibase }],
  })

const badge = buildCredential({
  id: BADGE,
  issuer: { id: ISSUER, name: 'Example' },
  achievement: {
    id: ACHIEVEMENT,
    name: 'Telemetry',
    description: 'Knows telemetry',
    criteria: { narrative: 'Pass' },
  },
  recipient: { email: 'ana@example.org' },
  validFrom: created,
})
const { credentialSubject } = badge
const achievement = Object(credentialSubject['achievement'])

const endorsementOf = (about: string, more: object = {}) => ({
  '@context': badge['@context'],
  id: 'https://board.example/endorsements/1',
  type: ['VerifiableCredential', 'EndorsementCredential'],
  name: 'Endorsement',
  issuer: { id: ENDORSER, type: ['Profile'], name: 'The Board' },
  validFrom: created,
  credentialSubject: { id: about, type: ['EndorsementSubject'], endorsementComment: 'Sound work' },
  ...more,
})

async function verify(input: unknown, more: Record<string, unknown> = {}) {
  const asked: string[] = []
  const world: Record<string, unknown> = {
    [ISSUER]: documentOf(ISSUER, issuer),
    [ENDORSER]: documentOf(ENDORSER, endorser),
    ...more,
  }
  const documents = async (url: string) => {
    asked.push(url)
    return world[url] ?? Promise.reject(new Error('nothing'))
  }
  return { report: await verifyCredential(input, { documents, now }), asked }
}

const signed = (more: object) => signDocument({ ...badge, ...more }, issuer)
const errorsOf = (checks: readonly { error?: string }[] = []) =>
  checks.flatMap(({ error }) => error ?? [])
const summaryOf = async (...args: Parameters<typeof verify>) => {
  const { report } = await verify(...args)
  const found = report.checks.find(({ code }) => code === 'endorsement')
  const told = report.endorsements?.map((it) => [it.about, it.verdict, ...errorsOf(it.checks)])
  return { verdict: report.verdict, outcome: found?.outcome, told }
}

describe('endorsements of a badge', () => {
  it('are verified where they hang: at the badge, the achievement and the issuer', async () => {
    const by = (about: string) => signDocument(endorsementOf(about), endorser)
    const input = await signed({
      endorsement: [await by(BADGE)],
      issuer: { ...badge.issuer, endorsement: [await by(ISSUER)] },
      credentialSubject: {
        ...credentialSubject,
        achievement: { ...achievement, endorsement: [await by(ACHIEVEMENT)] },
      },
    })
    const { report } = await verify(input)
    expect(report.verdict).toBe('valid')
    expect(report.endorsements).toMatchObject(
      ['badge', 'achievement', 'issuer'].map((about) => ({
        about,
        verdict: 'valid',
        endorserId: ENDORSER,
        endorserName: 'The Board',
        comment: 'Sound work',
      })),
    )
    expect(report.checks.at(-1)).toMatchObject({ code: 'endorsement', outcome: 'passed' })
  })

  it('are read as JWTs in a badge that is a JWT', async () => {
    const token = (about: string) => signCredentialJwt(endorsementOf(about), endorser)
    const input = signCredentialJwt(
      {
        ...badge,
        endorsementJwt: [token(BADGE)],
        issuer: { ...badge.issuer, endorsementJwt: [token(ISSUER)] },
        credentialSubject: {
          ...credentialSubject,
          achievement: { ...achievement, endorsementJwt: [token(ACHIEVEMENT), 'nonsense'] },
        },
      },
      issuer,
    )
    expect(await summaryOf(input)).toEqual({
      verdict: 'valid',
      outcome: 'warning',
      told: [
        ['badge', 'valid'],
        ['achievement', 'valid'],
        ['achievement', 'invalid', 'ERR_OB_MALFORMED'],
        ['issuer', 'valid'],
      ],
    })
  })

  it.each<[string, () => Promise<object>, string, string]>([
    [
      'about something else',
      () => signDocument(endorsementOf(ACHIEVEMENT), endorser),
      'invalid',
      'ERR_OB_ENDORSEMENT_MISMATCH',
    ],
    [
      'by a key of somebody else',
      () => signDocument(endorsementOf(BADGE), thief),
      'invalid',
      'ERR_OB_SIGNATURE',
    ],
    [
      'in the name of the issuer',
      () => signDocument(endorsementOf(BADGE, { issuer: ISSUER }), endorser),
      'invalid',
      'ERR_OB_KEY_NOT_BOUND',
    ],
    [
      'out of date',
      () => signDocument(endorsementOf(BADGE, { validUntil: '2026-02-01T00:00:00Z' }), endorser),
      'expired',
      'ERR_OB_EXPIRED',
    ],
    ['without a proof', async () => endorsementOf(BADGE), 'invalid', 'ERR_OB_PROOF_MISSING'],
    [
      'without a name',
      () => {
        const { name: _name, ...nameless } = endorsementOf(BADGE)
        return signDocument(nameless, endorser)
      },
      'invalid',
      'ERR_OB_MALFORMED',
    ],
  ])('never count against it: one %s', async (...row) => {
    const [, make, verdict, error] = row
    const endorsement = [await make()]
    const found = await summaryOf(await signed({ endorsement }))
    expect(found).toMatchObject({ verdict: 'valid', outcome: 'warning' })
    expect(found.told?.[0]?.slice(0, 2)).toEqual(['badge', verdict])
    expect(found.told?.[0]).toContain(error)
  })

  it('are revoked by whoever made them', async () => {
    const bits = createStatusBits()
    setStatus(bits, 3, 1)
    const list = buildStatusListCredential({
      id: LIST,
      issuer: ENDORSER,
      statusPurpose: 'revocation',
      encodedList: encodeStatusList(bits),
      validFrom: created,
    })
    const credentialStatus = statusEntry({ listUrl: LIST, index: 3, purpose: 'revocation' })
    const endorsement = [await signDocument(endorsementOf(BADGE, { credentialStatus }), endorser)]
    const input = await signed({ endorsement })
    expect(await summaryOf(input, { [LIST]: await signDocument(list, endorser) })).toEqual({
      verdict: 'valid',
      outcome: 'warning',
      told: [['badge', 'revoked', 'ERR_OB_REVOKED']],
    })
  })

  it('make no bad badge good, and are not asked after when it is forged', async () => {
    const input = await signed({
      endorsement: [await signDocument(endorsementOf(BADGE), endorser)],
    })
    const { report, asked } = await verify({ ...input, name: 'Forged' })
    expect(report.verdict).toBe('invalid')
    expect(report.endorsements).toBeUndefined()
    expect(report.checks.at(-1)).toMatchObject({ code: 'endorsement', outcome: 'skipped' })
    expect(asked).not.toContain(ENDORSER)
  })

  it('are twenty at most, and those of endorsers are not followed', async () => {
    const id = 'https://board.example/endorsements/2'
    const inner = await signDocument(endorsementOf(BADGE, { id }), endorser)
    const outer = await signDocument(endorsementOf(BADGE, { endorsement: [inner] }), endorser)
    const { report } = await verify(await signed({ endorsement: Array(21).fill(outer) }))
    expect(report.verdict).toBe('valid')
    expect(report.endorsements).toHaveLength(20)
    expect(report.checks.at(-1)).toMatchObject({
      outcome: 'warning',
      detail: { holding: 20, total: 21 },
    })
  })

  it('are twenty at most in all badges of a record', async () => {
    const endorsement = Array(15).fill(await signDocument(endorsementOf(BADGE), endorser))
    const one = await signed({ endorsement })
    const record = {
      '@context': [
        badge['@context'][0],
        'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json',
        badge['@context'][1],
      ],
      id: 'https://badges.example/records/1',
      type: ['VerifiableCredential', 'ClrCredential'],
      issuer: badge.issuer,
      name: 'A record',
      validFrom: created,
      credentialSubject: { type: ['ClrSubject'], verifiableCredential: [one, one] },
    }
    const { report } = await verify(await signDocument(record, issuer))
    expect(report.badges?.map(({ endorsements }) => endorsements?.length)).toEqual([15, 5])
  })
})

describe('an endorsement by itself', () => {
  it.each([
    ['with a proof', () => signDocument(endorsementOf(BADGE), endorser)],
    ['as a JWT', async () => signCredentialJwt(endorsementOf(BADGE), endorser)],
  ])('%s is recognised and verified', async (_name, make) => {
    const { report } = await verify(await make())
    expect(report).toMatchObject({
      verdict: 'valid',
      kind: 'EndorsementCredential 3.0',
      badge: { name: 'Endorsement', description: 'Sound work', issuerName: 'The Board' },
    })
  })

  it('is nobody’s badge, and invalid when it was changed', async () => {
    const input = await signDocument(endorsementOf(BADGE), endorser)
    const { report } = await verify({ ...input, name: 'Praise' })
    expect([report.verdict, ...errorsOf(report.checks)]).toEqual(['invalid', 'ERR_OB_SIGNATURE'])
    const documents = async () => documentOf(ENDORSER, endorser)
    const asked = await verifyCredential(input, { documents, now, recipient: 'ana@example.org' })
    expect(asked.verdict).toBe('invalid')
  })
})
