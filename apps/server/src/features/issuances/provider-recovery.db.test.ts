import { randomUUID } from 'node:crypto'
import { ProviderError } from '@rosette/providers'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../http/app-error.js'
import { log } from '../../telemetry/log.js'
import { createIssuingWorld } from '../../testing/issuing-world.js'
import { takeBack } from '../../testing/sample-awards.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'
import { probeAccount, tryNext } from './try-issuance.js'

log.level = 'silent'
let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.drop())

const unanswered = () => new ProviderError('Credly did not answer in time.', { kind: 'unanswered' })
const forbidden = () =>
  new ProviderError('The key may not do this.', { kind: 'unauthorized', status: 403 })
const limited = () =>
  new ProviderError('Slow down.', { kind: 'rate-limited', retryAfterMs: 90_000 })
const duplicate = () =>
  new ProviderError('It has been taken.', { kind: 'refused', reason: 'duplicate' })
const archived = () =>
  new ProviderError('It is archived.', { kind: 'refused', reason: 'template-unavailable' })

type World = Awaited<ReturnType<typeof createIssuingWorld>>
let world: World
beforeEach(async () => {
  world = await createIssuingWorld(app)
  // Nothing but our own care keeps a badge from being made twice here.
  world.fake.addTemplate({ id: world.externalTemplateId, allowsDuplicates: true })
})

const renewing = {
  kind: 'accredible',
  capabilities: { revocation: 'expire', reissue: 'renew', needsAcceptance: false, ownId: true },
} as const

async function move(awardId: string, email: string): Promise<void> {
  await sql`update learner l set email = ${email} from award a
    where a.learner_id = l.id and a.id = ${awardId}`.execute(app.db)
}

/** Issued, and then ended at the provider by somebody there; put back into the queue by hand. */
async function anEndedOne(): Promise<string> {
  const awardId = await world.award()
  await world.tryOnce()
  const [badge] = world.live()
  if (badge === undefined) throw new Error('no badge')
  const ended = world.fake.put({ ...badge, standing: 'ended', state: 'revoked' })
  await app.issuances.observe(world.account.id, badge.id, { badge: ended, source: 'Announced' })
  const { id } = await world.issuanceOf(awardId)
  await app.issuances.retryAll({ ids: [id], reach: 'everywhere' }, 'tester')
  return awardId
}

describe('a badge that was made', () => {
  it('is not made again when the database fails before that is written down', async () => {
    const awardId = await world.award()
    await sql`update provider_account set failures = 1 where id = ${world.account.id}`.execute(
      app.db,
    )
    const accountHealth = {
      ...world.deps.accountHealth,
      succeeded: () => Promise.reject(new Error('terminating connection')),
    }
    await tryNext({ ...world.deps, accountHealth }, world.account.id).catch(() => {})
    world.advance(100_000)
    await world.tryOnce()
    expect(world.live()).toHaveLength(1)
    expect(await world.issuanceOf(awardId)).toMatchObject({ state: 'issued' })
  })

  it('in the place of one that ended there is looked for when its answer was lost', async () => {
    const awardId = await anEndedOne()
    // The look at the ended one goes well.
    world.fake.plan([null, { error: unanswered(), after: true }])
    await world.tryOnce()
    expect(await world.issuanceOf(awardId)).toMatchObject({ state: 'failed', uncertain: true })
    world.advance(100_000)
    await world.tryOnce()
    const [badge, ...others] = world.live()
    expect(others).toEqual([])
    expect(await world.issuanceOf(awardId)).toMatchObject({
      state: 'issued',
      external_id: badge?.id,
    })
  })

  it('in the place of one that ended there is taken back when its answer was lost', async () => {
    const awardId = await anEndedOne()
    world.fake.plan([null, { error: unanswered(), after: true }])
    await world.tryOnce()
    expect(world.live()).toHaveLength(1)
    await takeBack(app, awardId, null)
    world.advance(100_000)
    await world.tryOnce()
    expect(world.live()).toEqual([])
    expect(await world.issuanceOf(awardId)).toMatchObject({ state: 'revoked' })
  })

  it('is found under the last of the addresses that orders named', async () => {
    const awardId = await world.award()
    world.fake.failNext(unanswered())
    await world.tryOnce()
    world.advance(100_000)
    await move(awardId, `${randomUUID()}@second.example`)
    world.fake.plan([null, { error: unanswered(), after: true }])
    await world.tryOnce()
    expect(world.live()).toHaveLength(1)
    await move(awardId, `${randomUUID()}@third.example`)
    world.advance(100_000)
    await world.tryOnce()
    expect(world.live()).toHaveLength(1)
    expect(await world.issuanceOf(awardId)).toMatchObject({ state: 'issued' })
  })

  it('late is found, because nobody looks before it can be there', async () => {
    const awardId = await world.award()
    world.fake.failNext(unanswered())
    await world.tryOnce()
    await takeBack(app, awardId, null)
    world.advance(19_000)
    expect(await world.tryOnce()).toEqual({ is: 'none' })
    await app.issuances.retryAll({ accountId: world.account.id, reach: 'everywhere' }, 'tester')
    expect(await world.tryOnce()).toEqual({ is: 'none' })
  })

  it('for another award of ours is a failure of the try that was answered with it', async () => {
    await world.award()
    await world.tryOnce()
    const [badge] = world.live()
    if (badge === undefined) throw new Error('no badge')
    const second = await world.award({ awardedAt: '2026-07-01T00:00:00Z' })
    const provider = { ...world.fake.provider, issue: async () => badge }
    const accounts = {
      open: async (id: string) => ({ ...(await world.deps.accounts.open(id)), provider }),
    }
    await tryNext({ ...world.deps, accounts }, world.account.id)
    const failed = await world.issuanceOf(second)
    expect(failed).toMatchObject({ state: 'failed', uncertain: true, external_id: null })
    expect(failed.last_error).toContain('another award')
  })
})

describe('a badge that is earned again where it can only be renewed', () => {
  it('is renewed although it carries the id of the award that was taken back', async () => {
    world = await createIssuingWorld(app, renewing)
    const first = await world.award()
    await world.tryOnce()
    await takeBack(app, first, null)
    await world.tryOnce()
    const again = await world.award({ awardedAt: '2026-07-01T00:00:00Z' })
    // Accredible does not say which badge stands in the way.
    world.fake.failNext(duplicate())
    await world.tryOnce()
    expect(await world.issuanceOf(again)).toMatchObject({ state: 'issued' })
    expect(world.live()).toHaveLength(1)
  })
})

describe('a revocation', () => {
  it('of a badge that is gone is over', async () => {
    const awardId = await world.award()
    await world.tryOnce()
    world.fake.badges.clear()
    await takeBack(app, awardId, null)
    await world.tryOnce()
    expect(await world.issuanceOf(awardId)).toMatchObject({ state: 'revoked' })
  })

  it('stops where the account shows neither the badge nor its template', async () => {
    const awardId = await world.award()
    await world.tryOnce()
    const there = new Map(world.fake.badges)
    world.fake.badges.clear()
    world.fake.templates.clear()
    await takeBack(app, awardId, null)
    await world.tryOnce()
    const stopped = await world.issuanceOf(awardId)
    expect(stopped).toMatchObject({ state: 'stopped', wanted: 'revoked', reason: 'not-found' })
    expect(stopped.remedy).toContain('account')
    // The account is put right, and the badge is there after all.
    for (const [id, badge] of there) world.fake.badges.set(id, badge)
    world.fake.addTemplate({ id: world.externalTemplateId })
    await app.issuances.retryAll({ ids: [stopped.id], reach: 'everywhere' }, 'tester')
    await world.tryOnce()
    expect(await world.issuanceOf(awardId)).toMatchObject({ state: 'revoked' })
    expect(world.live()).toEqual([])
  })

  it.each([
    ['refused', archived],
    ['put off', limited],
  ])('during a try that is %s leaves nothing to be done, and says so', async (_, failure) => {
    const awardId = await world.award()
    const provider = {
      ...world.fake.provider,
      async issue() {
        await takeBack(app, awardId, null)
        throw failure()
      },
    }
    const accounts = {
      open: async (id: string) => ({ ...(await world.deps.accounts.open(id)), provider }),
    }
    await tryNext({ ...world.deps, accounts }, world.account.id)
    const revoked = await world.issuanceOf(awardId)
    expect(revoked).toMatchObject({
      state: 'revoked',
      revocation_effect: 'none',
      reason: null,
      remedy: null,
      last_error: null,
      note: 'Revoked before it was issued.',
    })
    expect(revoked.revoked_at).not.toBeNull()
    expect(revoked.attempts).toBeGreaterThanOrEqual(0)
  })
})

describe('an account', () => {
  /** Time passes, and work is done as the lanes do it. */
  async function workFor(ms: number): Promise<void> {
    for (let gone = 0; gone < ms; gone += 2000) {
      await probeAccount(world.deps, world.account.id)
      for (let n = 0; n < 4; n += 1) await world.tryOnce()
      world.advance(2000)
    }
  }

  const notices = () =>
    app.db
      .selectFrom('notice')
      .selectAll()
      .where('subject', '=', `provider-account/${world.account.id}`)
      .execute()

  it('that answers probes but issues nothing uses up its tries slowly', async () => {
    const awards = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        world.award({ learner: { ...world.learner, email: `${n}.${world.learner.email}` } }),
      ),
    )
    const issue = () => Promise.reject(unanswered())
    const open = world.deps.accounts.open
    const broken = async (id: string) => {
      const opened = await open(id)
      return { ...opened, provider: { ...opened.provider, issue } }
    }
    world = { ...world, deps: { ...world.deps, accounts: { open: broken } } }
    world.tryOnce = () => tryNext(world.deps, world.account.id)
    await workFor(600_000)
    for (const awardId of awards) {
      const { state, attempts } = await world.issuanceOf(awardId)
      expect(state).toBe('failed')
      expect(attempts).toBeLessThan(10)
    }
  })

  it('whose key may look but not issue is asked ever more seldom, and its owner told', async () => {
    await world.award()
    let calls = 0
    const issue = () => {
      calls += 1
      return Promise.reject(forbidden())
    }
    const open = world.deps.accounts.open
    const broken = async (id: string) => {
      const opened = await open(id)
      return { ...opened, provider: { ...opened.provider, issue } }
    }
    const works = world.deps
    world = { ...world, deps: { ...world.deps, accounts: { open: broken } } }
    world.tryOnce = () => tryNext(world.deps, world.account.id)
    await workFor(600_000)
    expect(calls).toBeLessThan(10)
    expect(await notices()).not.toEqual([])
    world = { ...world, deps: works }
    world.tryOnce = () => tryNext(world.deps, world.account.id)
    await workFor(450_000)
    expect(world.live()).toHaveLength(1)
    expect(await world.accountNow()).toMatchObject({ failures: 0, probes: 0, paused_at: null })
    expect((await notices()).filter((notice) => notice.resolved_at === null)).toEqual([])
  })

  it('is probed however often it was probed before', async () => {
    await world.deps.accountHealth.pause({ ...world.account, ...(await world.accountNow())! }, 'x')
    await sql`update provider_account set probes = 5000 where id = ${world.account.id}`.execute(
      app.db,
    )
    await probeAccount(world.deps, world.account.id)
    expect(await world.accountNow()).toMatchObject({ paused_at: null })
  })

  it('stays paused when a person pauses it during a probe', async () => {
    await world.deps.accountHealth.pause({ ...world.account, ...(await world.accountNow())! }, 'x')
    const { id } = world.account
    const testConnection = async () => {
      await app.providerAccounts.pause(id, 'tester')
      return world.fake.facts
    }
    const provider = { ...world.fake.provider, testConnection }
    const open = async () => ({ ...(await world.deps.accounts.open(id)), provider })
    await probeAccount({ ...world.deps, accounts: { open } }, id)
    expect(await world.accountNow()).toMatchObject({ pause_reason: 'Paused by tester.' })
  })

  it('whose key cannot be had is paused, and its owner told', async () => {
    const awardId = await world.award()
    const open = () => Promise.reject(new AppError('provider-refused', 'It has no key.'))
    const deps = { ...world.deps, accounts: { open } }
    await tryNext(deps, world.account.id)
    expect(await world.accountNow()).toMatchObject({ pause_reason: 'It has no key.' })
    expect(await world.issuanceOf(awardId)).toMatchObject({ attempts: 0, uncertain: false })
    await probeAccount(deps, world.account.id)
    expect(await notices()).toMatchObject([{ kind: 'account-paused' }])
  })
})
