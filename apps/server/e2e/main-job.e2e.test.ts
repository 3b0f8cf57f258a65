import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { verifyCredential } from '@rosette/open-badges'
import { decodeEvent, signalOf } from '@rosette/openedx-events'
import { createTestDatabase, type RedisServer, redisAvailable, startRedis } from '@rosette/testkit'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer } from '../proofs/shared/server-process.js'
import { createApi } from './call-api.js'

const shared = new URL(
  process.env['ROSETTE_SHARED_DATA'] ?? '../../../../shared/data/',
  import.meta.url,
)
const vectorsFile = new URL('openedx/vectors/avro_vectors.json', shared)
const missing = existsSync(vectorsFile) ? '' : ' (skipped: the shared data folder is missing)'
const passing = 'org.openedx.learning.course.passing.status.updated.v1'
const course = 'course-v1:OpenedX+DemoX+Demo_Course'
const stream = 'dev-learning-badges-lifecycle'

type Vector = { readonly name: string; readonly hex: string }

describe.skipIf(missing !== '' || !redisAvailable())(
  `from the bytes of an Open edX site to a badge that a stranger verifies${missing}`,
  () => {
    let redisServer: RedisServer
    let redis: Redis
    let server: ReturnType<typeof startServer>
    let database: { readonly url: string; drop(): Promise<void> }
    const token = `token_${randomBytes(16).toString('hex')}`

    beforeAll(async () => {
      redisServer = await startRedis()
      redis = new Redis(redisServer.url)
      database = await createTestDatabase(async () => {})
      server = startServer({
        DATABASE_URL: database.url,
        ROSETTE_ADMIN_TOKEN: token,
        EVENT_BUS_REDIS_CONNECTION_URL: redisServer.url,
        EVENT_BUS_TOPIC_PREFIX: 'dev',
      })
      await server.start()
      await server.ready()
    })
    afterAll(async () => {
      await server.stop()
      redis.disconnect()
      await redisServer.stop()
      await database.drop()
    })

    const { api } = createApi(() => server, token)

    async function aBadge(name: string, rules: Record<string, unknown>): Promise<string> {
      const slug = name.toLowerCase().replaceAll(' ', '-')
      const organization = await api('POST', '/organizations', { slug, name })
      const issuer = await api('POST', '/issuers', {
        organizationId: organization.id,
        name,
        url: 'https://university.example',
      })
      const template = await api('POST', '/badge-templates', {
        organizationId: organization.id,
        issuerId: issuer.id,
        name,
        description: 'Earned by passing the demonstration course.',
        criteria: 'Pass **Demo Course**.',
      })
      await api('PUT', `/badge-templates/${template.id}/rules`, rules)
      await api('POST', `/badge-templates/${template.id}/activation`)
      return template.id
    }

    function bytesOf(name: string): Buffer {
      const vectors: Vector[] = JSON.parse(readFileSync(vectorsFile, 'utf8'))
      return Buffer.from(vectors.find((v) => v.name === name)?.hex ?? '', 'hex')
    }

    // Exactly the fields, in the order, that the Open edX producer writes.
    async function write(id: string, time: string, data: Buffer): Promise<void> {
      const header = ['type', passing, 'id', id, 'source', 'openedx/lms/web', 'time', time]
      const rest = ['minorversion', '0', 'sourcehost', 'lms', 'sourcelib', '11.2.0']
      await redis.xadd(stream, 'MAXLEN', '~', 10_000, '*', ...header, ...rest, 'event_data', data)
    }

    async function eventually<T>(read: () => Promise<T | undefined>): Promise<T> {
      for (;;) {
        const value = await read().catch(() => undefined)
        if (value !== undefined) return value
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }

    it('awards, signs, shows, verifies and announces, once for ten deliveries', async () => {
      const template = await aBadge('Demo Badge', {
        requirements: [
          {
            id: 'pass',
            eventType: passing,
            dataRules: [
              { keyPath: 'is_passing', operator: 'eq', value: 'true' },
              { keyPath: 'course.course_key', operator: 'eq', value: course },
            ],
          },
        ],
      })
      for (let i = 0; i < 10; i++) {
        await write(
          '6f6d2a42-8f9d-11ef-8a4c-0242ac120002',
          '2026-03-12T08:30:00.200267+00:00',
          bytesOf('passing_true_min'),
        )
      }
      const credential = await eventually(async () => {
        const { items } = await api('GET', `/awards?templateId=${template}`)
        const [award] = items
        const answer = await fetch(`${server.url()}/credentials/${award.id}`)
        return answer.status === 200 ? { award, text: await answer.text() } : undefined
      })
      const { items } = await api('GET', `/awards?templateId=${template}`)
      expect(items).toHaveLength(1)

      const page = await fetch(`${server.url()}/public/assertions/${credential.award.id}`, {
        headers: { accept: 'text/html' },
      })
      const html = await page.text()
      expect(page.status).toBe(200)
      expect(html).toContain('Demo Badge')
      expect(html).not.toContain('alice@example.com')
      expect(credential.text).not.toContain('alice')

      const documents = async (url: string) => (await fetch(url)).json()
      const report = await verifyCredential(credential.text, {
        documents,
        now: new Date(),
        recipient: 'alice@example.com',
      })
      expect(report.checks.filter((c) => c.outcome === 'failed')).toEqual([])
      expect(report.verdict).toBe('valid')

      const signal = await eventually(async () => {
        const entries = await redis.xrangeBuffer(stream, '-', '+')
        return entries.find(([, fields]) => fields[1]?.toString().includes('badge.awarded'))
      })
      const fields = signal[1]
      const names = fields.filter((_, i) => i % 2 === 0).map(String)
      expect(names).toEqual(
        'type id source time minorversion sourcehost sourcelib event_data'.split(' '),
      )
      const awarded = signalOf('org.openedx.learning.badge.awarded.v1')
      if (awarded === undefined) throw new Error('no such signal')
      expect(decodeEvent(awarded, fields[15] ?? Buffer.alloc(0))).toMatchObject({
        badge: {
          user: { id: 42, pii: { username: 'alice' } },
          template: { uuid: template, origin: 'openedx', name: 'Demo Badge' },
        },
      })
    })

    it('shows a revocation to verifiers, and keeps garbage as dead letters', async () => {
      const { items } = await api('GET', '/awards')
      const [award] = items
      await api('POST', `/awards/${award.id}/revocation`, { reason: 'plagiarism' })
      const text = await (await fetch(`${server.url()}/credentials/${award.id}`)).text()
      const documents = async (url: string) => (await fetch(url)).json()
      // Public answers are remembered for a second.
      const verdict = await eventually(async () => {
        const report = await verifyCredential(text, { documents, now: new Date() })
        return report.verdict === 'valid' ? undefined : report.verdict
      })
      expect(verdict).toBe('revoked')
      const page = await eventually(async () => {
        const headers = { accept: 'text/html' }
        const answer = await fetch(`${server.url()}/public/assertions/${award.id}`, { headers })
        const html = await answer.text()
        return html.includes('plagiarism') ? html : undefined
      })
      expect(page).toMatch(/revoked/i)

      await write(
        '6f6d2a42-8f9d-11ef-8a4c-0242ac120003',
        '2026-03-12T08:30:00+00:00',
        Buffer.from('garbage'),
      )
      await write(
        '6f6d2a42-8f9d-11ef-8a4c-0242ac120004',
        '2026-03-12T08:30:00+05:00',
        bytesOf('passing_true_min'),
      )
      const letters = await eventually(async () => {
        const { items } = await api('GET', '/dead-letters')
        return items.length >= 2 ? items : undefined
      })
      expect(letters.map((l: { reason: string }) => l.reason).sort()).toEqual([
        'bad-headers',
        'undecodable',
      ])
    })
  },
)
