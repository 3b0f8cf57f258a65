import { randomUUID } from 'node:crypto'
import { ProviderError, type ProviderEvent } from '@rosette/providers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  createProviderWorld,
  type ProviderWorld,
  type TestAccount,
} from '../../testing/provider-world.js'

let world: ProviderWorld
let account: TestAccount
beforeAll(async () => {
  world = await createProviderWorld()
})
beforeEach(async () => {
  account = await world.anAccount()
})
afterAll(() => world.close())

const address = '/badges/credly/webhook/'
const unreachable = () => new ProviderError('Credly cannot be reached.', { kind: 'unreachable' })

/** Something that happened there, which can be read back. */
function happened(about: Partial<ProviderEvent>): ProviderEvent {
  const event = {
    id: randomUUID(),
    type: 'badge.state.changed',
    organizationId: account.externalId,
    occurredAt: '2026-05-01T10:00:00.000Z',
    badgeId: null,
    templateId: null,
    ...about,
  }
  account.fake.events.set(event.id, event)
  return event
}

function bodyOf({ id, organizationId, type, occurredAt }: ProviderEvent) {
  return { id, organization_id: organizationId, event_type: type, occurred_at: occurredAt }
}

async function announce(event: ProviderEvent, claimed: object = {}, query = '') {
  const answer = await world.api.send({
    method: 'POST',
    url: `${address}${query}`,
    payload: { ...bodyOf(event), ...claimed },
  })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  expect(answer.body).toEqual({ received: true })
}

async function post(payload: string, contentType = 'application/json') {
  const headers = { 'content-type': contentType }
  return await world.api.send({ method: 'POST', url: address, headers, payload })
}

async function stored() {
  const events = world.app.db.selectFrom('provider_event').selectAll()
  return await events.where('account_id', '=', account.id).orderBy('received_at').execute()
}

/** Does the jobs of all events that wait, in the given order. */
async function work(order: 'first to last' | 'last to first' = 'first to last') {
  const waiting = (await stored()).filter(({ state }) => state === 'waiting')
  if (order === 'last to first') waiting.reverse()
  for (const { id } of waiting) await apply(id, { timesAsked: 3 })
  return await stored()
}

async function apply(eventId: string, payload: object = {}) {
  const task = world.app.tasks['apply-provider-event']
  await task?.({ eventId, ...payload }, { number: 1, isLast: false })
}

async function jobsOf(eventId: string | undefined) {
  const { rows } = await world.app.pool.query(
    `select queue_name, extract(epoch from run_at - now())::float8 as "inSeconds", payload
     from graphile_worker._private_jobs j
     join graphile_worker._private_job_queues q on q.id = j.job_queue_id
     where j.payload->>'eventId' = $1 order by run_at`,
    [eventId],
  )
  return rows
}

describe('the webhook', () => {
  it('takes an announcement with and without the last slash, as whatever it is sent', async () => {
    const event = happened({})
    for (const url of [address, address.slice(0, -1)]) {
      for (const type of ['application/json', 'text/plain', 'application/vnd.api+json; v=1']) {
        const answer = await world.api.send({
          method: 'POST',
          url,
          headers: { 'content-type': type },
          payload: JSON.stringify(bodyOf({ ...event, id: randomUUID() })),
        })
        expect(answer.status, `${url} ${type}`).toBe(200)
      }
    }
    expect(await stored()).toHaveLength(6)
  })

  it('stores it once with one job, however often it is announced', async () => {
    const event = happened({})
    await Promise.all([announce(event), announce(event), announce(event)])
    await announce(event)
    const [only, ...others] = await stored()
    expect(others).toEqual([])
    expect(only).toMatchObject({
      external_id: event.id,
      claimed_type: 'badge.state.changed',
      event_type: null,
      occurred_at: '2026-05-01T10:00:00Z',
      state: 'waiting',
    })
    expect(await jobsOf(only?.id)).toMatchObject([{ queue_name: `badges of ${account.id}` }])
  })

  it.each([
    ['no JSON', '{'],
    ['nothing', ''],
    ['a list', '[]'],
    ['a number', '1'],
    ['null', 'null'],
    ['no id', JSON.stringify({ organization_id: 'a', event_type: 'b' })],
    ['an id with a path', JSON.stringify({ id: '../x', organization_id: 'a', event_type: 'b' })],
    ['a long id', JSON.stringify({ id: 'a'.repeat(101), organization_id: 'a', event_type: 'b' })],
    ['a number as id', JSON.stringify({ id: 1, organization_id: 'a', event_type: 'b' })],
    ['no organization', JSON.stringify({ id: 'a', event_type: 'b' })],
    ['no type', JSON.stringify({ id: 'a', organization_id: 'a', event_type: { a: 1 } })],
  ])('refuses %s with a sentence', async (_, payload) => {
    const answer = await post(payload)
    expect(answer.status, JSON.stringify(answer.body)).toBe(400)
    expect(answer.body).toMatchObject({ code: 'request-invalid', title: expect.any(String) })
  })

  it('refuses a body beyond all measure', async () => {
    expect((await post(`"${'a'.repeat(70_000)}"`)).status).toBe(413)
  })

  it('knows no other organization', async () => {
    const answer = await post(JSON.stringify(bodyOf(happened({ organizationId: randomUUID() }))))
    expect(answer.status).toBe(404)
    expect(answer.body).toMatchObject({ code: 'provider-account-not-found' })
    expect(await stored()).toEqual([])
  })

  it('asks for the secret of the account, if it has one', async () => {
    const put = await world.api.put(`provider-accounts/${account.id}/webhook-secret`)
    const { search } = new URL(put.body.webhookUrl)
    const event = happened({})
    const payload = bodyOf(event)
    for (const query of ['', '?secret=', '?secret=wrong', '?secret=a&secret=b', `${search}x`]) {
      const answer = await world.api.send({ method: 'POST', url: `${address}${query}`, payload })
      expect(answer.status, query).toBe(403)
      expect(answer.body).toMatchObject({ code: 'webhook-refused' })
    }
    expect(await stored()).toEqual([])
    await announce(event, {}, search)
    expect(await stored()).toHaveLength(1)
  })

  it('takes no more while ten thousand events of the account wait', async () => {
    await world.app.pool.query(
      `insert into provider_event (account_id, external_id, claimed_type)
       select $1, 'e' || n, 'badge.created' from generate_series(1, 10000) n`,
      [account.id],
    )
    const answer = await post(JSON.stringify(bodyOf(happened({}))))
    expect(answer.status).toBe(503)
    expect(answer.body).toMatchObject({ code: 'overloaded' })
  })
})

describe('an announced event', () => {
  it('brings the state of our badge up to date, in whatever order events are looked into', async () => {
    for (const order of ['first to last', 'last to first'] as const) {
      const { badge, issuanceNow } = await world.anIssuedBadge(account)
      await announce(happened({ badgeId: badge.id, type: 'badge.created' }))
      account.fake.put({ ...badge, state: 'accepted' })
      await announce(happened({ badgeId: badge.id, type: 'badge.state_change' }))
      account.fake.put({ ...badge, state: 'revoked', standing: 'ended' })
      await announce(happened({ badgeId: badge.id }))
      const events = await work(order)
      expect(new Set(events.map(({ state }) => state))).toEqual(new Set(['applied']))
      expect(await issuanceNow()).toMatchObject({ external_state: 'revoked', state: 'revoked' })
    }
  })

  it('ends a badge that was deleted there', async () => {
    const { badge, issuanceNow } = await world.anIssuedBadge(account)
    account.fake.badges.delete(badge.id)
    await announce(happened({ badgeId: badge.id, type: 'badge.deleted' }))
    await work()
    expect(await issuanceNow()).toMatchObject({ external_state: 'deleted', state: 'revoked' })
  })

  it('does what the provider says it is, whatever was claimed', async () => {
    const { badge, issuanceNow } = await world.anIssuedBadge(account)
    account.fake.put({ ...badge, state: 'accepted' })
    account.fake.addTemplate({ id: 'kept' })
    await account.sync()
    const event = happened({ badgeId: badge.id })
    await announce(event, { event_type: 'badge_template.deleted' })
    expect(await work()).toMatchObject([
      {
        claimed_type: 'badge_template.deleted',
        event_type: 'badge.state.changed',
        state: 'applied',
        data: { id: event.id, badgeId: badge.id },
        settled_at: expect.any(String),
      },
    ])
    expect(await issuanceNow()).toMatchObject({ external_state: 'accepted', state: 'issued' })
    expect(new Set((await account.templatesThere()).map(({ state }) => state))).toEqual(
      new Set(['active']),
    )
  })

  it('may be announced before it can be read, and is asked for again before it is refused', async () => {
    const { badge, issuanceNow } = await world.anIssuedBadge(account)
    account.fake.put({ ...badge, state: 'accepted' })
    const early = happened({ badgeId: badge.id })
    account.fake.events.delete(early.id)
    await announce(early)
    const id = (await stored())[0]?.id ?? ''
    const delays: number[] = []
    for (let payload: object | undefined = {}; payload !== undefined; ) {
      await apply(id, payload)
      const again = (await jobsOf(id)).at(-1)
      payload = again?.inSeconds > (delays.at(-1) ?? 0) + 1 ? again?.payload : undefined
      if (payload === undefined) break
      delays.push(again.inSeconds)
      expect(again.queue_name).toBe(`badges of ${account.id}`)
      expect(await stored()).toMatchObject([{ state: 'waiting' }])
    }
    expect(delays).toHaveLength(3)
    expect(delays.reduce((sum, seconds) => sum + seconds)).toBeGreaterThan(300)
    expect(await stored()).toMatchObject([{ state: 'refused' }])
    await announce(happened({ badgeId: badge.id }))
    await work()
    expect(await issuanceNow()).toMatchObject({ external_state: 'accepted' })
  })

  it('makes no request to an account that a person has paused', async () => {
    const { badge, issuanceNow } = await world.anIssuedBadge(account)
    account.fake.put({ ...badge, state: 'accepted' })
    await announce(happened({ badgeId: badge.id }))
    const [event] = await stored()
    const id = event?.id ?? ''
    expect((await world.api.post(`provider-accounts/${account.id}/pause`)).status).toBe(200)
    account.fake.calls.length = 0
    await apply(id)
    expect(account.fake.calls).toEqual([])
    expect(await stored()).toMatchObject([{ state: 'waiting' }])
    const again = (await jobsOf(id)).at(-1)
    expect(again.inSeconds).toBeGreaterThan(30)
    await world.api.post(`provider-accounts/${account.id}/resume`)
    await apply(id, again.payload)
    expect(await issuanceNow()).toMatchObject({ external_state: 'accepted' })
  })

  it('is forgotten after a while when the provider did not confirm it', async () => {
    const invented = happened({})
    account.fake.events.delete(invented.id)
    const real = happened({ badgeId: 'b' })
    await announce(invented)
    await announce(real)
    await work()
    await world.app.tasks['recheck-issuances']?.({}, { number: 1, isLast: false })
    expect(await stored()).toHaveLength(2)
    await world.app.pool.query(`update provider_event set received_at = now() - interval '31 days'`)
    await world.app.tasks['recheck-issuances']?.({}, { number: 1, isLast: false })
    expect(await stored()).toMatchObject([{ external_id: real.id }])
  })

  it('does not end a badge that cannot be read yet', async () => {
    const { badge, issuanceNow } = await world.anIssuedBadge(account)
    account.fake.badges.delete(badge.id)
    await announce(happened({ badgeId: badge.id, type: 'badge.created' }))
    const [event] = await stored()
    await apply(event?.id ?? '')
    expect(await stored()).toMatchObject([{ state: 'waiting' }])
    expect(await issuanceNow()).toMatchObject({ state: 'issued' })
    account.fake.put({ ...badge, state: 'pending' })
    await apply(event?.id ?? '', { timesAsked: 1 })
    expect(await stored()).toMatchObject([{ state: 'applied' }])
    expect(await issuanceNow()).toMatchObject({ state: 'issued' })
  })

  it('is not asked for again while so many wait that they must be invented', async () => {
    await world.app.pool.query(
      `insert into provider_event (account_id, external_id, claimed_type)
       select $1, 'e' || n, 'badge.created' from generate_series(1, 200) n`,
      [account.id],
    )
    const [event] = await stored()
    await apply(event?.id ?? '')
    const states = (await stored()).filter(({ state }) => state === 'refused')
    expect(states).toHaveLength(1)
  })

  it('is refused when the provider does not know it, or says it is of somebody else', async () => {
    const invented = happened({})
    account.fake.events.delete(invented.id)
    const foreign = happened({ badgeId: 'b' })
    account.fake.events.set(foreign.id, { ...foreign, organizationId: randomUUID() })
    const another = happened({ badgeId: 'b' })
    account.fake.events.set(another.id, { ...another, id: randomUUID() })
    for (const event of [invented, foreign, another]) await announce(event)
    expect(await work()).toMatchObject([
      { state: 'refused', detail: 'Credly knows no such event.', data: null },
      { state: 'refused', detail: expect.stringContaining('another organization') },
      { state: 'refused', detail: expect.stringContaining('another event') },
    ])
    expect(account.fake.calls.map(({ name }) => name)).not.toContain('getBadge')
  })

  it('is kept when nobody knows its type, and ignored when the badge is not ours', async () => {
    await announce(happened({ type: 'badge.sparkled', badgeId: 'b' }))
    account.fake.addTemplate({ id: 'a' })
    await announce(happened({ badgeId: 'not-from-here' }))
    expect(await work()).toMatchObject([
      { state: 'unknown', event_type: 'badge.sparkled', data: { badgeId: 'b' } },
      { state: 'ignored' },
    ])
  })

  it('of a template reads that template, and only that', async () => {
    account.fake.addTemplate({ id: 'a', name: 'A' })
    account.fake.addTemplate({ id: 'b', name: 'B' })
    await announce(happened({ type: 'badge_template.created', templateId: 'a' }))
    await work()
    expect(await account.badgeTemplates()).toMatchObject([{ name: 'A', state: 'draft' }])
    account.fake.addTemplate({ id: 'a', name: 'A2' })
    await announce(happened({ type: 'badge_template.changed', templateId: 'a' }))
    await work()
    expect(await account.badgeTemplates()).toMatchObject([{ name: 'A2', state: 'draft' }])
    account.fake.templates.delete('a')
    await announce(happened({ type: 'badge_template.deleted', templateId: 'a' }))
    await work()
    expect(await account.badgeTemplates()).toMatchObject([{ name: 'A2', state: 'archived' }])
  })

  it('waits while the provider is away, and is applied when it is back', async () => {
    const { badge, issuanceNow } = await world.anIssuedBadge(account)
    account.fake.put({ ...badge, state: 'accepted' })
    await announce(happened({ badgeId: badge.id }))
    account.fake.failNext(unreachable())
    await expect(work()).rejects.toThrow('Credly cannot be reached.')
    account.fake.plan([null, { error: unreachable(), after: false }])
    await expect(work()).rejects.toThrow('Credly cannot be reached.')
    expect(await stored()).toMatchObject([{ state: 'waiting', event_type: null }])
    expect(await work()).toMatchObject([{ state: 'applied' }])
    expect(await issuanceNow()).toMatchObject({ external_state: 'accepted' })
  })

  it('is looked into once, though its job runs twice', async () => {
    await announce(happened({ badgeId: 'b' }))
    const [event] = await work()
    const calls = account.fake.calls.length
    await apply(event?.id ?? '')
    expect(account.fake.calls).toHaveLength(calls)
  })

  it('is listed by account and state, the latest first', async () => {
    for (const badgeId of ['a', 'b', 'c']) await announce(happened({ badgeId }))
    const root = `provider-events?accountId=${account.id}`
    const first = (await world.api.get(`${root}&state=waiting&limit=2`)).body
    const next = (await world.api.get(`${root}&state=waiting&limit=2&cursor=${first.next}`)).body
    const ids = [...first.items, ...next.items].map((e: { externalId: string }) => e.externalId)
    expect(ids).toEqual((await stored()).map((e) => e.external_id).reverse())
    expect(next.next).toBeNull()
    expect((await world.api.get(`${root}&state=applied`)).body.items).toEqual([])
  })
})
