import { ProviderError } from '@rosette/providers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  addTemplates,
  createProviderWorld,
  type ProviderWorld,
  type TestAccount,
} from '../../testing/provider-world.js'
import { passingType } from '../../testing/sample-events.js'

let world: ProviderWorld
let account: TestAccount
beforeAll(async () => {
  world = await createProviderWorld()
})
beforeEach(async () => {
  account = await world.anAccount()
})
afterAll(() => world.close())

const unreachable = () => new ProviderError('Credly cannot be reached.', { kind: 'unreachable' })
const stateOf = (rows: readonly { external_id: string; state: string }[]) =>
  Object.fromEntries(rows.map((row) => [row.external_id, row.state]))

async function accountRow() {
  const rows = world.app.db.selectFrom('provider_account').selectAll().where('id', '=', account.id)
  return await rows.executeTakeFirstOrThrow()
}

async function ruleVersion() {
  const version = world.app.db.selectFrom('rule_version').select('version')
  return (await version.executeTakeFirstOrThrow()).version
}

/** Gives the badge template of a synchronised one a rule and activates it. */
async function activated(externalId: string) {
  const found = (await account.badgeTemplates()).find((t) => t.external_id === externalId)
  const root = `badge-templates/${found?.id}`
  await world.api.post(`${root}/requirements`, { eventType: passingType })
  const answer = await world.api.post(`${root}/activation`)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}

describe('the first sync of an account', () => {
  it('makes a draft without rules of every active template, however many there are', async () => {
    addTemplates(account.fake, 120)
    expect(await account.sync()).toEqual({
      seen: 120,
      created: 120,
      updated: 0,
      archived: 0,
      restored: 0,
    })
    const drafts = await account.badgeTemplates()
    expect(drafts).toHaveLength(120)
    expect(new Set(drafts.map(({ state }) => state))).toEqual(new Set(['draft']))
    expect(await accountRow()).toMatchObject({
      sync_error: null,
      sync_summary: { created: 120 },
      synced_at: expect.any(String),
    })
  })

  it('takes name, description and skills from the provider', async () => {
    account.fake.addTemplate({
      id: 'one',
      name: 'Analyst',
      description: 'Reads data.',
      skills: ['SQL', 'sql', 'SQL', ' '],
      updatedAt: '2026-01-02T03:04:05.678Z',
    })
    await account.sync()
    expect(await account.badgeTemplates()).toMatchObject([
      {
        name: 'Analyst',
        description: 'Reads data.',
        tags: ['SQL', 'sql'],
        follows_provider: true,
        organization_id: account.organizationId,
        issuer_id: account.issuerId,
      },
    ])
    expect(await account.sync()).toMatchObject({ seen: 1, created: 0, updated: 0 })
  })

  it('makes no badge template of one that is a draft or archived there, until it is active', async () => {
    const draft = account.fake.addTemplate({ id: 'a', state: 'draft' })
    account.fake.addTemplate({ id: 'b', state: 'archived' })
    await account.sync()
    expect(await account.badgeTemplates()).toEqual([])
    expect(stateOf(await account.templatesThere())).toEqual({ a: 'draft', b: 'archived' })
    account.fake.addTemplate({ ...draft, state: 'active' })
    await account.sync()
    expect(stateOf(await account.badgeTemplates())).toEqual({ a: 'draft' })
  })

  it('stores what the database cannot hold without what it cannot hold', async () => {
    account.fake.addTemplate({ id: 'a', name: 'N\0ame', updatedAt: 'yesterday' })
    await account.sync()
    expect(await account.templatesThere()).toMatchObject([{ name: 'Name', changed_at: null }])
  })
})

describe('words that are too long, or no text at all', () => {
  it('are taken over once, and not again with every sync', async () => {
    const name = `${'a'.repeat(199)}🎖 medal`
    const skills = [`${'b'.repeat(59)}🎖`, 'half \ud83c']
    account.fake.addTemplate({ id: 'a', name, description: 'half \ud83c', skills })
    await account.sync()
    expect(await account.badgeTemplates()).toMatchObject([{ name: 'a'.repeat(199) }])
    expect(await account.sync()).toMatchObject({ created: 0, updated: 0 })
    const { rows } = await world.app.pool.query(`select action from audit_log where subject = $1`, [
      `badge-template/${(await account.badgeTemplates())[0]?.id}`,
    ])
    expect(rows).toEqual([{ action: 'badge-template.create' }])
  })
})

describe('a template that changed at the provider', () => {
  it('changes the badge template that follows it, and tells consumers when it is active', async () => {
    account.fake.addTemplate({ id: 'a', name: 'Old' })
    await account.sync()
    await activated('a')
    const before = await ruleVersion()
    account.fake.addTemplate({ id: 'a', name: 'New', skills: ['care'] })
    expect(await account.sync()).toMatchObject({ updated: 1 })
    expect(await account.badgeTemplates()).toMatchObject([
      { name: 'New', tags: ['care'], state: 'active' },
    ])
    expect(await ruleVersion()).toBeGreaterThan(before)
  })

  it('leaves the words alone that were edited here', async () => {
    account.fake.addTemplate({ id: 'a', name: 'Theirs' })
    await account.sync()
    const id = (await account.badgeTemplates())[0]?.id
    const edited = await world.api.patch(`badge-templates/${id}`, { name: 'Ours' })
    expect(edited.body.issuing).toMatchObject({ name: 'Theirs', follows: false })
    account.fake.addTemplate({ id: 'a', name: 'Theirs, new' })
    await account.sync()
    expect(await account.badgeTemplates()).toMatchObject([{ name: 'Ours' }])
  })

  it('says nothing new to consumers when nothing changed', async () => {
    account.fake.addTemplate({ id: 'a' })
    await account.sync()
    await activated('a')
    const before = await ruleVersion()
    expect(await account.sync()).toMatchObject({ updated: 0 })
    expect(await ruleVersion()).toBe(before)
  })
})

describe('a template that the provider has no more', () => {
  it('archives its badge template with its rules, and tells a person if it was active', async () => {
    addTemplates(account.fake, 3)
    await account.sync()
    const { id, requirements } = await activated('t001')
    const before = await ruleVersion()
    account.fake.templates.delete('t001')
    account.fake.templates.delete('t002')
    expect(await account.sync()).toMatchObject({ seen: 1, archived: 2 })
    expect(stateOf(await account.badgeTemplates())).toEqual({
      t001: 'archived',
      t002: 'archived',
      t003: 'draft',
    })
    expect((await world.api.get(`badge-templates/${id}`)).body).toMatchObject({
      state: 'archived',
      requirements,
      issuing: { target: 'provider', externalId: 't001', state: 'archived' },
    })
    expect(await ruleVersion()).toBeGreaterThan(before)
    expect(await account.notices('template-vanished')).toMatchObject([
      { subject: `badge-template/${id}`, resolved_at: null },
    ])
    expect(await account.sync()).toMatchObject({ archived: 0, updated: 0 })
  })

  it('comes back as a draft, and the notice is settled', async () => {
    const template = account.fake.addTemplate({ id: 'a' })
    await account.sync()
    const { requirements } = await activated('a')
    account.fake.addTemplate({ ...template, state: 'archived' })
    await account.sync()
    account.fake.addTemplate({ ...template, name: 'Back again' })
    expect(await account.sync()).toMatchObject({ restored: 1, created: 0 })
    const [back] = await account.badgeTemplates()
    expect(back).toMatchObject({ state: 'draft', name: 'Back again' })
    const view = (await world.api.get(`badge-templates/${back?.id}`)).body
    expect(view.requirements).toEqual(requirements)
    expect(await account.notices('template-vanished')).toMatchObject([
      { resolved_at: expect.any(String) },
    ])
  })

  it('does not bring back what a person has archived', async () => {
    const template = account.fake.addTemplate({ id: 'a' })
    await account.sync()
    const id = (await account.badgeTemplates())[0]?.id
    account.fake.templates.delete('a')
    await account.sync()
    await world.api.post(`badge-templates/${id}/archival`)
    account.fake.addTemplate(template)
    await account.sync()
    expect(stateOf(await account.badgeTemplates())).toEqual({ a: 'archived' })
  })

  it('concerns its own account only, though another has a template with the same id', async () => {
    const other = await world.anAccount()
    addTemplates(account.fake, 2)
    other.fake.addTemplate({ id: 't001', name: 'Of the other' })
    await account.sync()
    await other.sync()
    account.fake.templates.delete('t001')
    await account.sync()
    expect(stateOf(await account.templatesThere())).toEqual({ t001: 'archived', t002: 'active' })
    expect(await other.templatesThere()).toMatchObject([{ state: 'active', name: 'Of the other' }])
    expect(await other.badgeTemplates()).toMatchObject([{ state: 'draft', name: 'Of the other' }])
  })
})

describe('a sync that fails', () => {
  it('in a late page changes nothing, is recorded, and is forgotten after the next one', async () => {
    addTemplates(account.fake, 5)
    await account.sync()
    const before = await account.templatesThere()
    account.replace({
      async *listTemplates() {
        yield [{ ...account.fake.addTemplate({ id: 't001' }), name: 'Changed' }]
        yield [account.fake.addTemplate({ id: 'new' })]
        throw unreachable()
      },
    })
    await expect(account.sync()).rejects.toThrow('Credly cannot be reached.')
    expect(await account.templatesThere()).toEqual(before)
    expect(await accountRow()).toMatchObject({ sync_error: 'Credly cannot be reached.' })
    expect(await account.notices('sync-failed')).toMatchObject([{ resolved_at: null }])
    account.restore()
    await account.sync()
    expect(await accountRow()).toMatchObject({ sync_error: null })
    expect(await account.notices('sync-failed')).toMatchObject([
      { resolved_at: expect.any(String) },
    ])
  })

  it('because the list is empty, unless it is small or a person insists', async () => {
    addTemplates(account.fake, 3)
    await account.sync()
    account.fake.templates.clear()
    await expect(account.sync()).rejects.toThrow(/without a single template, though 3 were active/)
    expect(new Set((await account.templatesThere()).map((t) => t.state))).toEqual(
      new Set(['active']),
    )
    expect(await accountRow()).toMatchObject({ sync_error: expect.stringContaining('force') })
    expect(await account.sync({ force: true })).toMatchObject({ seen: 0, archived: 3 })

    const small = await world.anAccount()
    addTemplates(small.fake, 2)
    await small.sync()
    small.fake.templates.clear()
    expect(await small.sync()).toMatchObject({ archived: 2 })
  })
})

describe('two readings that meet', () => {
  it('do not undo each other: the one that began later counts', async () => {
    const old = account.fake.addTemplate({ id: 'a', name: 'Old' })
    await account.sync()
    let goOn = () => {}
    const waiting = new Promise<void>((resolve) => {
      goOn = resolve
    })
    let began = () => {}
    const beginning = new Promise<void>((resolve) => {
      began = resolve
    })
    account.replace({
      async *listTemplates() {
        began()
        await waiting
        yield [old]
      },
    })
    const slow = account.sync()
    await beginning
    account.restore()
    account.fake.addTemplate({ id: 'a', name: 'New' })
    account.fake.addTemplate({ id: 'b', name: 'Announced meanwhile' })
    await world.app.providerTemplates.syncTemplate(account.id, 'a')
    await world.app.providerTemplates.syncTemplate(account.id, 'b')
    goOn()
    await slow
    expect(await account.templatesThere()).toMatchObject([
      { name: 'New', state: 'active' },
      { name: 'Announced meanwhile', state: 'active' },
    ])
    expect(stateOf(await account.badgeTemplates())).toEqual({ a: 'draft', b: 'draft' })
  })

  it('at once make each draft once', async () => {
    addTemplates(account.fake, 30)
    await Promise.all([account.sync(), account.sync(), account.sync()])
    expect(await account.badgeTemplates()).toHaveLength(30)
  })
})
