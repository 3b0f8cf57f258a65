import { randomUUID } from 'node:crypto'
import { ProviderError } from '@rosette/providers'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '../../db/database.js'
import { log } from '../../telemetry/log.js'
import { createIssuingWorld } from '../../testing/issuing-world.js'
import { takeBack } from '../../testing/sample-awards.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'
import { attempt } from './attempt.js'
import { claimNext, findTaken, keepAddress } from './claim-repository.js'
import { probeAccount, tryNext } from './try-issuance.js'

log.level = 'silent'
let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.drop())

const failures = {
  unreachable: () => new ProviderError('away', { kind: 'unreachable' }),
  unanswered: () => new ProviderError('silent', { kind: 'unanswered' }),
  limited: () => new ProviderError('slow', { kind: 'rate-limited', retryAfterMs: 20_000 }),
  unauthorized: () => new ProviderError('key', { kind: 'unauthorized' }),
}
const learners = 2
const learner = fc.integer({ min: 0, max: learners - 1 })
const failure = fc.constantFrom(
  'none',
  'unreachable',
  'unanswered',
  'limited',
  'unauthorized',
  'lost',
)

/** What may happen, in any order. */
const step = fc.oneof(
  fc.record({ do: fc.constant('award' as const), learner }),
  fc.record({ do: fc.constant('revoke' as const), learner }),
  fc.record({ do: fc.constant('end there' as const), learner }),
  fc.record({ do: fc.constant('move' as const), learner }),
  fc.record({
    do: fc.constantFrom('try' as const, 'kill' as const, 'race' as const),
    // Of the first, second, third call of the try.
    calls: fc.array(failure, { maxLength: 3 }),
  }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1000, 21_000, 61_000) }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

async function createWorld(kind: 'credly' | 'accredible', allowsDuplicates: boolean) {
  const world = await createIssuingWorld(
    app,
    kind === 'credly'
      ? // Credly keeps no id of ours, so lost answers are found by their time.
        { kind, capabilities: { ownId: false } }
      : { kind, capabilities: { revocation: 'expire', reissue: 'renew', needsAcceptance: false } },
  )
  world.fake.addTemplate({ id: world.externalTemplateId, allowsDuplicates })
  const people = await Promise.all(
    Array.from({ length: learners }, async () => {
      const email = `${randomUUID()}@learners.example`
      const { id } = await app.db
        .insertInto('learner')
        .values({ username: email, email, name: 'Ada Lovelace', lms_user_id: null })
        .returning('id')
        .executeTakeFirstOrThrow()
      return { id, emails: [email], award: undefined as string | undefined, awards: 0 }
    }),
  )
  return { ...world, people, now: world.deps.now }
}
type Person = World['people'][number] | undefined
type World = Awaited<ReturnType<typeof createWorld>>

async function grant(world: World, person: World['people'][number]): Promise<void> {
  if (person.award !== undefined) return
  const id = randomUUID()
  person.award = id
  person.awards += 1
  // Seconds apart, as awards of one badge to one person are.
  const awardedAt = new Date(Date.UTC(2026, 2, 12, 8, 30, person.awards)).toISOString()
  await inTransaction(app.db, async (tx) => {
    await sql`insert into award (id, template_id, learner_id, source, awarded_at, cause)
      values (${id}, ${world.templateId}, ${person.id}, 'hand', ${awardedAt}, '{}')`.execute(tx)
    await app.consequences.granted(tx, [id])
    await sql`update issuance set next_try_at = ${world.now().toISOString()} where award_id = ${id}`.execute(
      tx,
    )
  })
}

async function run(world: World, step: Step): Promise<void> {
  const { fake, account, deps } = world
  if (step.do === 'wait') return world.advance(step.ms)
  if (step.do === 'award' || step.do === 'revoke') {
    const person = world.people[step.learner]
    if (person === undefined) return
    if (step.do === 'award') return await grant(world, person)
    if (person.award === undefined) return
    await takeBack(app, person.award, null)
    person.award = undefined
    return
  }
  if (step.do === 'end there') return await endThere(world, world.people[step.learner])
  if (step.do === 'move') return await move(world.people[step.learner])
  fake.plan(step.calls.map(toPlan))
  if (step.do === 'try') await tryNext(deps, account.id)
  if (step.do === 'race') await Promise.all([1, 2].map(() => tryNext(deps, account.id)))
  if (step.do === 'kill') await dieTrying(world)
  fake.plan([])
}

/** Somebody ends the badge at the provider; a person here has it issued anew. */
async function endThere({ fake, account }: World, person: Person): Promise<void> {
  if (person?.award === undefined) return
  for (const badge of fake.badges.values()) {
    if (badge.standing !== 'live' || !person.emails.includes(badge.email)) continue
    const ended = fake.put({ ...badge, standing: 'ended', state: 'revoked' })
    await app.issuances.observe(account.id, badge.id, { badge: ended, source: 'Announced' })
  }
  const issuances = app.db.selectFrom('issuance').select('id').where('award_id', '=', person.award)
  const { id } = await issuances.executeTakeFirstOrThrow()
  await app.issuances.retryAll({ ids: [id], reach: 'everywhere' }, 'tester')
}

async function move(person: Person): Promise<void> {
  if (person === undefined) return
  const email = `${randomUUID()}@learners.example`
  person.emails.push(email)
  await app.db.updateTable('learner').set({ email }).where('id', '=', person.id).execute()
}

function toPlan(name: Step extends { calls: (infer C)[] } ? C : string) {
  if (name === 'none') return null
  if (name === 'lost') return { error: failures.unanswered(), after: true }
  const [, make] = Object.entries(failures).find(([known]) => known === name) ?? []
  return make === undefined ? null : { error: make(), after: false }
}

/** Everything up to the moment before it is written down. */
async function dieTrying({ fake, account, deps, now }: World): Promise<void> {
  const at = now().toISOString()
  const until = new Date(now().getTime() + 60_000).toISOString()
  const claim = await claimNext(app.db, account.id, { claim: randomUUID(), at, until })
  if (claim === undefined) return
  const signal = new AbortController().signal
  const findOthers = (ids: readonly string[]) => findTaken(deps.db, claim, ids)
  await attempt(claim, {
    provider: fake.provider,
    findTaken: findOthers,
    keepAddress: () => keepAddress(app.db, claim),
    signal,
  }).catch(() => {})
}

/** Lets time pass and everything work until nothing is left to do. */
async function settle(world: World): Promise<void> {
  const { account, deps } = world
  for (let quiet = 0; quiet < 3; ) {
    world.advance(3_700_000)
    await probeAccount(deps, account.id)
    quiet += 1
    while ((await tryNext(deps, account.id)).is !== 'none') quiet = 0
  }
}

describe.each([
  ['credly', false],
  // Nothing but our own care keeps a badge from being made twice here.
  ['credly', true],
  ['accredible', false],
  ['accredible', true],
] as const)('badges issued through %s, duplicates allowed: %s', (kind, allowsDuplicates) => {
  it('are there once for who holds the award and not for others, whatever happened', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 25 }), async (steps) => {
        const world = await createWorld(kind, allowsDuplicates)
        for (const one of steps) await run(world, one)
        await settle(world)
        for (const { emails, award } of world.people) {
          const live = [...world.fake.badges.values()].filter(
            (badge) => emails.includes(badge.email) && badge.standing === 'live',
          )
          expect(live).toHaveLength(award === undefined ? 0 : 1)
        }
        const states = await app.db
          .selectFrom('issuance')
          .innerJoin('award', 'award.id', 'issuance.award_id')
          .select(['issuance.state', 'award.status', 'issuance.last_error'])
          .where('account_id', '=', world.account.id)
          .execute()
        for (const { state, status } of states) {
          expect(state).toBe(status === 'awarded' ? 'issued' : 'revoked')
        }
      }),
      { numRuns: 60 },
    )
  })
})
