import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aSignedIn } from '../../testing/person.js'
import { aGrade, passingType } from '../../testing/sample-events.js'
import { anActiveTemplate } from '../../testing/sample-templates.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

const email = 'lea@university.example'
const course = (name: string) => `course-v1:Sea+${name}+1`
const passes = (name: string) => ({
  eventType: passingType,
  dataRules: [
    { keyPath: 'is_passing', operator: 'eq', value: 'true' },
    { keyPath: 'course.course_key', operator: 'eq', value: course(name) },
  ],
})
const awardedType = 'org.openedx.learning.badge.awarded.v1'

let app: TestApp
let server: ReturnType<TestApp['createServer']>
let lea: Awaited<ReturnType<typeof aSignedIn>>
let held: string
let half: string
let third: string
beforeAll(async () => {
  app = await createTestApp()
  server = app.createServer()
  await server.ready()
  lea = await aSignedIn(app, server, { email })
  const values = { email_proven_at: new Date().toISOString() }
  await app.db.updateTable('app_user').set(values).where('id', '=', lea.user.id).execute()

  held = await anActiveTemplate(app.db, { name: 'Knots', requirements: [passes('knots')] })
  half = await anActiveTemplate(app.db, {
    name: 'Sailor',
    requirements: [
      { ...passes('knots'), group: 'A' },
      { ...passes('winds'), group: 'B' },
      { ...passes('tides'), group: 'B', description: 'Knows when the tide turns.' },
    ],
  })
  third = await anActiveTemplate(app.db, {
    name: 'Captain',
    requirements: [
      { ...passes('knots'), group: 'A' },
      {
        group: 'B',
        eventType: awardedType,
        dataRules: [{ keyPath: 'template.uuid', operator: 'eq', value: half }],
      },
      { ...passes('night'), group: 'C' },
    ],
  })
  await anActiveTemplate(app.db, { name: 'Of nobody', requirements: [passes('mountains')] })
  const events = ['knots', 'others'].map((name) =>
    aGrade({ learner: 7, email, course: course(name) }),
  )
  await app.progress.handle([...events, aGrade({ learner: 8, course: course('winds') })], 'rosette')
})
afterAll(async () => {
  await server.close()
  await app.drop()
})

async function aPathway(name: string, isPublic: boolean, ids: readonly string[]) {
  const { organization_id } = await app.db
    .selectFrom('badge_template')
    .select('organization_id')
    .where('id', '=', held)
    .executeTakeFirstOrThrow()
  const { id } = await app.db
    .insertInto('pathway')
    .values({ organization_id, name, description: '', is_public: isPublic })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const [position, template_id] of ids.entries()) {
    const row = { pathway_id: id, template_id, position, is_milestone: false }
    await app.db.insertInto('pathway_badge').values(row).execute()
  }
  return id
}

describe('what a learner is on the way to', () => {
  it('is listed nearest first, with the next step in words, and not what they hold', async () => {
    const { body } = await lea.get('backpack/progress')
    expect(body.items).toMatchObject([
      {
        template: { id: half, name: 'Sailor' },
        fulfilledGroups: 1,
        allGroups: 2,
        nextStep: `Pass ${course('winds')} or knows when the tide turns`,
      },
      { template: { id: third }, fulfilledGroups: 1, allGroups: 3, nextStep: 'Earn Sailor' },
    ])
    expect(JSON.stringify(body)).not.toContain(email)
    expect((await lea.get('backpack')).body).toMatchObject({ earned: 1, onTheWay: 2 })
  })

  it('is on no list of badges that are not offered any more', async () => {
    await app.db
      .updateTable('badge_template')
      .set({ state: 'archived' })
      .where('id', '=', third)
      .execute()
    expect((await lea.get('backpack/progress')).body.items).toHaveLength(1)
    await app.db
      .updateTable('badge_template')
      .set({ state: 'active' })
      .where('id', '=', third)
      .execute()
  })

  it('is nothing for somebody else', async () => {
    const other = await aSignedIn(app, server)
    expect((await other.get('backpack/progress')).body.items).toEqual([])
    expect((await other.get('backpack/pathways')).body.items).toEqual([])
  })

  it('stands on the published maps where the learner has got somewhere', async () => {
    const id = await aPathway('At sea', true, [held, half, third])
    await aPathway('A draft', false, [held, half])
    const { body } = await lea.get('backpack/pathways')
    expect(body.items).toMatchObject([
      {
        id,
        name: 'At sea',
        badges: [
          { templateId: held, standing: 'held', ratio: 1 },
          { templateId: half, standing: 'on-the-way', ratio: 0.5 },
          { templateId: third, standing: 'on-the-way' },
        ],
        links: [{ from: half, to: third }],
      },
    ])
  })
})
