import { issuanceDetail } from '@rosette/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, createApiClient } from '../../testing/api-client.js'
import { aBadge } from '../../testing/sample-awards.js'
import { anAccountWithBadge, anIssuance } from '../../testing/sample-issuances.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let api: ApiClient
let there: Awaited<ReturnType<typeof anAccountWithBadge>>
let failed: { readonly id: string; readonly awardId: string }
let issued: typeof failed
let native: typeof failed
const nextTry = '2040-01-01T00:00:00Z'

beforeAll(async () => {
  app = await createTestApp()
  api = await createApiClient(app)
  there = await anAccountWithBadge(app)
  const { templateId } = there
  issued = await anIssuance(
    app,
    { templateId },
    {
      state: 'issued',
      external_id: 'there-1',
      external_url: 'https://provider.example/badges/1',
      external_state: 'pending',
      attempts: 1,
    },
  )
  failed = await anIssuance(
    app,
    { templateId },
    {
      state: 'failed',
      attempts: 3,
      last_error: 'Credly did not answer.',
      remedy: 'Wait, or look at status.credly.com.',
      next_try_at: nextTry,
    },
  )
  native = await anIssuance(app, await aBadge(app))
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})

const idsOf = ({ body }: { body: { items: { id: string }[] } }) => body.items.map(({ id }) => id)

describe('the list of issuances', () => {
  it('tells what each is about, where it stands, and what a person can do', async () => {
    const { status, body } = await api.get('issuances?state=failed')
    expect(status).toBe(200)
    expect(body.items).toEqual([
      {
        id: failed.id,
        awardId: failed.awardId,
        template: { id: there.templateId, name: 'Data Analysis Foundations' },
        learner: expect.objectContaining({ name: 'Ada Lovelace' }),
        target: 'provider',
        account: { id: there.account.id, name: 'Credly of the university', provider: 'credly' },
        state: 'failed',
        wanted: 'issued',
        externalState: null,
        externalId: null,
        externalUrl: null,
        attempts: 3,
        lastError: 'Credly did not answer.',
        reason: null,
        remedy: 'Wait, or look at status.credly.com.',
        note: null,
        nextTryAt: nextTry,
        issuedAt: null,
        revokedAt: null,
        revocationEffect: null,
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
      },
    ])
  })

  it.each([
    ['state=failed,issued', () => [issued.id, failed.id]],
    ['state=failed&state=issued', () => [issued.id, failed.id]],
    ['target=native', () => [native.id]],
    ['target=provider&state=issued', () => [issued.id]],
    ['wanted=revoked', () => []],
  ])('answers %s', async (query, expected) => {
    expect(idsOf(await api.get(`issuances?${query}`)).sort()).toEqual(expected().sort())
  })

  it('can be asked for one account, one badge, one learner', async () => {
    const { account, templateId } = there
    expect(idsOf(await api.get(`issuances?accountId=${account.id}`))).toHaveLength(2)
    expect(idsOf(await api.get(`issuances?templateId=${templateId}`))).toHaveLength(2)
    const [first] = (await api.get('issuances?state=issued')).body.items
    expect(idsOf(await api.get(`issuances?learnerId=${first.learner.id}`))).toEqual([issued.id])
  })

  it('comes in pages, the latest change first, none twice even when they changed at once', async () => {
    const at = '2026-06-01T00:00:00.000001Z'
    await app.db.updateTable('issuance').set({ updated_at: at }).execute()
    const seen: string[] = []
    let cursor = ''
    for (let page = 0; page < 3; page += 1) {
      const answer = await api.get(`issuances?limit=1${cursor}`)
      seen.push(...idsOf(answer))
      cursor = `&cursor=${answer.body.next}`
    }
    expect(seen).toEqual([issued.id, failed.id, native.id].sort())
    expect(cursor).toBe('&cursor=null')
  })

  it('refuses a state that does not exist', async () => {
    const answer = await api.get('issuances?state=failed,lost')
    expect(answer).toMatchObject({ status: 400, body: { code: 'request-invalid' } })
  })
})

describe('the counts', () => {
  it('are by account and state', async () => {
    const { body } = await api.get('issuances/counts')
    const { id, name, provider } = there.account
    const account = { id, name, provider }
    expect(body.items).toEqual([
      { account: null, state: 'queued', count: 1 },
      { account, state: 'issued', count: 1 },
      { account, state: 'failed', count: 1 },
    ])
  })
})

describe('one issuance', () => {
  it('has its history, beginning with the queue', async () => {
    const { body } = await api.get(`issuances/${failed.id}`)
    expect(issuanceDetail.parse(body)).toEqual(body)
    expect(body.history).toMatchObject([
      { at: body.createdAt, state: 'queued', error: null },
      { state: 'failed', error: 'Credly did not answer.', nextTryAt: nextTry },
    ])
  })

  it('stands in its award', async () => {
    const { body } = await api.get(`awards/${issued.awardId}`)
    expect(body.issuances).toEqual([
      expect.objectContaining({
        id: issued.id,
        target: 'provider',
        account: expect.objectContaining({ name: there.account.name }),
        externalState: 'pending',
        externalUrl: 'https://provider.example/badges/1',
      }),
    ])
  })

  it('may not exist', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000'
    const missing = { status: 404, body: { code: 'issuance-not-found' } }
    expect(await api.get(`issuances/${nobody}`)).toMatchObject(missing)
    expect(await api.post(`issuances/${nobody}/retry`)).toMatchObject(missing)
  })
})

describe('trying again', () => {
  const fail = async () =>
    await app.db
      .updateTable('issuance')
      .set({ state: 'failed', last_error: 'No answer.', next_try_at: nextTry })
      .where('id', '=', failed.id)
      .execute()

  it('puts one back into the queue, and refuses when there is nothing to try', async () => {
    const answer = await api.post(`issuances/${failed.id}/retry`)
    expect(answer).toMatchObject({ status: 200, body: { state: 'queued', attempts: 0 } })
    expect(await api.post(`issuances/${issued.id}/retry`)).toMatchObject({
      status: 409,
      body: { code: 'issuance-not-retryable' },
    })
  })

  it('puts all of an account back, and only those', async () => {
    await fail()
    const nothing = await api.post('issuances/retry', { ids: [native.id] })
    expect(nothing).toMatchObject({ status: 200, body: { retried: 0 } })
    const all = await api.post('issuances/retry', { accountId: there.account.id })
    expect(all).toMatchObject({ status: 200, body: { retried: 1 } })
    await fail()
    const dry = await api.post('issuances/retry', { dryRun: true })
    expect(dry.body).toEqual({ concerned: 1, retried: 0 })
    expect((await api.post('issuances/retry', {})).body).toEqual({ concerned: 1, retried: 1 })
  })
})
