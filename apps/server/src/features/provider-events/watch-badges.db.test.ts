import { ProviderError } from '@rosette/providers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createFakeProvider } from '../../testing/fake-provider.js'
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
  const polled = { changes: 'polling', needsAcceptance: false } as const
  account = await world.anAccount({
    fake: createFakeProvider({ kind: 'accredible', capabilities: polled }),
  })
})
afterAll(() => world.close())

const unreachable = () => new ProviderError('It cannot be reached.', { kind: 'unreachable' })

async function run(task: string) {
  const payload = { accountId: account.id }
  await world.app.tasks[task]?.(payload, { number: 1, isLast: false })
}

async function accountRow() {
  const rows = world.app.db.selectFrom('provider_account').selectAll().where('id', '=', account.id)
  return await rows.executeTakeFirstOrThrow()
}

async function jobsFor(task: string) {
  const { rows } = await world.app.pool.query(
    `select key from graphile_worker.jobs where key like $1`,
    [`${task} %`],
  )
  return rows.map(({ key }) => String(key).slice(task.length + 1))
}

describe('asking a provider what changed', () => {
  it('applies every change and goes on from there', async () => {
    const { badge, issuanceNow } = await world.anIssuedBadge(account)
    account.fake.put({ ...badge, state: 'opened' })
    account.fake.put({ ...badge, id: 'not-ours' })
    await run('poll-provider-account')
    expect(await issuanceNow()).toMatchObject({ external_state: 'opened' })
    expect(await accountRow()).toMatchObject({
      poll_cursor: '3',
      polled_at: expect.any(String),
    })
    account.fake.put({ ...badge, standing: 'ended', state: 'deleted' })
    await run('poll-provider-account')
    expect(await issuanceNow()).toMatchObject({ external_state: 'deleted', state: 'revoked' })
    expect(account.fake.calls.filter(({ name }) => name === 'pollChanges')).toEqual([
      { name: 'pollChanges', what: null },
      { name: 'pollChanges', what: '3' },
    ])
  })

  it('misses nothing when the provider fails', async () => {
    const { badge, issuanceNow } = await world.anIssuedBadge(account)
    await run('poll-provider-account')
    account.fake.put({ ...badge, state: 'opened' })
    account.fake.failNext(unreachable())
    await expect(run('poll-provider-account')).rejects.toThrow('It cannot be reached.')
    expect(await accountRow()).toMatchObject({ poll_cursor: '1' })
    await run('poll-provider-account')
    expect(await issuanceNow()).toMatchObject({ external_state: 'opened' })
  })

  it('is not tried over and over where the key does not suffice for it', async () => {
    account.fake.failNext(new ProviderError('Only for those who run it.', { kind: 'refused' }))
    await run('poll-provider-account')
    expect(await accountRow()).toMatchObject({ poll_cursor: null, polled_at: null })
  })

  it('misses nothing when one change cannot be applied', async () => {
    const { badge, issuanceNow } = await world.anIssuedBadge(account)
    const broken = { ...badge, id: 'broken\0' }
    account.fake.put(broken)
    account.fake.put({ ...badge, state: 'opened' })
    await expect(run('poll-provider-account')).rejects.toThrow()
    expect(await accountRow()).toMatchObject({ poll_cursor: null })
    account.replace({
      pollChanges: async () => ({ badges: [{ ...badge, state: 'opened' }], cursor: 'c' }),
    })
    await run('poll-provider-account')
    expect(await issuanceNow()).toMatchObject({ external_state: 'opened' })
    expect(await accountRow()).toMatchObject({ poll_cursor: 'c' })
  })

  it('is done for working accounts whose provider does not announce changes', async () => {
    const announced = await world.anAccount()
    const paused = await world.anAccount({
      fake: createFakeProvider({ kind: 'accredible', capabilities: { changes: 'polling' } }),
    })
    await world.api.post(`provider-accounts/${paused.id}/pause`)
    const withoutKey = world.app.db.updateTable('provider_account').set({ sealed_secret: null })
    await withoutKey.where('id', '=', (await world.anAccount()).id).execute()
    await run('poll-provider-changes')
    await run('recheck-issuances')
    const polled = await jobsFor('poll-provider-account')
    expect(polled).toContain(account.id)
    expect(polled).not.toContain(announced.id)
    expect(polled).not.toContain(paused.id)
    const rechecked = await jobsFor('recheck-account-issuances')
    expect(rechecked).toEqual(expect.arrayContaining([account.id, announced.id]))
    expect(rechecked).not.toContain(paused.id)
  })
})

describe('looking again at issued badges', () => {
  it('finds what nobody announced, where nobody looked for a week', async () => {
    const weekOld = new Date(Date.now() - 8 * 86_400_000).toISOString()
    const never = await world.anIssuedBadge(account)
    const longAgo = await world.anIssuedBadge(account, { checked_at: weekOld })
    const lately = await world.anIssuedBadge(account, { checked_at: new Date().toISOString() })
    for (const { badge } of [never, longAgo, lately]) {
      account.fake.put({ ...badge, state: 'opened' })
    }
    await run('recheck-account-issuances')
    for (const { issuanceNow } of [never, longAgo]) {
      const found = await issuanceNow()
      expect(found).toMatchObject({ external_state: 'opened' })
      expect(Date.parse(found.checked_at ?? '')).toBeGreaterThan(Date.parse(weekOld))
    }
    expect((await lately.issuanceNow()).external_state).not.toBe('opened')
    const asked = account.fake.calls.filter(({ name }) => name === 'getBadge')
    expect(asked.map(({ what }) => what)).toEqual([never.badge.id, longAgo.badge.id])
  })

  it('goes on where a failure cut it off', async () => {
    await world.anIssuedBadge(account)
    const second = await world.anIssuedBadge(account)
    account.fake.badges.delete(second.badge.id)
    account.fake.plan([null, { error: unreachable(), after: false }])
    await expect(run('recheck-account-issuances')).rejects.toThrow('It cannot be reached.')
    expect(await second.issuanceNow()).toMatchObject({ state: 'issued' })
    await run('recheck-account-issuances')
    const asked = account.fake.calls.filter(({ name }) => name === 'getBadge')
    expect(asked).toHaveLength(3)
    expect(await second.issuanceNow()).toMatchObject({
      state: 'revoked',
      external_state: 'deleted',
    })
  })

  it('passes over one badge that the provider does not show', async () => {
    await world.anIssuedBadge(account)
    const second = await world.anIssuedBadge(account)
    account.fake.put({ ...second.badge, state: 'opened' })
    account.fake.failNext(new ProviderError('Private.', { kind: 'refused' }))
    await run('recheck-account-issuances')
    expect(await second.issuanceNow()).toMatchObject({ external_state: 'opened' })
  })

  it('does not take a badge for gone that a wrong key hides together with its template', async () => {
    const { badge, issuanceNow } = await world.anIssuedBadge(account)
    account.fake.badges.delete(badge.id)
    const templates = [...account.fake.templates.values()]
    account.fake.templates.clear()
    await run('recheck-account-issuances')
    expect(await issuanceNow()).toMatchObject({ state: 'issued' })
    for (const template of templates) account.fake.templates.set(template.id, template)
  })

  it('looks at fifty and leaves the others for the next time', async () => {
    for (let i = 0; i < 52; i += 1) await world.anIssuedBadge(account)
    const asked = () => account.fake.calls.filter(({ name }) => name === 'getBadge').length
    await run('recheck-account-issuances')
    expect(asked()).toBe(50)
    await run('recheck-account-issuances')
    expect(asked()).toBe(52)
  })
})
