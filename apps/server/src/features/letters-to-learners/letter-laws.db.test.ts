import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type MailWorld, openMailWorld } from '../../testing/mail-world.js'
import { runTask } from '../../testing/run-task.js'
import { aBadge, anAward } from '../../testing/sample-awards.js'

let world: MailWorld
let templateIds: readonly string[]
beforeAll(async () => {
  world = await openMailWorld()
  const badges = [1, 2, 3, 4].map((n) => aBadge(world.app, { name: `Badge number ${n}.` }))
  templateIds = (await Promise.all(badges)).map(({ templateId }) => templateId)
})
afterAll(() => world.close())

const today = '2026-05-01T07:00:00.000000Z'
const badge = fc.integer({ min: 0, max: 3 })
const step = fc.oneof(
  badge.map((n) => ({ does: 'grant' as const, n })),
  badge.map((n) => ({ does: 'issue' as const, n })),
  badge.map((n) => ({ does: 'revoke' as const, n })),
  fc.integer({ min: 1, max: 400 }).map((seconds) => ({ does: 'wait' as const, seconds })),
  fc.constant({ does: 'mail' as const }),
  fc.constant({ does: 'mail-twice' as const }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** Awards of one learner, who is another one in each run. */
function aLife() {
  const email = `${randomUUID()}@learners.example`
  const learner = { username: randomUUID(), email, name: 'Ada' }
  const awards = new Map<number, string>()
  const { db } = world.app

  async function grant(n: number): Promise<void> {
    if (awards.has(n)) return
    const templateId = templateIds[n] ?? ''
    // Each of these comes with a learner of its own, and is given to the one learner then.
    const own = awards.size === 0 ? learner : { ...learner, username: randomUUID() }
    const id = await anAward(world.app, { templateId, learner: own, awardedAt: today })
    await sql`update award set learner_id = (select id from learner
      where username = ${learner.username}) where id = ${id}::uuid`.execute(db)
    awards.set(n, id)
  }

  async function carryOut(one: Step): Promise<void> {
    if (one.does === 'wait') return world.advance(one.seconds * 1000)
    if (one.does === 'mail') return await runTask(world.app, 'mail-new-badges')
    if (one.does === 'mail-twice') {
      const both = [1, 2].map(() => runTask(world.app, 'mail-new-badges'))
      await Promise.all(both)
      return
    }
    if (one.does === 'grant') return await grant(one.n)
    const awardId = awards.get(one.n)
    if (awardId === undefined) return
    if (one.does === 'issue') {
      await world.app.issuances.issue({ awardId }, { number: 1, isLast: false })
      return
    }
    await sql`update award set status = 'revoked', revoked_at = ${today}
      where id = ${awardId}::uuid`.execute(db)
  }

  const toldOf = (n: number) =>
    world.mails.filter(
      ({ to, text }) => to.includes(email) && text.includes(`Badge number ${n + 1}.`),
    ).length
  const standing = async () => {
    const { rows } = await sql<{ id: string }>`
      select a.id from award a join issuance i on i.award_id = a.id and i.state = 'issued'
      where a.status = 'awarded' and a.id = any(${[...awards.values()]}::uuid[])`.execute(db)
    return new Set(rows.map(({ id }) => id))
  }
  return { carryOut, awards, toldOf, standing }
}

it('tells of each badge that stands exactly once, whatever comes in which order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
      world.reset()
      const life = aLife()
      for (const one of steps) await life.carryOut(one)
      world.advance(11 * 60_000)
      await runTask(world.app, 'mail-new-badges')
      const standing = await life.standing()
      for (const [n, id] of life.awards) {
        if (standing.has(id)) expect(life.toldOf(n)).toBe(1)
        else expect(life.toldOf(n)).toBeLessThanOrEqual(1)
      }
    }),
    { numRuns: 40 },
  )
}, 120_000)
