import { randomBytes, randomUUID } from 'node:crypto'
import {
  accredibleSimulatorKey,
  createAccredibleSimulator,
  createCredlySimulator,
} from '@rosette/providers'
import { createTestDatabase, type RedisServer, redisAvailable, startRedis } from '@rosette/testkit'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { grade } from '../proofs/shared/grades.js'
import { startServer } from '../proofs/shared/server-process.js'
import { createApi } from './call-api.js'
import { rosette } from './run-cli.js'

const organizationId = 'e4a3f8f2-1f5e-4e55-9a0e-1f1d3c5b7a90'
const key = 'key-of-the-simulated-organization'
const templateId = '1c0f5a39-3b1a-4c6f-8a3e-7d0a2b9c4e11'
const secondTemplateId = '2c0f5a39-3b1a-4c6f-8a3e-7d0a2b9c4e12'
const course = 'course-v1:Proof+Way+2026'
const stream = 'learning-badges-lifecycle'

describe.skipIf(!redisAvailable())('from an event on Redis to a badge at Credly and back', () => {
  const credly = createCredlySimulator({ seed: 11 })
  const accredible = createAccredibleSimulator({ seed: 12 })
  const token = `token_${randomBytes(16).toString('hex')}`
  let redisServer: RedisServer
  let redis: Redis
  let database: { readonly url: string; drop(): Promise<void> }
  let env: Record<string, string>
  let server: ReturnType<typeof startServer>

  beforeAll(async () => {
    redisServer = await startRedis()
    redis = new Redis(redisServer.url)
    database = await createTestDatabase(async () => {})
    const credlyUrl = await credly.listen()
    const accredibleUrl = await accredible.listen()
    env = {
      DATABASE_URL: database.url,
      ROSETTE_ADMIN_TOKEN: token,
      ROSETTE_MASTER_KEY: randomBytes(32).toString('base64'),
      EVENT_BUS_REDIS_CONNECTION_URL: redisServer.url,
      // Exactly the members of the Open edX setting.
      BADGES_CONFIG: JSON.stringify({
        credly: {
          CREDLY_BASE_URL: 'https://credly.com/',
          CREDLY_API_BASE_URL: 'https://api.credly.com/v1/',
          CREDLY_SANDBOX_BASE_URL: `${credlyUrl}/`,
          CREDLY_SANDBOX_API_BASE_URL: `${credlyUrl}/v1/`,
          USE_SANDBOX: true,
          ORGANIZATIONS: { [organizationId]: key },
        },
        accredible: { ACCREDIBLE_API_BASE_URL: `${accredibleUrl}/v1/` },
      }),
    }
    server = startServer(env)
    await server.start()
    await server.ready()
    const template = { organizationId, description: 'For passing the way.' }
    credly.seed({
      organizations: [
        {
          id: organizationId,
          name: 'Way University',
          webhookUrl: `${server.url()}/badges/credly/webhook/`,
        },
      ],
      tokens: [{ organizationId, token: key }],
      templates: [
        { id: templateId, name: 'The way', ...template },
        { id: secondTemplateId, name: 'Soon gone', ...template },
      ],
    })
  })
  afterAll(async () => {
    await server.stop()
    await credly.close()
    await accredible.close()
    redis.disconnect()
    await redisServer.stop()
    await database.drop()
  })

  const { call, api } = createApi(() => server, token)

  async function eventually<T>(read: () => Promise<T | undefined>): Promise<T> {
    for (;;) {
      const value = await read().catch(() => undefined)
      if (value !== undefined) return value
      server.assertRunning()
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  let written = 0
  async function passes(learner: number, name: string, passing = true): Promise<void> {
    written += 1
    const { metadata, value } = grade({ number: written, learner, course, passing, name })
    const header = ['type', metadata.eventType, 'id', metadata.id, 'source', 'openedx/lms/web']
    const time = ['time', new Date(Date.UTC(2026, 2, 12, 8, 30, written)).toISOString()]
    const rest = ['minorversion', '0', 'sourcehost', 'lms', 'sourcelib', '11.2.0']
    const data = value ?? Buffer.alloc(0)
    await redis.xadd(stream, '*', ...header, ...time, ...rest, 'event_data', Buffer.from(data))
  }

  const issuancesOf = async (account: string, query = '') =>
    (await api('GET', `/issuances?accountId=${account}${query}`)).items

  it('takes the account from the settings, its templates by the command, and issues, accepts and revokes', async () => {
    const [account] = (await api('GET', '/provider-accounts?provider=credly')).items
    expect(account).toMatchObject({ externalId: organizationId, keyKind: 'settings' })
    const sync = [
      'sync-organization-badge-templates',
      '--organization-id',
      organizationId,
      '--json',
    ]
    const synced = await rosette(sync, { env })
    expect(synced.code).toBe(0)
    const { items } = await api('GET', `/provider-templates?accountId=${account.id}`)
    const there = items.find((one: { externalId: string }) => one.externalId === templateId)
    const [badge] = there.badgeTemplates
    expect(badge).toMatchObject({ name: 'The way', state: 'draft' })
    const rule = (value: string) => ({
      eventType: 'org.openedx.learning.course.passing.status.updated.v1',
      dataRules: [
        { keyPath: 'is_passing', operator: 'eq', value },
        { keyPath: 'course.course_key', operator: 'eq', value: course },
      ],
    })
    await api('PUT', `/badge-templates/${badge.id}/rules`, {
      requirements: [{ id: 'pass', ...rule('true') }],
      penalties: [{ ...rule('false'), requirements: ['pass'] }],
    })
    await api('POST', `/badge-templates/${badge.id}/activation`)

    await passes(7, 'Ludwig van Beethoven')
    const issued = await eventually(async () => (await issuancesOf(account.id, '&state=issued'))[0])
    const [made, ...more] = credly.badges()
    expect(more).toEqual([])
    expect(made).toMatchObject({
      templateId,
      email: 'learner7@example.org',
      firstName: 'Ludwig',
      lastName: 'van Beethoven',
      state: 'pending',
    })
    expect(made?.issuedAt.toISOString()).toBe('2026-03-12T08:30:01.000Z')
    expect(issued).toMatchObject({ externalId: made?.id, externalState: 'pending' })

    credly.acceptBadge(made?.id ?? '')
    await credly.settleWebhooks()
    await eventually(async () => {
      const now = await api('GET', `/issuances/${issued.id}`)
      return now.externalState === 'accepted' ? now : undefined
    })

    // Loses the badge, and earns it again: taken back there, and issued anew.
    await passes(7, 'Ludwig van Beethoven', false)
    await eventually(async () => (await issuancesOf(account.id, '&state=revoked'))[0])
    expect(credly.badges().map(({ state }) => state)).toEqual(['revoked'])
    await passes(7, 'Ludwig van Beethoven')
    await eventually(async () => (await issuancesOf(account.id, '&state=issued'))[0])
    expect(credly.badges().map(({ state }) => state)).toEqual(['revoked', 'pending'])

    // A name is missing: it waits for a person, and says so.
    await passes(8, '')
    const [nameless] = await eventually(async () => {
      const stopped = await issuancesOf(account.id, '&state=stopped')
      return stopped.length > 0 ? stopped : undefined
    })
    expect(nameless).toMatchObject({ reason: 'no-name' })
    expect(nameless.remedy).toContain('retried by itself')

    // Archived there: announced, believed after reading it, deactivated here with its rules.
    credly.archiveTemplate(templateId)
    await credly.settleWebhooks()
    const archived = await eventually(async () => {
      const now = await api('GET', `/badge-templates/${badge.id}`)
      return now.state === 'archived' ? now : undefined
    })
    expect(archived.requirements).toHaveLength(1)
    const notices = await api('GET', '/notices?open=true')
    expect(notices.items.map((one: { kind: string }) => one.kind)).toContain('template-vanished')
  }, 120_000)

  it('refuses a wrong key, an organization that is not there, and keeps nothing of them', async () => {
    const [{ id: organization }] = (await api('GET', '/organizations')).items
    const before = (await api('GET', '/provider-accounts')).items.length
    const apiBaseUrl = JSON.parse(env['BADGES_CONFIG'] ?? '').credly.CREDLY_SANDBOX_API_BASE_URL
    const account = { organizationId: organization, provider: 'credly', name: 'X', apiBaseUrl }
    const wrongKey = await call('POST', '/provider-accounts', {
      ...account,
      externalId: randomUUID(),
      credentials: { kind: 'token', token: 'nobody-knows-this-key' },
    })
    expect(wrongKey).toMatchObject({ status: 422, json: { code: 'provider-refused' } })
    const foreign = await call('POST', '/provider-accounts', {
      ...account,
      externalId: randomUUID(),
      credentials: { kind: 'token', token: key },
    })
    expect(foreign).toMatchObject({ status: 422, json: { code: 'provider-refused' } })
    const nowhere = await call('POST', '/provider-accounts', {
      ...account,
      apiBaseUrl: 'http://localhost:1/v1/',
      externalId: randomUUID(),
      credentials: { kind: 'token', token: key },
    })
    expect(nowhere).toMatchObject({ status: 502, json: { code: 'provider-unreachable' } })
    expect((await api('GET', '/provider-accounts')).items).toHaveLength(before)
  }, 60_000)

  it('refuses announcements that are malformed, foreign or invented', async () => {
    const post = async (body: string) =>
      (
        await fetch(`${server.url()}/badges/credly/webhook/`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        })
      ).status
    const event = { id: randomUUID(), organization_id: organizationId, event_type: 'badge.deleted' }
    expect(await post('{')).toBe(400)
    expect(await post('{}')).toBe(400)
    expect(await post(JSON.stringify({ ...event, organization_id: randomUUID() }))).toBe(404)
    const [{ id: account }] = (await api('GET', '/provider-accounts?provider=credly')).items
    const before = await issuancesOf(account)
    expect(await post(JSON.stringify(event))).toBe(200)
    // Credly does not know it, and may yet: it is asked again, and nothing is believed meanwhile.
    const isAsked = (one: { url: string }) => one.url.includes(event.id)
    await eventually(async () => (credly.requests.some(isAsked) ? true : undefined))
    const { items } = await api('GET', `/provider-events?accountId=${account}&state=waiting`)
    expect(items).toMatchObject([{ externalId: event.id, claimedType: 'badge.deleted' }])
    expect(await issuancesOf(account)).toEqual(before)
  }, 60_000)

  it('issues through Accredible with the default limits, and sets an end when it is revoked', async () => {
    const [{ id: organization }] = (await api('GET', '/organizations')).items
    const account = await api('POST', '/provider-accounts', {
      organizationId: organization,
      provider: 'accredible',
      name: 'Accredible of the university',
      credentials: { kind: 'token', token: accredibleSimulatorKey },
    })
    const synced = await rosette(
      ['sync-accredible-groups', '--api-config-id', String(account.number)],
      { env },
    )
    expect(synced.code).toBe(0)
    const { items } = await api('GET', `/provider-templates?accountId=${account.id}&limit=100`)
    expect(items.length).toBeGreaterThanOrEqual(60)
    const [badge] = items[0].badgeTemplates
    await api('PUT', `/badge-templates/${badge.id}/rules`, {
      requirements: [
        {
          id: 'pass',
          eventType: 'org.openedx.learning.course.passing.status.updated.v1',
          dataRules: [{ keyPath: 'is_passing', operator: 'eq', value: 'true' }],
        },
      ],
    })
    await api('POST', `/badge-templates/${badge.id}/activation`)
    await passes(9, 'Suharto')
    const issued = await eventually(async () => (await issuancesOf(account.id, '&state=issued'))[0])
    expect(accredible.credentials()).toMatchObject([
      {
        email: 'learner9@example.org',
        name: 'Suharto',
        state: 'published',
        issuedOn: '2026-03-12',
      },
    ])
    await api('POST', `/awards/${issued.awardId}/revocation`, { reason: 'A mistake' })
    const revoked = await eventually(
      async () => (await issuancesOf(account.id, '&state=revoked'))[0],
    )
    expect(revoked).toMatchObject({ revocationEffect: 'expire' })
    expect(accredible.credentials()).toMatchObject([{ state: 'expired' }])
  }, 120_000)
})
