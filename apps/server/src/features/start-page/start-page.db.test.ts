import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HttpServer } from '../../http/http-server.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let server: HttpServer
beforeAll(async () => {
  app = await createTestApp()
  server = app.createServer()
  await server.ready()
})
afterAll(async () => {
  await server.close()
  await app.drop()
})

/** The page keeps what it has read for a second; a server of its own has read nothing yet. */
async function freshPage(of: TestApp = app): Promise<string> {
  const fresh = of.createServer()
  const { statusCode, headers, payload } = await fresh.inject('/')
  await fresh.close()
  expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
  return payload
}

const awardValues = {
  source: 'rules' as const,
  awarded_at: '2026-03-12T08:30:00Z',
  cause: '{}',
  expires_at: null,
  revoked_at: null,
  revoked_by: null,
  revocation_reason: null,
  revocation_cause: null,
  narrative: null,
}

describe('the start page', () => {
  it('tells an empty installation what to do first', async () => {
    expect(await freshPage()).toContain('There are no badges yet.')
  })

  it('does not move while nothing moves', async () => {
    const { headers } = await server.inject('/')
    expect(headers['refresh']).toBeUndefined()
  })

  it('may load nothing and run nothing', async () => {
    const { headers, payload } = await server.inject('/')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(payload).not.toMatch(/<script|style="|\son\w+="/)
  })

  it('says when badges are off', async () => {
    expect((await freshPage()).includes('BADGES_ENABLED')).toBe(false)
    const off = await createTestApp({ BADGES_ENABLED: 'false' })
    expect(await freshPage(off)).toContain('BADGES_ENABLED is false')
    await off.drop()
  })
})

describe('the start page with the demo', () => {
  beforeAll(async () => {
    await app.demo.seed()
  })

  it('lists the badges with what they lead to', async () => {
    const text = await freshPage()
    for (const name of [
      'Statistics Foundations',
      'Curious Mind',
      'Data Analyst',
      'Riverbend Data Scholar',
    ]) {
      expect(text).toContain(name)
    }
    expect(text.match(/href="\/public\/badges\//g)).toHaveLength(4)
    expect(text).toContain('npx rosette remove-demo')
  })

  it('names invented learners and nobody else', async () => {
    const template = await app.db
      .selectFrom('badge_template')
      .select('id')
      .where('name', '=', 'Curious Mind')
      .executeTakeFirstOrThrow()
    const invented = await app.db
      .selectFrom('learner')
      .select('id')
      .where('name', '=', 'Chen Wei')
      .executeTakeFirstOrThrow()
    const real = await app.db
      .insertInto('learner')
      .values({ username: 'real', name: 'Really Somebody', lms_user_id: 7 })
      .returning('id')
      .executeTakeFirstOrThrow()
    const requirement = await app.db
      .selectFrom('requirement')
      .select('id')
      .where('template_id', '=', template.id)
      .executeTakeFirstOrThrow()
    for (const { id } of [invented, real]) {
      await app.db
        .insertInto('award')
        .values({ ...awardValues, id: randomUUID(), template_id: template.id, learner_id: id })
        .execute()
      await app.db
        .insertInto('mark')
        .values({
          learner_id: id,
          requirement_id: requirement.id,
          instance: '*',
          key: '=x',
          first_at: '2026-03-12T08:30:00Z',
          first_event: randomUUID(),
          last_at: '2026-03-12T08:30:00Z',
          last_event: randomUUID(),
          reset_at: null,
          reset_event: null,
        })
        .execute()
    }
    const text = await freshPage()
    expect(text).toContain('to Chen Wei')
    expect(text).toContain('earned 2 times')
    expect(text.includes('Really Somebody')).toBe(false)
  })
})
