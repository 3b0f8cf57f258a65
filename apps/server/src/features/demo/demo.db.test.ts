import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/test-app.js'
import { simulateCampus, toMessage } from '../simulation/simulation.js'
import { campus } from './demo-campus.js'
import { firstDemoUserId } from './demo-ids.js'
import { demoTemplates } from './demo-templates.js'

let app: TestApp
let before: Record<string, unknown>
beforeAll(async () => {
  app = await createTestApp()
  before = await everything()
})
afterAll(() => app.drop())

describe('the demo', () => {
  it('is made once, however often it is asked for', async () => {
    expect(await app.demo.seed()).toBe(true)
    const first = await everything()
    expect(await app.demo.seed()).toBe(true)
    expect(await everything()).toEqual(first)
    expect(first['badge_template']).toHaveLength(demoTemplates.length)
    expect(first['learner']).toHaveLength(campus.learners)
  })

  it('awards every one of its badges from the events of its LMS', async () => {
    const days = simulateCampus({ ...campus, start: new Date('2026-01-05T08:00:00Z') })
    await app.bus.sink.publish(
      Array.from({ length: 75 }, () => toMessage(days.next().value, 'demo-topic')),
    )
    const source = app.bus.source({
      topic: 'demo-topic',
      consumerGroup: 'rosette',
      consumerName: 'rosette.test',
    })
    await source.open()
    for (const entry of await source.read()) await app.progress.handle([entry], 'rosette')
    await source.close()
    const { rows } = await sql<{ badges: number; people: number }>`
      select count(distinct template_id) as badges, min(lms_user_id) as people
      from award join learner on learner.id = learner_id`.execute(app.db)
    expect(rows[0]?.badges).toBe(demoTemplates.length)
    expect(rows[0]?.people).toBeGreaterThanOrEqual(firstDemoUserId)
  })

  it('signs its badges', async () => {
    const { rows } = await sql<{ id: string }>`select id from award`.execute(app.db)
    const attempt = { number: 1, isLast: false }
    for (const { id } of rows) await app.issuances.issue({ awardId: id }, attempt)
    const signed = await app.db.selectFrom('credential').select('award_id').execute()
    expect(signed.length).toBeGreaterThan(0)
  })

  it('goes without a trace, apart from the note that it was sent away', async () => {
    const removed = await app.demo.remove()
    expect(removed).toMatchObject({ templates: demoTemplates.length, learners: campus.learners })
    expect(removed.awards).toBeGreaterThan(0)
    expect(removed.events).toBeGreaterThanOrEqual(75)
    const after = await everything()
    expect(after).toEqual({ ...before, audit_log: after['audit_log'] })
    expect(after['audit_log']).toHaveLength(1)
  })

  it('can be removed again without harm', async () => {
    expect(await app.demo.remove()).toEqual({ templates: 0, learners: 0, awards: 0, events: 0 })
  })

  it('does not come back once it was removed', async () => {
    expect(await app.demo.seed()).toBe(false)
  })
})

describe('an installation with an organization of its own', () => {
  it('is left alone', async () => {
    await sql`delete from audit_log`.execute(app.db)
    await app.db.insertInto('organization').values({ slug: 'own', name: 'Our own' }).execute()
    expect(await app.demo.seed()).toBe(false)
  })
})

/** Every row of every table but the version counter of the rules. */
async function everything(): Promise<Record<string, unknown>> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname not in ('rule_version', 'migration')
    order by 1`.execute(app.db)
  const tables: Record<string, unknown> = {}
  for (const { name } of rows) {
    const { rows: content } = await sql`select * from ${sql.table(name)}`.execute(app.db)
    tables[name] = content
  }
  return tables
}
