import { describe, expect, it } from 'vitest'
import {
  buildCredential,
  controllerDocument,
  generateKeyPair,
  keyDocument,
  signCredential,
  signCredentialJwt,
  signDocument,
  verifyCredential,
} from '../index.js'

const ISSUER = 'https://badges.example/issuers/1'
const KEY = 'https://badges.example/keys/1'
const key = generateKeyPair(new Uint8Array(32).fill(1))
const { publicKeyMultibase } = key
const created = '2026-01-01T00:00:00Z'
const world: Record<string, unknown> = {
  [KEY]: keyDocument({ id: KEY, controller: ISSUER, publicKeyMultibase }),
  [ISSUER]: controllerDocument({ id: ISSUER, keys: [{ id: KEY, publicKeyMultibase }] }),
}

async function signed(name: string) {
  const credential = buildCredential({
    id: `https://badges.example/credentials/${name}`,
    issuer: { id: ISSUER, name: 'Example' },
    achievement: {
      id: `https://badges.example/badges/${name}`,
      name,
      description: name,
      criteria: { narrative: 'Pass' },
    },
    recipient: { email: 'ana@example.org' },
    validFrom: created,
  })
  return await signCredential(credential, { key, verificationMethod: KEY, created })
}

const recordOf = (...verifiableCredential: unknown[]) => ({
  '@context': [
    'https://www.w3.org/ns/credentials/v2',
    'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json',
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
  ],
  id: 'https://badges.example/records/1',
  type: ['VerifiableCredential', 'ClrCredential'],
  issuer: { id: ISSUER, type: ['Profile'], name: 'Example' },
  name: 'A record',
  validFrom: created,
  credentialSubject: { type: ['ClrSubject'], verifiableCredential },
})

async function verify(record: unknown) {
  const asked: string[] = []
  const documents = async (url: string) => {
    asked.push(url)
    return world[url] ?? Promise.reject(new Error('nothing'))
  }
  const now = new Date('2026-06-01T00:00:00Z')
  return { asked, report: await verifyCredential(record, { documents, now }) }
}

describe('a learner record (CLR 2.0)', () => {
  it('lists its badges, each with its own verdict', async () => {
    const [one, other] = [await signed('One'), await signed('Two')]
    const { report, asked } = await verify(recordOf(one, { ...other, name: 'Forged' }))
    expect(report).toMatchObject({ kind: 'ClrCredential 2.0', badge: { name: 'A record' } })
    expect(report.badges?.map(({ verdict, badge }) => [verdict, badge.name])).toEqual([
      ['valid', 'One'],
      ['invalid', 'Forged'],
    ])
    expect(asked).toEqual([...new Set(asked)])
  })

  it.each(['context.json', 'context-2.0.1.json'])(
    'is verified by its own proof under %s',
    async (file) => {
      const record = recordOf(await signed('One'))
      const [envelope = '', , openBadges = ''] = record['@context']
      const context = [envelope, `https://purl.imsglobal.org/spec/clr/v2p0/${file}`, openBadges]
      const proved = await signDocument(
        { ...record, '@context': context },
        { key, verificationMethod: KEY, created },
      )
      expect((await verify(proved)).report.verdict).toBe('valid')
      const { report } = await verify({ ...proved, name: 'Another record' })
      expect(report.verdict).toBe('invalid')
      expect(report.checks.map(({ error }) => error)).toContain('ERR_OB_SIGNATURE')
      expect(report.badges?.map(({ verdict }) => verdict)).toEqual(['valid'])
    },
  )

  it('is not valid by its badges alone', async () => {
    const { report } = await verify(recordOf(await signed('One')))
    expect(report.verdict).toBe('invalid')
    expect(report.checks.map(({ error }) => error)).toContain('ERR_OB_PROOF_MISSING')
  })

  it('is verified as a JWT, and not followed into another record', async () => {
    const signer = { key, verificationMethod: KEY, created }
    const token = (...held: unknown[]) => signCredentialJwt(recordOf(...held), signer)
    const { report } = await verify(token(await signed('One')))
    expect(report).toMatchObject({ verdict: 'valid', kind: 'ClrCredential 2.0' })
    expect(report.badges?.map(({ verdict }) => verdict)).toEqual(['valid'])
    const outer = await verify(token(token(token(await signed('One')))))
    expect(outer.report.badges).toMatchObject([{ verdict: 'invalid', kind: 'OpenBadge JWT' }])
    expect(outer.report.badges?.[0]?.badges).toBeUndefined()
  })

  it('asks for five hundred documents at most', async () => {
    const lists = (i: number) =>
      Array.from({ length: 8 }, (_, j) => ({
        id: `https://badges.example/lists/${i}/${j}`,
        type: '1EdTechRevocationList',
      }))
    const extensions = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'
    const { proof: _proof, ...one } = await signed('One')
    const context = [...one['@context'], extensions]
    const held = Array.from({ length: 80 }, (_, i) =>
      signCredentialJwt(
        { ...one, '@context': context, credentialStatus: lists(i) },
        { key, verificationMethod: KEY, created },
      ),
    )
    const { asked, report } = await verify(recordOf(...held))
    expect(report.badges).toHaveLength(80)
    expect(asked).toHaveLength(500)
    expect(new Set(asked).size).toBe(500)
  })

  it('is malformed without credentials, and follows neither records nor addresses in it', async () => {
    expect((await verify(recordOf())).report.verdict).toBe('invalid')
    const { report, asked } = await verify(recordOf(recordOf(), 'https://badges.example/1', 7))
    expect(report.badges).toEqual([])
    expect(asked).toEqual([])
  })

  it('is read up to a limit', async () => {
    const many = recordOf(...Array.from({ length: 101 }, () => 'a.b.c'))
    const { report } = await verify(many)
    expect(report.badges).toHaveLength(100)
    expect(report.checks.map(({ error }) => error)).toContain('ERR_OB_TOO_LARGE')
  })
})
