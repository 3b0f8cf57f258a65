import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { createRoleClient, type RoleClient } from '../../testing/role-client.js'
import { anAward } from '../../testing/sample-awards.js'
import { anIssuance } from '../../testing/sample-issuances.js'
import { aNetwork, anEndorsement, aStranger } from '../../testing/strangers-badges.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

const missing = '00000000-0000-4000-8000-00000000dead'
const awardedType = 'org.openedx.learning.badge.awarded.v1'
const guild = aStranger('Guild of Statisticians')

let app: TestApp
let api: ApiClient
let ours: Awaited<ReturnType<typeof aSide>>
let theirs: Awaited<ReturnType<typeof aSide>>
beforeAll(async () => {
  app = await createTestApp({}, { guardedFetch: aNetwork({}) })
  api = await createApiClient(app)
  ours = await aSide('Astral')
  theirs = await aSide('Boreal')
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})

/** An organization with a badge that anybody may earn, and its owner. */
async function aSide(label: string) {
  const { organizationId, issuerId } = await anOrganization(api)
  const template = await api.post('badge-templates', {
    organizationId,
    name: `${label} Medal`,
    requirements: [{ eventType: 'org.openedx.learning.course.passing.status.updated.v1' }],
  })
  expect(template.status).toBe(201)
  const templateId = String(template.body.id)
  expect((await api.post(`badge-templates/${templateId}/activation`)).status).toBe(200)
  const partner = await api.post('issuers', {
    organizationId,
    name: `${label} Partner`,
    url: 'https://partner.example',
  })
  const owner = await createRoleClient(app, api, { organizationId, role: 'owner' })
  return { organizationId, issuerId, partnerId: String(partner.body.id), templateId, owner }
}

/** Refused in the very words that are used for what does not exist. */
async function expectLikeMissing(ask: (id: string) => ReturnType<RoleClient['get']>, id: string) {
  const [foreign, none] = [await ask(id), await ask(missing)]
  const plain = ({ status, body }: typeof foreign, asked: string) =>
    `${status} ${JSON.stringify(body).replaceAll(asked, '<id>')}`
  expect(plain(foreign, id)).toBe(plain(none, missing))
  return foreign
}

describe('an endorsement', () => {
  const endorse = (by: Pick<RoleClient, 'post'>, subject: object) =>
    by.post('endorsements', { issuerId: ours.issuerId, subject, comment: 'Well made.' })

  it('of a badge of strangers is refused like that of one that is missing', async () => {
    const ask = (badgeTemplateId: string) => endorse(ours.owner, { badgeTemplateId })
    const answer = await expectLikeMissing(ask, theirs.templateId)
    expect(answer).toMatchObject({ status: 404, body: { code: 'template-not-found' } })
  })

  it('of an issuer of strangers is refused like that of one that is missing', async () => {
    const ask = (issuerId: string) => endorse(ours.owner, { issuerId })
    const answer = await expectLikeMissing(ask, theirs.issuerId)
    expect(answer).toMatchObject({ status: 404, body: { code: 'issuer-not-found' } })
  })

  it('is given across organizations by those whom both trust, and belongs to whose issuer signs', async () => {
    const given = await endorse(api, { badgeTemplateId: theirs.templateId })
    expect(given.status).toBe(201)
    const path = `endorsements/${given.body.id}`
    expect((await ours.owner.get(path)).status).toBe(200)
    expect((await theirs.owner.get(path)).status).toBe(404)
    expect((await ours.owner.get('endorsements')).body.items).toHaveLength(1)
    expect((await theirs.owner.get('endorsements')).body.items).toEqual([])
    expect((await theirs.owner.post(`${path}/withdrawal`)).status).toBe(404)
    expect((await ours.owner.post(`${path}/withdrawal`)).status).toBe(200)
  })

  it('that was signed elsewhere is taken by those only whom it speaks of', async () => {
    const about = async (id: string) => {
      const endorsement = await anEndorsement(
        guild,
        `https://badges.example/public/badges/${id}`,
        'Good.',
      )
      return { endorsement }
    }
    const named = await api.server.inject({
      url: `/public/badges/${theirs.templateId}`,
      headers: { accept: 'application/json' },
    })
    const short = String(named.json().id).split('/').at(-1) ?? ''
    const ask = async (id: string) => ours.owner.post('endorsements/import', await about(id))
    const foreign = await ask(short)
    expect(foreign).toMatchObject({ status: 422, body: { code: 'endorsement-refused' } })
    expect(foreign.body.title).toContain('which is none of ours')
    const none = await ask('AAAAAAAAQACAAAAAAADerQ')
    const plain = (title: string) => title.replace(/badges\/[\w-]+, which/, 'badges/<id>, which')
    expect(plain(foreign.body.title)).toBe(plain(none.body.title))
    expect(
      await app.db.selectFrom('endorsement').select('id').where('issuer_id', 'is', null).execute(),
    ).toEqual([])
    const taken = await theirs.owner.post('endorsements/import', await about(short))
    expect(taken.status, JSON.stringify(taken.body)).toBe(201)
    expect((await theirs.owner.get(`endorsements/${taken.body.id}`)).status).toBe(200)
    expect((await ours.owner.get(`endorsements/${taken.body.id}`)).status).toBe(404)
  })
})

describe('a template', () => {
  it('takes no issuer of strangers, and is not moved to one', async () => {
    const create = (issuerId: string) =>
      ours.owner.post('badge-templates', {
        organizationId: ours.organizationId,
        issuerId,
        name: 'Borrowed',
      })
    expect((await expectLikeMissing(create, theirs.issuerId)).status).toBe(404)
    const move = (issuerId: string) =>
      ours.owner.patch(`badge-templates/${ours.templateId}`, { issuerId })
    expect((await expectLikeMissing(move, theirs.issuerId)).status).toBe(404)
  })

  it('is not made in an organization of strangers, in the body or in the query', async () => {
    const create = (organizationId: string) =>
      ours.owner.post('badge-templates', { organizationId, name: 'Planted' })
    expect((await expectLikeMissing(create, theirs.organizationId)).status).toBe(404)
    const send = (organizationId: string) =>
      ours.owner.post(`template-files?organizationId=${organizationId}`, {
        id: 'x',
        name: 'Planted',
        requirements: [],
      })
    expect((await expectLikeMissing(send, theirs.organizationId)).status).toBe(404)
    const planted = app.db.selectFrom('badge_template').select('id').where('name', '=', 'Planted')
    expect(await planted.execute()).toEqual([])
  })

  it('may wait for a badge of strangers, and shows nothing but its id', async () => {
    const made = await ours.owner.post('badge-templates', {
      organizationId: ours.organizationId,
      issuerId: ours.issuerId,
      name: 'Astral Crown',
      requirements: [
        {
          eventType: awardedType,
          dataRules: [{ keyPath: 'template.uuid', operator: 'eq', value: theirs.templateId }],
        },
      ],
    })
    expect(made.status).toBe(201)
    const path = `badge-templates/${made.body.id}`
    const answers = [
      made,
      await ours.owner.post(`${path}/activation`),
      await ours.owner.get(path),
      await ours.owner.get(`${path}/file`),
    ]
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 200])
    expect(JSON.stringify(answers)).toContain(theirs.templateId)
    expect(JSON.stringify(answers)).not.toContain('Boreal')
  })

  it('orders requirements after its own only', async () => {
    const answer = await ours.owner.post('badge-templates', {
      organizationId: ours.organizationId,
      issuerId: ours.issuerId,
      name: 'Out of order',
      requirements: [{ id: 'a', eventType: awardedType, after: [theirs.templateId] }],
    })
    expect(answer).toMatchObject({ status: 422, body: { code: 'rules-invalid' } })
  })
})

describe('badges', () => {
  it('of strangers are not issued again in the name of one’s own issuer', async () => {
    const ask = (templateId: string) =>
      ours.owner.post(`issuers/${ours.issuerId}/reissue`, { templateId })
    const answer = await expectLikeMissing(ask, theirs.templateId)
    expect(answer).toMatchObject({ status: 404, body: { code: 'template-not-found' } })
    const own = await ours.owner.post(`issuers/${ours.issuerId}/reissue`, {
      templateId: ours.templateId,
    })
    expect(own.status).toBe(202)
  })

  it('are tried again where the caller may, and what is foreign is passed over', async () => {
    const failed = (templateId: string) =>
      anIssuance(app, { templateId, learner: { email: '' } }, { state: 'failed' })
    const [own, other, foreign] = [
      await failed(ours.templateId),
      await failed(ours.templateId),
      await failed(theirs.templateId),
    ]
    const retry = async (body: object) => (await ours.owner.post('issuances/retry', body)).body
    expect(await retry({ ids: [foreign.id] })).toMatchObject({ retried: 0 })
    expect(await retry({ ids: [own.id, foreign.id] })).toMatchObject({ retried: 1 })
    expect(await retry({})).toMatchObject({ retried: 1 })
    const states = app.db.selectFrom('issuance').select(['id', 'state'])
    const stateOf = new Map((await states.execute()).map(({ id, state }) => [id, state]))
    expect([own.id, other.id, foreign.id].map((id) => stateOf.get(id))).toEqual([
      'queued',
      'queued',
      'failed',
    ])
  })

  it('of a learner are those of one’s own organizations', async () => {
    const awardId = await anAward(app, { templateId: theirs.templateId })
    const { body } = await api.get(`awards/${awardId}`)
    const path = `learners/${body.learner.id}`
    expect((await theirs.owner.get(path)).body.awards).toHaveLength(1)
    expect((await ours.owner.get(path)).body).toMatchObject({ awards: [], progress: [] })
    expect((await ours.owner.get(`awards?learnerId=${body.learner.id}`)).body.items).toEqual([])
  })
})
