import {
  decodeStatusList,
  documentLoader,
  getStatus,
  matchesIdentity,
  verifyCredential,
} from '@rosette/open-badges'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '../../db/database.js'
import { createPublicUrls } from '../../http/public-urls.js'
import { aBadge, ada, anAward, takeBack } from '../../testing/sample-awards.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'
import { createCredentials } from './credentials.js'

let app: TestApp
let server: ReturnType<TestApp['createServer']>
let time = new Date('2026-06-01T12:00:00.500Z')
const urls = createPublicUrls('https://badges.example')

beforeAll(async () => {
  app = await createTestApp({}, { now: () => time })
  server = app.createServer()
})
afterAll(() => app.drop())

async function fetchHere(url: string): Promise<unknown> {
  const { origin, pathname } = new URL(documentUrl(url))
  const answer = await server.inject({ url: pathname, headers: { accept: 'application/json' } })
  if (origin !== 'https://badges.example' || answer.statusCode !== 200) throw new Error(url)
  return answer.json()
}

// What a resolver makes of did:web:badges.example:issuers:…#key
function documentUrl(url: string): string {
  const [, path = url] = /^did:web:badges\.example:([^#]+)/.exec(url) ?? []
  return path === url ? url : `https://badges.example/${path.replaceAll(':', '/')}/did.json`
}

async function aSignedAward(wanted: Parameters<typeof aBadge>[1] = {}, more: object = {}) {
  const badge = await aBadge(app, wanted)
  const awardId = await anAward(app, { ...badge, ...more })
  await app.issuances.issue({ awardId }, { number: 1, isLast: false })
  const answer = await server.inject({ url: `/credentials/${awardId}` })
  return { ...badge, awardId, answer, text: answer.body, credential: answer.json() }
}

const verify = (text: string) => verifyCredential(text, { documents: fetchHere, now: time })

describe('a signed badge', () => {
  it('says what was awarded, by whom, when, and where its status is', async () => {
    const { templateId, issuerId, awardId, credential } = await aSignedAward(
      {},
      {
        expiresAt: '2030-03-12T08:30:00.999999Z',
        evidence: [{ url: 'https://lms.example/certificates/a b', name: 'Certificate' }],
      },
    )
    expect(credential).toMatchObject({
      id: urls.credential(awardId),
      name: 'Data Analysis Foundations',
      issuer: { id: urls.issuer(issuerId), name: 'Open University', type: ['Profile'] },
      validFrom: '2026-03-12T08:30:00Z',
      validUntil: '2030-03-12T08:30:00Z',
      evidence: [{ id: 'https://lms.example/certificates/a%20b', name: 'Certificate' }],
      credentialSubject: {
        achievement: {
          id: urls.badge(templateId),
          criteria: { id: urls.badge(templateId), narrative: expect.stringContaining('CCX') },
          image: { id: `${urls.badge(templateId)}/image` },
          tag: ['statistics', 'python'],
        },
      },
      credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' },
      proof: [{ cryptosuite: 'eddsa-rdfc-2022', created: '2026-06-01T12:00:00Z' }],
    })
  })

  it('names the learner by a salted hash of the address only', async () => {
    const { text, credential } = await aSignedAward({}, { showsName: true })
    const [identity] = credential.credentialSubject.identifier
    expect(identity).toMatchObject({ hashed: true, identityType: 'emailAddress' })
    expect(matchesIdentity(identity.identityHash, identity.salt, ada.email)).toBe(true)
    expect(text.toLowerCase()).not.toContain(ada.email.toLowerCase())
    expect(text).not.toContain(ada.username)
    expect(text).not.toContain(ada.name)
  })

  it('names a learner without an address by the user name, hashed as well', async () => {
    const { credential, text } = await aSignedAward({}, { learner: { email: '' } })
    const [identity] = credential.credentialSubject.identifier
    expect(identity).toMatchObject({ hashed: true, identityType: 'userName' })
    expect(matchesIdentity(identity.identityHash, identity.salt, ada.username)).toBe(true)
    expect(text).not.toContain(ada.username)
  })

  it.each(['url', 'did:web'] as const)(
    'verifies when the issuer is named by %s',
    async (identifier) => {
      const { text, credential } = await aSignedAward({ identifier })
      const report = await verify(text)
      expect(report.checks.filter((check) => check.outcome === 'failed')).toEqual([])
      expect(report.verdict).toBe('valid')
      expect(credential.issuer.id).toMatch(identifier === 'url' ? /^https:/ : /^did:web:badges/)
    },
  )

  it('verifies without description, criteria, tags or evidence', async () => {
    const { text } = await aSignedAward({ description: '', criteria: '', tags: [] })
    expect((await verify(text)).verdict).toBe('valid')
  })

  it('does not verify when a word of it is changed', async () => {
    const { text } = await aSignedAward()
    expect((await verify(text.replace('Foundations', 'Mastery'))).verdict).toBe('invalid')
  })

  it('still verifies after the key was rotated, as does a new one', async () => {
    const { text, issuerId, templateId, credential } = await aSignedAward()
    await inTransaction(app.db, (tx) => app.issuers.rotateKey(tx, issuerId))
    const awardId = await anAward(app, { templateId })
    await app.issuances.issue({ awardId }, { number: 1, isLast: false })
    const newer = await server.inject({ url: `/credentials/${awardId}` })
    expect(newer.json().proof[0].verificationMethod).not.toBe(
      credential.proof[0].verificationMethod,
    )
    expect((await verify(text)).verdict).toBe('valid')
    expect((await verify(newer.body)).verdict).toBe('valid')
  })

  it('keeps its name, its list and its validity when its issuer changes to did:web', async () => {
    const old = await aSignedAward()
    await app.db
      .updateTable('issuer')
      .set({ identifier: 'did:web' })
      .where('id', '=', old.issuerId)
      .execute()
    const awardId = await anAward(app, { templateId: old.templateId })
    await app.issuances.issue({ awardId }, { number: 1, isLast: false })
    const newer = await server.inject({ url: `/credentials/${awardId}` })
    expect(newer.json().issuer.id).toMatch(/^did:web:/)
    expect((await verify(newer.body)).verdict).toBe('valid')
    expect((await verify(old.text)).verdict).toBe('valid')
    await takeBack(app, old.awardId, null)
    expect((await verify(old.text)).verdict).toBe('revoked')
    expect((await verify(newer.body)).verdict).toBe('valid')
  })

  it('is revoked for verifiers once the award is', async () => {
    const { text, awardId } = await aSignedAward()
    expect((await verify(text)).verdict).toBe('valid')
    await takeBack(app, awardId, 'plagiarism')
    expect((await verify(text)).verdict).toBe('revoked')
    // A verifier whose clock is a little behind sees the new list, too.
    const behind = new Date(time.getTime() - 30_000)
    const seen = await verifyCredential(text, { documents: fetchHere, now: behind })
    expect(seen.verdict).toBe('revoked')
    expect((await server.inject({ url: `/credentials/${awardId}` })).body).toBe(text)
  })
})

describe('the reference implementation of verifiable credentials', () => {
  // Its packages carry no types.
  const load = (name: string) => import(`@digitalbazaar/${name}`)

  async function verifyTheirs(credential: object): Promise<unknown> {
    const [vc, { DataIntegrityProof }, { cryptosuite }] = await Promise.all(
      ['vc', 'data-integrity', 'eddsa-rdfc-2022-cryptosuite'].map(load),
    )
    const loader = async (url: string) =>
      url.startsWith('https://badges.example/')
        ? { contextUrl: null, documentUrl: url, document: await fetchHere(url) }
        : await documentLoader(url)
    return await vc.verifyCredential({
      credential,
      suite: new DataIntegrityProof({ cryptosuite }),
      documentLoader: loader,
      // Each verifier checks the bits itself; here it is about the signature.
      checkStatus: () => ({ verified: true }),
      now: time,
    })
  }

  it('verifies our badge with the documents we serve', async () => {
    const { credential } = await aSignedAward()
    expect(await verifyTheirs(credential)).toMatchObject({ verified: true })
    expect(await verifyTheirs({ ...credential, name: 'x' })).toMatchObject({ verified: false })
  })

  it('verifies our status list', async () => {
    const { credential } = await aSignedAward()
    const list = await fetchHere(credential.credentialStatus.statusListCredential)
    expect(await verifyTheirs(Object(list))).toMatchObject({ verified: true })
  })
})

describe('a status list', () => {
  const listOf = (credential: { credentialStatus: { statusListCredential: string } }) =>
    new URL(credential.credentialStatus.statusListCredential).pathname

  it('is signed once until something changes or a day has passed', async () => {
    const { credential, awardId } = await aSignedAward()
    const url = listOf(credential)
    const first = await server.inject({ url })
    expect(first.headers['cache-control']).toBe('public, max-age=60')
    expect(first.headers['access-control-allow-origin']).toBe('*')
    time = new Date(time.getTime() + 60_000)
    expect((await server.inject({ url })).body).toBe(first.body)
    const unchanged = { 'if-none-match': String(first.headers['etag']) }
    expect((await server.inject({ url, headers: unchanged })).statusCode).toBe(304)

    await takeBack(app, awardId, null)
    const second = await server.inject({ url, headers: unchanged })
    expect(second.statusCode).toBe(200)
    const bits = decodeStatusList(second.json().credentialSubject.encodedList)
    expect(bits).toHaveLength(16_384)
    expect(getStatus(bits, Number(credential.credentialStatus.statusListIndex))).toBe(1)

    time = new Date(time.getTime() + 25 * 60 * 60 * 1000)
    const third = await server.inject({ url })
    expect(third.json().validFrom).not.toBe(second.json().validFrom)
  })

  it('is the same text for all who ask at the moment it changes', async () => {
    const { credential, awardId } = await aSignedAward()
    await takeBack(app, awardId, null)
    const asked = Array.from({ length: 8 }, () => server.inject({ url: listOf(credential) }))
    expect(new Set((await Promise.all(asked)).map(({ body }) => body)).size).toBe(1)
  })

  it('is followed by a new one when no free entry is found', async () => {
    const { templateId, credential } = await aSignedAward()
    const taken = Number(credential.credentialStatus.statusListIndex)
    const { db, issuers } = app
    const guessing = { db, issuers, urls, now: () => time, randomIndex: () => taken }
    const credentials = createCredentials(guessing)
    const awardId = await anAward(app, { templateId })
    await inTransaction(db, (tx) => credentials.sign(tx, awardId))
    const entries = await db
      .selectFrom('status_entry')
      .selectAll()
      .where('award_id', '=', awardId)
      .execute()
    expect(entries).toHaveLength(1)
    expect(entries[0]?.index).toBe(taken)
    expect(urls.statusList(entries[0]?.list_id ?? '')).not.toBe(
      credential.credentialStatus.statusListCredential,
    )
  })
})

describe('the address of a badge', () => {
  it('takes both forms of the id and serves the exact text', async () => {
    const { awardId, text } = await aSignedAward()
    const short = await server.inject({ url: urls.local(urls.credential(awardId)) })
    expect(short.body).toBe(text)
    expect(short.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'access-control-allow-origin': '*',
      vary: 'Accept, User-Agent',
    })
    const headers = { accept: 'application/vc+ld+json' }
    const asked = await server.inject({ url: `/credentials/${awardId}`, headers })
    expect(asked.headers['content-type']).toBe('application/vc+ld+json')
  })

  it('sends people to the page', async () => {
    const { awardId } = await aSignedAward()
    const headers = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
    const answer = await server.inject({ url: `/credentials/${awardId}`, headers })
    expect(answer.statusCode).toBe(303)
    expect(answer.headers.location).toBe(urls.local(urls.assertion(awardId)))
  })

  it('asks for patience while the badge is being signed', async () => {
    const awardId = await anAward(app, await aBadge(app))
    const answer = await server.inject({ url: `/credentials/${awardId}` })
    expect(answer.statusCode).toBe(404)
    expect(answer.headers['retry-after']).toBe('5')
    expect(answer.json().title).toContain('being signed')
  })

  it('explains that a badge was taken back before it was signed', async () => {
    const awardId = await anAward(app, await aBadge(app))
    await takeBack(app, awardId, null)
    const answer = await server.inject({ url: `/credentials/${awardId}` })
    expect(answer.statusCode).toBe(404)
    expect(answer.json().title).toContain('taken back')
    expect(answer.headers['retry-after']).toBeUndefined()
  })

  it.each(['nonsense', 'AAAAAAAAAAAAAAAAAAAAAA', '%00', 'a'.repeat(300)])(
    'answers %s with a problem',
    async (id) => {
      const answer = await server.inject({ url: `/credentials/${id}` })
      expect(answer.statusCode).toBe(404)
      expect(answer.headers['content-type']).toContain('application/problem+json')
      expect(answer.json()).toMatchObject({ status: 404, code: 'not-found' })
    },
  )
})
