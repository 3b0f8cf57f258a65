import { ProviderError } from '@rosette/providers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  addTemplates,
  createProviderWorld,
  type ProviderWorld,
  type TestAccount,
} from '../../testing/provider-world.js'
import { aGrade, passingType } from '../../testing/sample-events.js'

let world: ProviderWorld
let account: TestAccount
beforeAll(async () => {
  world = await createProviderWorld()
})
beforeEach(async () => {
  account = await world.anAccount()
})
afterAll(() => world.close())

const nobody = '00000000-0000-4000-8000-000000000000'
const byPassing = { requirements: [{ eventType: passingType }] }

async function thereOf(externalId: string) {
  const found = (await account.templatesThere()).find((t) => t.external_id === externalId)
  return String(found?.id)
}

async function aDraft(more: object = {}) {
  const { organizationId, issuerId } = account
  return await world.api.post('badge-templates', { organizationId, issuerId, name: 'B', ...more })
}

describe('a badge template', () => {
  it('is bound to a provider and back to our own badges', async () => {
    account.fake.addTemplate({ id: 'one', name: 'One', url: 'https://provider.example/one' })
    await account.sync()
    const providerTemplateId = await thereOf('one')
    const created = await aDraft({ providerTemplateId, notifies: false, locale: 'pt-BR' })
    expect(created.status, JSON.stringify(created.body)).toBe(201)
    expect(created.body).toMatchObject({
      issuing: {
        target: 'provider',
        providerTemplateId,
        accountId: account.id,
        provider: 'credly',
        accountName: account.name,
        externalId: 'one',
        name: 'One',
        state: 'active',
        url: 'https://provider.example/one',
        follows: false,
      },
      notifies: false,
      locale: 'pt-BR',
    })
    const root = `badge-templates/${created.body.id}`
    expect((await world.api.patch(root, { providerTemplateId: null })).body.issuing).toEqual({
      target: 'native',
    })
    const again = await world.api.patch(root, { providerTemplateId })
    expect(again.body.issuing).toMatchObject({ providerTemplateId })
  })

  it('is not bound to what another organization has, or nobody', async () => {
    const other = await world.anAccount()
    other.fake.addTemplate({ id: 'one' })
    await other.sync()
    const [theirs] = await other.templatesThere()
    for (const providerTemplateId of [theirs?.id, nobody]) {
      const refused = await aDraft({ providerTemplateId })
      expect(refused.status).toBe(404)
      expect(refused.body).toMatchObject({ code: 'provider-template-not-found' })
    }
  })

  it('is not bound to what no badge can be issued by', async () => {
    account.fake.addTemplate({ id: 'draft', state: 'draft' })
    account.fake.addTemplate({ id: 'gone', state: 'archived' })
    await account.sync()
    const { body: native } = await aDraft()
    for (const externalId of ['draft', 'gone']) {
      const providerTemplateId = await thereOf(externalId)
      const root = `badge-templates/${native.id}`
      const refused = await world.api.patch(root, { providerTemplateId })
      expect(refused.status).toBe(409)
      expect(refused.body).toMatchObject({ code: 'provider-template-unavailable' })
    }
  })

  it('takes a language tag and no other text', async () => {
    expect((await aDraft({ locale: 'not a language' })).status).toBe(400)
    expect((await aDraft({ locale: 'es-419' })).status).toBe(201)
  })

  it('does not become active while the provider cannot issue it', async () => {
    const template = account.fake.addTemplate({ id: 'one' })
    await account.sync()
    const { body } = await aDraft({ ...byPassing, providerTemplateId: await thereOf('one') })
    account.fake.addTemplate({ ...template, state: 'archived' })
    await account.sync()
    await world.api.post(`badge-templates/${body.id}/deactivation`)
    const refused = await world.api.post(`badge-templates/${body.id}/activation`)
    expect(refused.status).toBe(422)
    expect(refused.body.faults).toEqual([
      { path: 'issuing', reason: expect.stringContaining('is archived there') },
    ])
    account.fake.addTemplate(template)
    await account.sync()
    expect((await world.api.post(`badge-templates/${body.id}/activation`)).status).toBe(200)
  })

  it('shows the picture of the provider until it has one of its own', async () => {
    account.fake.addTemplate({ id: 'one', imageUrl: 'https://images.provider.example/one.png' })
    account.fake.addTemplate({ id: 'two', imageUrl: 'javascript:alert(1)' })
    await account.sync()
    const [one, two] = await account.badgeTemplates()
    const there = await world.api.get(`/public/badges/${one?.id}/image`)
    expect(there.status).toBe(302)
    expect(there.headers['location']).toBe('https://images.provider.example/one.png')
    const drawn = await world.api.get(`/public/badges/${two?.id}/image`)
    expect(drawn.status).toBe(200)
  })
})

describe('binding to a template while a sync archives it', () => {
  it('waits for the sync, and is refused', async () => {
    account.fake.addTemplate({ id: 'held' })
    account.fake.addTemplate({ id: 'vanishing' })
    await account.sync()
    const held = (await account.badgeTemplates()).find((t) => t.external_id === 'held')
    const { body: native } = await aDraft()
    account.fake.templates.delete('vanishing')
    const providerTemplateId = await thereOf('vanishing')
    const { pool } = world.app
    const waiting = async () => {
      const { rows } = await pool.query(`select count(*)::int as count from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`)
      return rows[0].count
    }
    // Somebody holds another badge template, so the sync stops in the middle of its transaction.
    const client = await pool.connect()
    await client.query('begin')
    await client.query('select from badge_template where id = $1 for update', [held?.id])
    const syncing = account.sync()
    await expect.poll(waiting).toBe(1)
    const binding = world.api.patch(`badge-templates/${native.id}`, { providerTemplateId })
    await Promise.race([binding, expect.poll(waiting).toBe(2)])
    await client.query('rollback')
    client.release()
    await syncing
    expect((await binding).body).toMatchObject({ code: 'provider-template-unavailable' })
  })
})

describe('a signal about an award', () => {
  it('names as origin who issues the badge now', async () => {
    account.fake.addTemplate({ id: 'one' })
    await account.sync()
    const { body } = await aDraft({ ...byPassing, providerTemplateId: await thereOf('one') })
    const native = await aDraft(byPassing)
    const { app, api } = world
    for (const { id } of [body, native.body]) await api.post(`badge-templates/${id}/activation`)
    const origins = async (learner: number) => {
      await app.progress.handle([aGrade({ learner, passing: true })], 'test')
      const awards = await app.db
        .selectFrom('award as a')
        .innerJoin('learner as l', 'l.id', 'a.learner_id')
        .select(['a.id', 'a.template_id'])
        .where('l.lms_user_id', '=', learner)
        .execute()
      const { rows } = await app.pool.query(
        `select data->'badge'->'template'->>'uuid' as id, data->'badge'->'template'->>'origin' as origin
         from outbox where data->'badge'->>'uuid' = any($1)`,
        [awards.map(({ id }) => id)],
      )
      return Object.fromEntries(rows.map(({ id, origin }) => [id, origin]))
    }
    expect(await origins(7001)).toMatchObject({ [body.id]: 'credly', [native.body.id]: 'openedx' })
    await api.patch(`badge-templates/${body.id}`, { providerTemplateId: null })
    expect(await origins(7002)).toMatchObject({ [body.id]: 'openedx', [native.body.id]: 'openedx' })
  })
})

describe('the API of provider templates', () => {
  it('lists by account, state and name, page by page, with the badge templates bound', async () => {
    addTemplates(account.fake, 5)
    account.fake.addTemplate({ id: 'x', name: '100% draft', state: 'draft' })
    const answer = await world.api.post(`provider-accounts/${account.id}/sync`)
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    expect(answer.body).toEqual({ seen: 6, created: 6, updated: 0, archived: 0, restored: 0 })
    const root = `provider-templates?accountId=${account.id}`
    const first = (await world.api.get(`${root}&state=active&limit=3`)).body
    expect(first.items).toHaveLength(3)
    const next = (await world.api.get(`${root}&state=active&limit=3&cursor=${first.next}`)).body
    expect(next.items.map((t: { name: string }) => t.name)).toEqual(['Badge t004', 'Badge t005'])
    expect(next.next).toBeNull()
    const [found, ...others] = (await world.api.get(`${root}&search=100%25`)).body.items
    expect(others).toEqual([])
    expect(found).toMatchObject({ externalId: 'x', state: 'draft', badgeTemplates: [] })
    const [bound] = await account.badgeTemplates()
    const one = await world.api.get(`provider-templates/${first.items[0].id}`)
    expect(one.body).toMatchObject({
      accountName: account.name,
      provider: 'credly',
      badgeTemplates: [{ id: bound?.id, name: 'Badge t001', state: 'draft' }],
    })
    expect((await world.api.get(`provider-templates/${nobody}`)).body).toMatchObject({
      code: 'provider-template-not-found',
    })
  })

  it('says whether the provider is away or refuses', async () => {
    const sync = () => world.api.post(`provider-accounts/${account.id}/sync`, { force: true })
    account.fake.failNext(new ProviderError('It is away.', { kind: 'unreachable' }))
    expect((await sync()).body).toMatchObject({ code: 'provider-unreachable', status: 502 })
    account.fake.failNext(new ProviderError('Wrong key.', { kind: 'unauthorized' }))
    expect((await sync()).body).toMatchObject({ code: 'provider-refused', status: 422 })
    const none = await world.api.post(`provider-accounts/${nobody}/sync`)
    expect(none.body).toMatchObject({ code: 'provider-account-not-found' })
  })
})

describe('the regular sync', () => {
  it('gives each working account a job of its own, at most one', async () => {
    const paused = await world.anAccount()
    await world.app.db
      .updateTable('provider_account')
      .set({ paused_at: new Date().toISOString() })
      .where('id', '=', paused.id)
      .execute()
    const task = world.app.tasks['sync-provider-templates']
    const attempt = { number: 1, isLast: false }
    await task?.({}, attempt)
    await task?.({}, attempt)
    const { rows } = await world.app.pool.query(
      `select key from graphile_worker.jobs where key like 'sync-provider-account %'`,
    )
    const keys = rows.map(({ key }) => key)
    expect(keys.filter((key) => key.endsWith(account.id))).toHaveLength(1)
    expect(keys.filter((key) => key.endsWith(paused.id))).toHaveLength(0)
    account.fake.failNext(new ProviderError('It is away.', { kind: 'unreachable' }))
    const one = world.app.tasks['sync-provider-account']
    await expect(one?.({ accountId: account.id }, attempt)).rejects.toThrow('away')
    account.fake.failNext(new ProviderError('Wrong key.', { kind: 'unauthorized' }))
    await one?.({ accountId: account.id }, attempt)
  })
})
