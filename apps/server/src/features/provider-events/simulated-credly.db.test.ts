import {
  createCredlySimulator,
  credlySimulatorDefaults,
  credlyTemplateId,
} from '@rosette/providers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { anAward } from '../../testing/sample-awards.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'
import { startWorker, type Worker } from '../../workers/worker.js'

const { organizationId, token } = credlySimulatorDefaults
const credly = createCredlySimulator()
let app: TestApp
let api: ApiClient
let worker: Worker
let accountId: string

/** Credly announces to our server over HTTP, twice and in the wrong order; a worker does the jobs. */
beforeAll(async () => {
  app = await createTestApp()
  api = await createApiClient(app)
  const address = await api.server.listen({ host: '127.0.0.1', port: 0 })
  const answer = await api.post('provider-accounts', {
    ...(await anOrganization(api)),
    provider: 'credly',
    name: 'Academy',
    externalId: organizationId,
    apiBaseUrl: `${await credly.listen()}/v1/`,
    credentials: { kind: 'token', token },
  })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  accountId = answer.body.id
  const secret = await api.put(`provider-accounts/${accountId}/webhook-secret`)
  const { pathname, search } = new URL(secret.body.webhookUrl)
  credly.seed({
    organizations: [
      { id: organizationId, name: 'Academy', webhookUrl: address + pathname + search },
    ],
  })
  credly.setWebhooks({ duplicate: true, reorder: true })
  await app.providerTemplates.sync(accountId)
  worker = await startWorker(app.pool, { tasks: app.tasks, schedule: [] })
})
afterAll(async () => {
  await worker.stop()
  await credly.close()
  await api.server.close()
  await app.drop()
})

async function events() {
  const rows = app.db.selectFrom('provider_event').selectAll().orderBy('received_at')
  return await rows.where('account_id', '=', accountId).execute()
}

/** All that was announced has arrived and was looked into. */
async function settled() {
  await credly.settleWebhooks()
  await expect
    .poll(async () => (await events()).filter(({ state }) => state === 'waiting').length, {
      timeout: 20_000,
    })
    .toBe(0)
}

describe('a Credly that announces everything twice and in the wrong order', () => {
  it('keeps our side true to what happens to a badge there', async () => {
    const badgeTemplate = await app.db
      .selectFrom('badge_template as t')
      .innerJoin('provider_template as p', 'p.id', 't.provider_template_id')
      .select('t.id')
      .where('p.external_id', '=', credlyTemplateId(1))
      .executeTakeFirstOrThrow()
    const lanes = app.issuances.startLanes()
    const awardId = await anAward(app, { templateId: badgeTemplate.id })
    const issuance = async () => {
      const rows = app.db.selectFrom('issuance').selectAll().where('award_id', '=', awardId)
      return await rows.executeTakeFirstOrThrow()
    }
    await expect.poll(async () => (await issuance()).state, { timeout: 20_000 }).toBe('issued')
    await lanes.stop()
    const [badge] = credly.badges()
    credly.acceptBadge(badge?.id ?? '')
    await settled()
    expect(await issuance()).toMatchObject({ state: 'issued', external_state: 'accepted' })
    const announced = await events()
    expect(new Set(announced.map(({ external_id }) => external_id)).size).toBe(announced.length)
    expect(announced.length).toBeGreaterThanOrEqual(2)
    expect(credly.deliveries().every(({ status }) => status === 200)).toBe(true)
  })
})
