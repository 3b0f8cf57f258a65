import {
  generateSigningKey,
  signCredentialJwt,
  signingKeyOf,
  statusEntry,
} from '@rosette/open-badges'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, createApiClient } from '../../testing/api-client.js'
import { anotherSigned, aSignedBadge, createStranger } from '../../testing/signed-badges.js'
import { aNetwork, anEndorsement, aStranger } from '../../testing/strangers-badges.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let api: ApiClient
let world: ReturnType<typeof createStranger>
let time = new Date('2026-06-01T12:00:00.500Z')
const guild = aStranger('Guild <of> Statisticians')
beforeAll(async () => {
  app = await createTestApp({}, { now: () => time, guardedFetch: aNetwork({}) })
  api = await createApiClient(app)
  world = createStranger(api.server, () => time)
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})

const give = (endorsement: unknown) => api.post('endorsements/import', { endorsement })
const base = 'https://badges.example'

async function publicId(path: 'badges' | 'issuers', id: string): Promise<string> {
  const { id: name } = (
    await world.get(`/${path === 'badges' ? 'public/' : ''}${path}/${id}`)
  ).json()
  return name
}

async function anEndorsed(identifier: 'url' | 'did:web' = 'url') {
  const badge = await aSignedBadge(app, { identifier })
  const signed = (await world.get(`/credentials/${badge.awardId}`)).json()
  return {
    ...badge,
    badgeName: signed.credentialSubject.achievement.id as string,
    issuerName: signed.issuer.id as string,
  }
}

function asJwt(about: string, more: object = {}) {
  const key = signingKeyOf(guild.key)
  const unsigned = {
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    ],
    id: 'https://harbour.example/endorsements/2',
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name: 'A word for it',
    issuer: guild.profile,
    validFrom: '2026-03-12T08:30:00Z',
    credentialSubject: { id: about, type: ['EndorsementSubject'], endorsementComment: 'As a JWT.' },
    ...more,
  }
  const verificationMethod = `${guild.id}#${guild.key.publicKeyMultibase}`
  return signCredentialJwt(unsigned, { key, verificationMethod, created: '2026-03-12T08:30:00Z' })
}

const aStatus = statusEntry({
  listUrl: 'https://nowhere.example/status/1',
  index: 3,
  purpose: 'revocation',
})

const reportOf = async (text: string) => {
  const report = await world.verify(text)
  expect(
    report.checks.filter(({ outcome }) => outcome !== 'passed' && outcome !== 'skipped'),
  ).toEqual([])
  expect(report.verdict).toBe('valid')
  return report
}

describe('an endorsement that was signed elsewhere', () => {
  it.each(['url', 'did:web'] as const)(
    'as JSON is kept to the byte, shown, and carried by badges whose issuer is named by %s',
    async (identifier) => {
      const badge = await anEndorsed(identifier)
      const text = ` ${JSON.stringify(await anEndorsement(guild, badge.badgeName, 'We <b>hire</b> for this.'), null, 2)}\n`
      const answer = await give(text)
      expect(answer.status, JSON.stringify(answer.body)).toBe(201)
      expect(answer.body).toMatchObject({
        issuerId: null,
        issuerName: 'Guild <of> Statisticians',
        subject: { badgeTemplateId: badge.templateId },
        comment: 'We <b>hire</b> for this.',
        form: 'json',
        validUntil: null,
      })
      const ofIssuer = await give(await anEndorsement(guild, badge.issuerName, 'They teach well.'))
      expect(ofIssuer.body.subject).toEqual({ issuerId: badge.issuerId })
      const served = await world.get(new URL(answer.body.publicUrl).pathname)
      expect(served.body).toBe(text.trim())

      const page = await world.get(`/public/badges/${badge.templateId}`, 'text/html')
      expect(page.body).toContain('We &#60;b&#62;hire&#60;/b&#62; for this.')
      const signed = await world.get(`/credentials/${await anotherSigned(app, badge)}`)
      const { credentialSubject, issuer } = signed.json()
      expect(credentialSubject.achievement.endorsement).toEqual([JSON.parse(text)])
      expect(issuer.endorsement).toHaveLength(1)
      const report = await reportOf(signed.body)
      expect(report.endorsements?.map(({ verdict }) => verdict)).toEqual(['valid', 'valid'])
    },
  )

  it('as a JWT is carried by badges in their JWT form only, without the proof of the other form', async () => {
    const badge = await anEndorsed()
    const token = asJwt(badge.badgeName)
    const answer = await give(token)
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    expect(answer.body).toMatchObject({ form: 'jwt', comment: 'As a JWT.' })
    expect((await give(asJwt(badge.issuerName))).status).toBe(201)
    const served = await world.get(new URL(answer.body.publicUrl).pathname)
    expect(served).toMatchObject({ body: token, statusCode: 200 })
    expect(served.headers['content-type']).toBe('application/vc+jwt')

    const awardId = await anotherSigned(app, badge)
    const json = await world.get(`/credentials/${awardId}`)
    expect(json.body).not.toContain('endorsementJwt')
    await reportOf(json.body)
    const jwt = await world.get(`/credentials/${awardId}`, 'application/vc+jwt')
    const [, payload = ''] = jwt.body.split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
    expect(claims.credentialSubject.achievement.endorsementJwt).toEqual([token])
    expect(claims.proof).toBeUndefined()
    const report = await reportOf(jwt.body)
    expect(report.endorsements?.map(({ verdict }) => verdict)).toEqual(['valid', 'valid'])
    await api.post(`endorsements/${answer.body.id}/withdrawal`)
    const later = await world.get(
      `/credentials/${await anotherSigned(app, badge)}`,
      'application/vc+jwt',
    )
    expect(later.body).not.toBe(jwt.body)
    const [about] = (await reportOf(later.body)).endorsements ?? []
    expect(about?.about).toBe('issuer')
  })

  it('is carried and shown until it ends or is withdrawn', async () => {
    const badge = await anEndorsed()
    const soon = { validUntil: '2026-06-02T00:00:00Z' }
    const profile = { ...guild, sign: (it: object) => guild.sign({ ...it, ...soon }) }
    const answer = await give(await anEndorsement(profile, badge.badgeName, 'For a day.'))
    expect(answer.body.validUntil).toBe('2026-06-02T00:00:00Z')
    const lasting = await give(await anEndorsement(guild, badge.badgeName, 'For good.'))
    const carried = async () =>
      (await world.get(`/credentials/${await anotherSigned(app, badge)}`))
        .json()
        .credentialSubject.achievement.endorsement?.map(
          (one: { credentialSubject: { endorsementComment: string } }) =>
            one.credentialSubject.endorsementComment,
        )
    const page = async () =>
      (await world.get(`/public/badges/${badge.templateId}`, 'text/html')).body
    expect((await carried()).sort()).toEqual(['For a day.', 'For good.'])
    time = new Date('2026-06-03T12:00:00Z')
    expect(await carried()).toEqual(['For good.'])
    expect(await page()).not.toContain('For a day.')
    expect(await page()).toContain('For good.')
    await api.post(`endorsements/${lasting.body.id}/withdrawal`)
    expect(await carried()).toBeUndefined()
    time = new Date('2026-06-01T12:00:00.500Z')
  })

  it('is taken once, also when it is given twice at the same time, and again after it was withdrawn', async () => {
    const badge = await anEndorsed()
    const endorsement = await anEndorsement(guild, badge.badgeName, 'Once.')
    const answers = await Promise.all([give(endorsement), give(endorsement)])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    const taken = answers.find(({ status }) => status === 201)
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'endorsement-exists',
      title: expect.stringContaining(taken?.body.id),
    })
    await api.post(`endorsements/${taken?.body.id}/withdrawal`)
    expect((await give(endorsement)).status).toBe(201)
  })

  const refusals: [string, () => Promise<unknown>, RegExp, string?][] = [
    [
      'that was changed',
      async () => ({
        ...(await anEndorsement(guild, (await anEndorsed()).badgeName, 'Good.')),
        name: 'Changed',
      }),
      /signature does not match/,
      'ERR_OB_SIGNATURE',
    ],
    [
      'that has ended',
      async () => asJwt((await anEndorsed()).badgeName, { validUntil: '2026-04-01T00:00:00Z' }),
      /2026-04-01/,
      'ERR_OB_EXPIRED',
    ],
    [
      'of which nobody says whether it was taken back',
      async () => {
        const { badgeName } = await anEndorsed()
        return asJwt(badgeName, { credentialStatus: aStatus })
      },
      /nowhere\.example\/status\/1 does not answer/,
      'ERR_OB_STATUS_UNREACHABLE',
    ],
    [
      'that is a badge',
      async () => (await world.get(`/credentials/${(await anEndorsed()).awardId}`)).json(),
      /no endorsement/,
    ],
    [
      'that is about nothing of ours',
      async () => asJwt('https://elsewhere.example/b/1'),
      /none of ours/,
    ],
    [
      'about a badge that is not there',
      async () => asJwt(`${base}/public/badges/AAAAAAAAQACAAAAAAAAAAA`),
      /none of ours/,
    ],
    [
      'that names the badge in another way than badges do',
      async () => asJwt(`${base}/public/badges/${(await anEndorsed()).templateId}`),
      /badges say https:/,
    ],
    [
      'that names the issuer by the name that it does not use',
      async () => asJwt(await publicId('issuers', (await anEndorsed('did:web')).issuerId)),
      /badges say did:web:/,
    ],
    ['that is an address', async () => `${base}/endorsements/1`, /neither JSON nor a JWT/],
    ['that is no JSON', async () => '{"a":', /neither JSON nor a JWT/],
    ['that is a list', async () => '[]', /neither JSON nor a JWT/],
  ]
  it.each(refusals)('is refused when it is one %s', async (...row) => {
    const [, make, sentence, error] = row
    const answer = await give(await make())
    expect(answer).toMatchObject({ status: 422, body: { code: 'endorsement-refused' } })
    expect(answer.body.title).toMatch(sentence)
    if (error !== undefined) {
      expect(answer.body.faults).toContainEqual(expect.objectContaining({ code: error }))
    }
  })

  it('is refused when an issuer of this site had signed it', async () => {
    const badge = await anEndorsed()
    const endorser = await aSignedBadge(app)
    const ours = await api.post('endorsements', {
      issuerId: endorser.issuerId,
      subject: { badgeTemplateId: badge.templateId },
      comment: 'From here.',
    })
    const { body } = await world.get(new URL(ours.body.publicUrl).pathname)
    const answer = await give(body)
    expect(answer.body).toMatchObject({ code: 'endorsement-refused' })
    expect(answer.body.title).toContain('issuer of this site')
  })

  it('that no badge could carry is refused at once, and does not keep badges from being signed', async () => {
    const badge = await anEndorsed()
    const old = await guild.sign({
      '@context': [
        'https://www.w3.org/2018/credentials/v1',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json',
        'https://w3id.org/security/data-integrity/v2',
      ],
      id: 'https://harbour.example/endorsements/3',
      type: ['VerifiableCredential', 'EndorsementCredential'],
      name: 'An older form',
      issuer: guild.profile,
      issuanceDate: '2026-03-12T08:30:00Z',
      credentialSubject: { id: badge.badgeName, type: ['EndorsementSubject'] },
    })
    expect((await world.verify(JSON.stringify(old))).verdict).toBe('valid')
    const answer = await give(old)
    expect(answer).toMatchObject({ status: 422, body: { code: 'endorsement-refused' } })
    expect(answer.body.title).toMatch(/redefine a protected term\. Ask for it .*as a JWT\.$/)
    const signed = await world.get(`/credentials/${await anotherSigned(app, badge)}`)
    await reportOf(signed.body)
  })

  it('that is too large is refused with its size', async () => {
    const answer = await give('x'.repeat(40_000))
    expect(answer).toMatchObject({ status: 413, body: { code: 'too-large' } })
    expect(answer.body.title).toContain('40000')
  })

  it('is refused when nothing is given, and when it is signed by nobody', async () => {
    expect((await give(7)).body.code).toBe('request-invalid')
    const { publicJwk } = generateSigningKey('P-256')
    expect((await give({ publicJwk })).body.code).toBe('endorsement-refused')
  })
})

describe('an endorsement of ours', () => {
  it('verifies by its address, here, without asking the network', async () => {
    const badge = await anEndorsed()
    const { issuerId } = await aSignedBadge(app)
    const ours = await api.post('endorsements', {
      issuerId,
      subject: { badgeTemplateId: badge.templateId },
      comment: 'From here.',
    })
    const report = await api.post('verifications', { badge: ours.body.publicUrl })
    expect(report.body).toMatchObject({ verdict: 'valid', kind: 'EndorsementCredential 3.0' })
    expect(report.body.badge.endorsedId).toBe(badge.badgeName)
  })
})
