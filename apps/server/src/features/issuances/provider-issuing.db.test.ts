import { randomUUID } from 'node:crypto'
import { ProviderError } from '@rosette/providers'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { log } from '../../telemetry/log.js'
import { createIssuingWorld } from '../../testing/issuing-world.js'
import { takeBack } from '../../testing/sample-awards.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'
import { claimNext } from './claim-repository.js'
import { mostTries } from './retry-delay.js'
import { probeAccount } from './try-issuance.js'

log.level = 'silent'
let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.drop())

const unanswered = () => new ProviderError('Credly did not answer in time.', { kind: 'unanswered' })
const unreachable = () => new ProviderError('Credly cannot be reached.', { kind: 'unreachable' })
const unauthorized = () => new ProviderError('The key is wrong.', { kind: 'unauthorized' })
const limited = () =>
  new ProviderError('Slow down.', { kind: 'rate-limited', retryAfterMs: 90_000 })
const archived = () =>
  new ProviderError('The template is archived.', {
    kind: 'refused',
    reason: 'template-unavailable',
  })

type World = Awaited<ReturnType<typeof createIssuingWorld>>
let world: World
beforeEach(async () => {
  world = await createIssuingWorld(app)
})

const issuanceOf = (awardId: string) => world.issuanceOf(awardId)

async function historyOf(awardId: string): Promise<string[]> {
  const { id } = await issuanceOf(awardId)
  const history = app.db.selectFrom('issuance_history').selectAll().where('issuance_id', '=', id)
  return (await history.orderBy('id').execute()).map(({ state }) => state)
}

describe('an award of a badge that a provider issues', () => {
  it('is issued there once, with what the award says', async () => {
    const awardId = await world.award({ evidence: [{ url: 'https://work.example/1' }] })
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'queued', target: world.account.id })
    expect(await world.tryOnce()).toEqual({ is: 'tried' })
    const [badge] = world.live()
    expect(await issuanceOf(awardId)).toMatchObject({
      state: 'issued',
      external_id: badge?.id,
      external_url: badge?.url,
      external_state: 'pending',
      uncertain: false,
      attempts: 1,
      next_try_at: null,
      last_error: null,
    })
    expect(world.fake.calls.map(({ name }) => name)).toEqual(['issue'])
    expect(world.fake.calls[0]?.what).toMatchObject({
      awardId,
      issuedAt: '2026-03-12T08:30:00.123456Z',
      recipient: { email: world.learner.email, name: 'Ada Lovelace' },
      evidence: [{ url: 'https://work.example/1' }],
      notify: true,
    })
    expect(await world.tryOnce()).toEqual({ is: 'none' })
    expect(await historyOf(awardId)).toEqual(['issuing', 'issued'])
  })

  it('is looked for before it is issued again when the answer was lost after the effect', async () => {
    const awardId = await world.award()
    world.fake.loseNextAnswer(unanswered())
    await world.tryOnce()
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'failed', uncertain: true })
    world.advance(30_000)
    await world.tryOnce()
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'issued', uncertain: false })
    expect(world.live()).toHaveLength(1)
    expect(world.made('issue')).toBe(1)
    expect(await historyOf(awardId)).toEqual(['issuing', 'failed', 'issuing', 'issued'])
  })

  it('is issued by the next try when the answer was lost before the effect', async () => {
    const awardId = await world.award()
    world.fake.failNext(unanswered())
    await world.tryOnce()
    world.advance(30_000)
    await world.tryOnce()
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'issued' })
    expect(world.fake.calls.map(({ name }) => name)).toEqual(['issue', 'findByRecipient', 'issue'])
  })

  it('is found by another process when the first was killed after the call', async () => {
    const awardId = await world.award()
    const lease = { claim: randomUUID(), at: world.deps.now().toISOString() }
    const until = new Date(world.deps.now().getTime() + 60_000).toISOString()
    const claim = await claimNext(app.db, world.account.id, { ...lease, until })
    await world.fake.provider.issue({
      templateId: world.externalTemplateId,
      awardId,
      recipient: { ...world.learner, id: claim?.learnerId ?? '' },
      issuedAt: claim?.awardedAt ?? '',
      expiresAt: null,
      evidence: [],
      narrative: null,
      locale: null,
      notify: true,
    })
    expect(await world.tryOnce()).toEqual({ is: 'none' })
    world.advance(61_000)
    await world.tryOnce()
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'issued' })
    expect(world.live()).toHaveLength(1)
    expect(world.made('issue')).toBe(1)
  })

  it('is looked for under the address it was sent to, whatever the address is now', async () => {
    const awardId = await world.award()
    world.fake.loseNextAnswer(unanswered())
    await world.tryOnce()
    await app.db
      .updateTable('learner')
      .set({ email: 'new@learners.example' })
      .where('email', '=', world.learner.email)
      .execute()
    world.advance(30_000)
    await world.tryOnce()
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'issued' })
    expect(world.live()).toHaveLength(1)
  })

  it('is taken over when the learner holds the badge there already', async () => {
    const first = await world.award()
    await world.tryOnce()
    const { external_id } = await issuanceOf(first)
    await app.db.deleteFrom('issuance').where('award_id', '=', first).execute()
    const again = await world.award({ awardedAt: '2026-07-01T00:00:00Z' })
    await world.tryOnce()
    expect(await issuanceOf(again)).toMatchObject({ state: 'issued', external_id })
    expect(world.live()).toHaveLength(1)
  })

  it('stops with a remedy when another award of ours holds the only badge there', async () => {
    await world.award()
    const second = await world.award({ awardedAt: '2026-07-01T00:00:00Z' })
    await world.tryOnce()
    await world.tryOnce()
    const stopped = await issuanceOf(second)
    expect(stopped).toMatchObject({ state: 'stopped', reason: 'duplicate', next_try_at: null })
    expect(stopped.remedy).toContain('Allow several badges per person')
  })

  it.each([
    [{ email: '' }, 'no-email'],
    [{ name: ' ' }, 'no-name'],
  ])('with %o stops without a call, and goes on once the learner has it', async (lacks, reason) => {
    const learner = { ...world.learner, ...lacks }
    const awardId = await world.award({ learner })
    await world.tryOnce()
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'stopped', reason, uncertain: false })
    expect(world.fake.calls).toEqual([])
    await app.issuances.tasks['retry-completed-learners']()
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'stopped' })
    const { rows } = await sql<{
      id: number
    }>`update learner l set email = ${randomUUID()}, name = 'Ada L'
      from award a where a.learner_id = l.id and a.id = ${awardId} returning l.id`.execute(app.db)
    expect(rows).toHaveLength(1)
    await app.issuances.tasks['retry-completed-learners']()
    await world.tryOnce()
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'issued' })
  })

  it('stops at once when the provider refuses for good, and is retried by hand', async () => {
    const awardId = await world.award()
    world.fake.failNext(archived())
    await world.tryOnce()
    const stopped = await issuanceOf(awardId)
    expect(stopped).toMatchObject({
      state: 'stopped',
      reason: 'template-unavailable',
      last_error: 'The template is archived.',
      uncertain: false,
    })
    expect(stopped.remedy).toContain('Make the template active')
    expect(await app.issuances.retryAll({ ids: [stopped.id], reach: 'everywhere' }, 'tester')).toBe(
      1,
    )
    await world.tryOnce()
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'issued', reason: null, remedy: null })
  })

  it('waits as long as the provider asks, which is no failure', async () => {
    const awardId = await world.award()
    world.fake.failNext(limited())
    expect(await world.tryOnce()).toEqual({ is: 'wait', ms: 90_000 })
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'queued', attempts: 0 })
    world.advance(89_000)
    expect(await world.tryOnce()).toEqual({ is: 'none' })
    world.advance(2000)
    await world.tryOnce()
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'issued', attempts: 1 })
  })

  it('stops after many tries, when the provider answers everything else', async () => {
    const awardId = await world.award()
    for (let n = 0; n < mostTries; n += 1) {
      world.fake.failNext(unreachable())
      await world.tryOnce()
      await world.deps.accountHealth.succeeded(world.account.id)
      await world.deps.accountHealth.resume(world.account)
      world.advance(3_700_000)
    }
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'stopped', reason: 'too-many-tries' })
  })
})

describe('an account', () => {
  it('that keeps failing is paused, its owner told, and resumed by a probe', async () => {
    const awards = await Promise.all(
      Array.from({ length: 7 }, (_, n) =>
        world.award({ learner: { ...world.learner, email: `${n}.${world.learner.email}` } }),
      ),
    )
    for (let n = 0; n < 5; n += 1) {
      world.fake.failNext(unreachable())
      await world.tryOnce()
    }
    expect((await world.accountNow())?.paused_at).not.toBeNull()
    expect(await world.tryOnce()).toEqual({ is: 'none' })
    world.fake.failNext(unreachable())
    await probeAccount(world.deps, world.account.id)
    const notices = () =>
      app.db
        .selectFrom('notice')
        .selectAll()
        .where('subject', '=', `provider-account/${world.account.id}`)
        .where('resolved_at', 'is', null)
        .execute()
    expect(await notices()).toMatchObject([{ kind: 'account-paused' }])
    // The next probe is not due yet.
    await probeAccount(world.deps, world.account.id)
    expect(world.made('testConnection')).toBe(1)
    world.advance(400_000)
    await probeAccount(world.deps, world.account.id)
    expect(await world.accountNow()).toMatchObject({ paused_at: null, failures: 0 })
    expect(await notices()).toEqual([])
    while ((await world.tryOnce()).is !== 'none') {}
    for (const awardId of awards) {
      expect(await issuanceOf(awardId)).toMatchObject({ state: 'issued' })
    }
  })

  it('that answers its probe at once is not held up and nobody is told', async () => {
    await world.award()
    await world.deps.accountHealth.pause({ ...world.account, ...(await world.accountNow())! }, 'x')
    await probeAccount(world.deps, world.account.id)
    expect(await world.accountNow()).toMatchObject({ paused_at: null })
    const told = app.db.selectFrom('notice').where('subject', 'like', `%${world.account.id}`)
    expect(await told.selectAll().execute()).toEqual([])
  })

  it('whose key is refused is paused at once, and its badges keep their tries', async () => {
    const awardId = await world.award()
    world.fake.failNext(unauthorized())
    await world.tryOnce()
    expect((await world.accountNow())?.pause_reason).toBe('The key is wrong.')
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'failed', attempts: 0 })
  })
})

describe('a revocation', () => {
  it('before the badge was sent calls nobody', async () => {
    const awardId = await world.award()
    await takeBack(app, awardId, 'A mistake')
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'revoked', revocation_effect: 'none' })
    expect(await world.tryOnce()).toEqual({ is: 'none' })
    expect(world.fake.calls).toEqual([])
  })

  it('takes the badge back at the provider, with the reason', async () => {
    const awardId = await world.award()
    await world.tryOnce()
    await takeBack(app, awardId, 'Copied')
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'revoking' })
    await world.tryOnce()
    expect(await issuanceOf(awardId)).toMatchObject({
      state: 'revoked',
      external_state: 'revoked',
      revocation_effect: 'revoke',
    })
    expect(world.fake.calls.at(-1)?.what).toMatchObject({ reason: 'Copied' })
    expect(world.live()).toEqual([])
  })

  it('whose answer was lost ends as revoked', async () => {
    const awardId = await world.award()
    await world.tryOnce()
    await takeBack(app, awardId, null)
    world.fake.loseNextAnswer(unanswered())
    await world.tryOnce()
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'failed', wanted: 'revoked' })
    world.advance(30_000)
    await world.tryOnce()
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'revoked' })
  })

  it('while the issuing is under way follows it', async () => {
    const awardId = await world.award()
    world.fake.loseNextAnswer(unanswered())
    const trying = world.tryOnce()
    await takeBack(app, awardId, null)
    await trying
    world.advance(30_000)
    await world.tryOnce()
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'revoked' })
    expect(world.live()).toEqual([])
  })

  it('is done before the badge is issued anew', async () => {
    const first = await world.award()
    await world.tryOnce()
    await takeBack(app, first, null)
    const { learner_id } = await app.db
      .selectFrom('award')
      .select('learner_id')
      .where('id', '=', first)
      .executeTakeFirstOrThrow()
    const again = await world.award({ awardedAt: '2026-07-01T00:00:00Z' })
    await sql`update award set learner_id = ${learner_id} where id = ${again}`.execute(app.db)
    world.fake.failNext(unreachable())
    await world.tryOnce()
    expect(await world.tryOnce()).toEqual({ is: 'none' })
    expect(await issuanceOf(again)).toMatchObject({ state: 'queued' })
    world.advance(30_000)
    await world.tryOnce()
    await world.tryOnce()
    expect(await issuanceOf(first)).toMatchObject({ state: 'revoked' })
    expect(await issuanceOf(again)).toMatchObject({ state: 'issued' })
    expect(world.live()).toHaveLength(1)
  })

  it('that only sets an end is undone when the badge is earned again', async () => {
    world = await createIssuingWorld(app, {
      kind: 'accredible',
      capabilities: { revocation: 'expire', reissue: 'renew', needsAcceptance: false },
    })
    const first = await world.award()
    await world.tryOnce()
    await takeBack(app, first, null)
    await world.tryOnce()
    expect(await issuanceOf(first)).toMatchObject({ state: 'revoked', revocation_effect: 'expire' })
    const again = await world.award({ awardedAt: '2026-07-01T00:00:00Z' })
    await world.tryOnce()
    expect(await issuanceOf(again)).toMatchObject({ state: 'issued', external_state: 'accepted' })
    expect(world.live()).toHaveLength(1)
    // Taking back the first once more must not end what the second has.
    const { id } = await issuanceOf(first)
    await sql`update issuance set state = 'stopped' where id = ${id}`.execute(app.db)
    await app.issuances.retryAll({ ids: [id], reach: 'everywhere' }, 'tester')
    await world.tryOnce()
    expect(await issuanceOf(first)).toMatchObject({ state: 'revoked', revocation_effect: 'none' })
    expect(world.live()).toHaveLength(1)
  })
})

describe('what became of a badge at the provider', () => {
  it('is taken over: accepted, and ended there by somebody else', async () => {
    const awardId = await world.award()
    await world.tryOnce()
    const [badge] = world.live()
    if (badge === undefined) throw new Error('no badge')
    const observe = (seen: typeof badge | undefined) =>
      app.issuances.observe(world.account.id, badge.id, { badge: seen, source: 'Credly announced' })
    expect(await observe({ ...badge, state: 'accepted' })).toBe('applied')
    expect(await observe({ ...badge, state: 'accepted' })).toBe('unchanged')
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'issued', external_state: 'accepted' })
    expect(await observe(undefined)).toBe('applied')
    expect(await issuanceOf(awardId)).toMatchObject({
      state: 'revoked',
      wanted: 'issued',
      external_state: 'deleted',
      reason: 'ended-there',
    })
    expect(await app.issuances.observe(world.account.id, 'foreign', { badge, source: 'x' })).toBe(
      'not-ours',
    )
    world.fake.badges.delete(badge.id)
    const { id } = await issuanceOf(awardId)
    expect(
      await app.issuances.retryAll({ accountId: world.account.id, reach: 'everywhere' }, 'tester'),
    ).toBe(0)
    expect(await app.issuances.retryAll({ ids: [id], reach: 'everywhere' }, 'tester')).toBe(1)
    await world.tryOnce()
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'issued', external_state: 'pending' })
  })
})
