import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { controllerDocument, generateKeyPair, signCredential } from '@rosette/open-badges'
import { redisAvailable, startRedis } from '@rosette/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildServer, rosette } from './run-cli.js'

const passing = 'org.openedx.learning.course.passing.status.updated.v1'
const passed = {
  course_passing_status: {
    is_passing: true,
    course: { course_key: 'course-v1:A+B+C', display_name: '', start: null, end: null },
    user: {
      id: 7,
      is_active: true,
      pii: { username: 'ada', email: 'ada@example.org', name: 'Ada' },
    },
  },
}
const template = {
  id: 'pass',
  requirements: [
    { eventType: passing, dataRules: [{ keyPath: 'is_passing', operator: 'eq', value: 'true' }] },
  ],
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rosette-cli-'))
  buildServer()
}, 300_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

describe('the command line', () => {
  it.each([
    'serve',
    'work',
    'consume-events',
    'migrate',
    'check',
    'create-token',
    'rotate-master-key',
    'remove-demo',
    'issuances',
    'retry',
    'simulate',
    'simulate-provider',
    'produce-event',
    'encode-event',
    'decode-event',
    'parse-key',
    'key-paths',
    'try-rules',
    'verify',
    'bake',
    'unbake',
    'openapi',
  ])('explains %s with an example', async (command) => {
    const { code, stdout } = await rosette([command, '--help'])
    expect(code).toBe(0)
    expect(stdout).toContain('Example')
    expect((await rosette(['--help'])).stdout).toContain(`  ${command} `)
  })

  it.each([
    [['no-such-command']],
    [['parse-key', '--no-such-option']],
    [['encode-event', '--type', passing]],
    [['try-rules', '--template', '/nowhere', '--events', '/nowhere']],
    [['encode-event', '--type', passing, '--data', '{']],
    [['encode-event', '--type', passing, '--data', '@/nowhere']],
    [['decode-event', '--type', passing, '--hex', 'xyz']],
    [['parse-key', '--kind', 'Nothing', 'a']],
    [['verify', '/nowhere.json']],
    [['verify', 'http://127.0.0.1:9/badge']],
    [['verify', '-', '--at', 'yesterday']],
    [['bake', '/nowhere.png', '/nowhere.json', '-o', '/nowhere']],
    [['simulate', '--rate', 'fast']],
    [['simulate', '--to', 'redis', '--count', '1']],
    [
      [
        'produce-event',
        '--signal',
        passing,
        '--topic',
        't',
        '--key-field',
        'course_passing_status.is_passing',
        '--data',
        JSON.stringify(passed),
      ],
    ],
  ])('answers 2 and a sentence to %j', async (args) => {
    const { code, stdout, stderr } = await rosette(args)
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr.trim()).not.toBe('')
    expect(stderr).not.toMatch(/\n\s+at /)
  })
})

describe('rosette check', () => {
  it('says yes to the defaults', async () => {
    expect(await rosette(['check'])).toMatchObject({ code: 0, stderr: '' })
  })

  it('tells every mistake at once, with its remedy', async () => {
    const env = { PORT: 'high', BADGES_ENABLE: 'true', BADGES_CONFIG: '{' }
    const { code, stderr } = await rosette(['check'], { env })
    expect(code).toBe(1)
    expect(stderr.trim().split('\n')).toHaveLength(3)
    expect(stderr).toContain('BADGES_ENABLED')
    const asJson = JSON.parse((await rosette(['check', '--json'], { env })).stdout)
    expect(asJson.ok).toBe(false)
    expect(asJson.problems.map((p: { setting: string }) => p.setting).sort()).toEqual([
      'BADGES_CONFIG',
      'BADGES_ENABLE',
      'PORT',
    ])
  })
})

describe('rosette encode-event and decode-event', () => {
  it('turn an event into bytes and back', async () => {
    const data = JSON.stringify(passed)
    const encoded = await rosette(['encode-event', '--type', passing, '--data', data])
    expect(encoded).toMatchObject({ code: 0, stderr: '' })
    expect(encoded.stdout).toMatch(/^[0-9a-f]+\n$/)
    const fromFile = [
      'encode-event',
      '--type',
      passing,
      '--data',
      `@${file('passed.json', passed)}`,
    ]
    expect((await rosette(fromFile)).stdout).toBe(encoded.stdout)
    const fromStdin = ['encode-event', '--type', passing, '--data', '-']
    expect((await rosette(fromStdin, { stdin: data })).stdout).toBe(encoded.stdout)
    const decoded = await rosette(['decode-event', '--type', passing, '--hex', encoded.stdout])
    expect(JSON.parse(decoded.stdout)).toEqual({ eventType: passing, data: passed })
  })

  it('say no to what does not fit the event', async () => {
    const { code, stderr } = await rosette(['encode-event', '--type', passing, '--data', '{}'])
    expect(code).toBe(1)
    expect(stderr).toContain('course_passing_status')
    expect((await rosette(['decode-event', '--type', passing, '--hex', '01'])).code).toBe(1)
  })
})

describe('rosette parse-key', () => {
  it('prints the parts of a key', async () => {
    const { code, stdout } = await rosette(['parse-key', '--json', 'slashes:a+b+c'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      kind: 'CourseLocator',
      canonical: 'course-v1:a+b+c',
      parts: { org: 'a', course: 'b', run: 'c' },
    })
  })

  it.each(['', 'course-v1:a+b+c\n', ' ', 'course-v1:a+b+c d', '"; echo', '😀'])(
    'says no to %j',
    async (text) => {
      const { code, stdout } = await rosette(['parse-key', '--json', text])
      expect(code).toBe(1)
      expect(JSON.parse(stdout)).toMatchObject({ ok: false, reason: expect.any(String) })
    },
  )
})

describe('rosette key-paths', () => {
  it('offers what the settings do not ignore', async () => {
    const { stdout } = await rosette(['key-paths', passing])
    expect(stdout).toBe('is_passing\ncourse.course_key\n')
    const env = { BADGES_CONFIG: '{"rules":{"ignored_keypaths":["course.course_key"]}}' }
    const listed = JSON.parse((await rosette(['key-paths', passing, '--json'], { env })).stdout)
    expect(listed).toContainEqual({
      path: 'user.pii.email',
      type: 'text',
      nullable: false,
      label: 'User email',
    })
    expect(listed.map((one: { path: string }) => one.path)).not.toContain('course.course_key')
  })

  it('says no to an unknown event type and names near ones', async () => {
    const { code, stderr } = await rosette(['key-paths', 'course.pasing.status'])
    expect(code).toBe(1)
    expect(stderr).toContain(passing)
  })
})

describe('rosette try-rules', () => {
  const line = (id: string, time: string, data: unknown = passed) =>
    JSON.stringify({ id, type: passing, time, data })

  it('tells how learners end and which lines were no events', async () => {
    const events = [
      line('e1', '2026-01-01T10:00:00Z'),
      'not json',
      line('e2', '2026-01-01T10:00:00'),
      line('e3', '2026-01-01T10:00:00+02:00'),
      JSON.stringify({ id: 'e4', type: 'no.such.type', time: '2026-01-01T10:00:00Z', data: {} }),
      line('e5', '2026-01-01T10:00:00Z', { course_passing_status: { is_passing: true } }),
      line('e6', '2026-01-01T10:00:00Z', {
        course_passing_status: {
          ...passed.course_passing_status,
          course: { course_key: 'no key' },
        },
      }),
      line('e7', '2026-01-02T10:00:00Z', {
        course_passing_status: {
          is_passing: true,
          course: { course_key: 'slashes:A+B+C' },
          user: { id: 7, pii: { username: 'ada-lovelace' } },
        },
      }),
    ]
    const args = ['--template', file('template.json', template), '--events', '-', '--json']
    const { code, stdout } = await rosette(['try-rules', ...args], { stdin: events.join('\n') })
    expect(code).toBe(0)
    const report = JSON.parse(stdout)
    expect(report.learners).toEqual([
      {
        username: 'ada-lovelace',
        templates: [
          {
            template: 'pass',
            instance: null,
            ratio: 1,
            groups: { A: true },
            complete: true,
            award: 'awarded',
            history: [{ change: 'awarded', event: 'e1' }],
          },
        ],
      },
    ])
    expect(report.refused.map((one: { line: number }) => one.line)).toEqual([2, 3, 4, 5, 6, 7])
  })

  it('says no to templates that could not be active, with every reason', async () => {
    const rules = [{ keyPath: 'is_passing', operator: 'eq', value: 'perhaps' }]
    const bad = [
      { id: 'a', requirements: [{ eventType: passing, dataRules: rules }] },
      { id: 'b', requirements: [{ eventType: 'no.such.type' }] },
    ]
    const args = ['--template', file('bad.json', bad), '--events', file('none.ndjson', '')]
    const { code, stderr } = await rosette(['try-rules', ...args])
    expect(code).toBe(1)
    expect(stderr).toContain('[0].requirements[0].dataRules[0].value')
    expect(stderr).toContain('[1].requirements[0].eventType')
    const asJson = JSON.parse((await rosette(['try-rules', ...args, '--json'])).stdout)
    expect(asJson.refusals).toHaveLength(2)
  })

  it('reads what simulate prints, which is the same for the same seed', async () => {
    const simulate = ['simulate', '--learners', '12', '--count', '600', '--seed', '5']
    const first = await rosette(simulate)
    expect(first.stdout.trim().split('\n')).toHaveLength(600)
    expect((await rosette(simulate)).stdout).toBe(first.stdout)
    const args = ['--template', file('template.json', template), '--events', '-', '--json']
    const { stdout } = await rosette(['try-rules', ...args], { stdin: first.stdout })
    const report = JSON.parse(stdout)
    expect(report.refused).toEqual([])
    expect(report.learners.length).toBeGreaterThan(5)
  })
})

describe('rosette verify, bake and unbake', () => {
  const issuer = 'https://issuer.example/profile'
  const key = generateKeyPair()
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
  const badge = {
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    ],
    id: 'https://issuer.example/badges/1',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    issuer: { id: issuer, type: ['Profile'], name: 'An issuer' },
    validFrom: '2026-01-01T00:00:00Z',
    name: 'A badge',
    credentialSubject: {
      type: ['AchievementSubject'],
      id: 'mailto:ada@example.org',
      achievement: {
        id: 'https://issuer.example/achievements/1',
        type: ['Achievement'],
        name: 'A badge',
        description: 'For a test',
        criteria: { narrative: 'Being there' },
      },
    },
  }
  let signed: string
  let documents: string
  beforeAll(async () => {
    const verificationMethod = `${issuer}#${key.publicKeyMultibase}`
    const created = '2026-01-01T00:00:00Z'
    signed = JSON.stringify(
      await signCredential(badge as never, { key, verificationMethod, created }),
    )
    const keys = [{ id: verificationMethod, publicKeyMultibase: key.publicKeyMultibase }]
    const document = controllerDocument({ id: issuer, keys })
    documents = file('documents.json', { [issuer]: document })
  })
  const verify = (path: string, ...more: string[]) =>
    rosette(['verify', path, '--documents', documents, '--at', '2026-06-01T00:00:00Z', ...more])

  it('says yes to a good badge, check by check', async () => {
    const { code, stdout } = await verify(file('signed.json', signed))
    expect(stdout.trim().split('\n').at(-1)).toBe('VALID')
    expect(code).toBe(0)
    expect(stdout).toContain('✓ proof')
    const args = ['verify', '-', '--documents', documents, '--at', '2026-06-01T00:00:00Z']
    expect((await rosette(args, { stdin: signed })).code).toBe(0)
  })

  it('asks for any of several recipients', async () => {
    const path = file('signed.json', signed)
    const others = ['--recipient', 'bob@example.org', '--recipient', 'eve@example.org']
    expect((await verify(path, ...others)).code).toBe(1)
    expect((await verify(path, ...others, '--recipient', 'mailto:ada@example.org')).code).toBe(0)
  })

  it('asks no private network unless it is named', async () => {
    const hosted = {
      '@context': 'https://w3id.org/openbadges/v2',
      type: 'Assertion',
      id: 'http://127.0.0.2:9/badge',
      recipient: { type: 'email', hashed: false, identity: 'ada@example.org' },
      issuedOn: '2026-01-01T00:00:00Z',
      badge: 'http://127.0.0.2:9/class',
      verification: { type: 'hosted' },
    }
    const path = file('hosted.json', hosted)
    const closed = await rosette(['verify', path])
    expect([closed.code, closed.stdout]).toEqual([1, expect.stringContaining('NOT VALID: unknown')])
    expect(closed.stderr).toMatch(/^127\.0\.0\.2 is in a private network.*--allow-host <host>\.\n$/)
    const open = await rosette(['verify', path, '--allow-host', '127.0.0.2:9'])
    expect([open.code, open.stderr]).toEqual([1, ''])
  })

  it('says no to a changed badge', async () => {
    const forged = signed.replace('Being there', 'Being elsewhere')
    const { code, stdout } = await verify(file('forged.json', forged), '--json')
    expect(code).toBe(1)
    expect(JSON.parse(stdout).verdict).toBe('invalid')
  })

  it('says no to what is no badge', async () => {
    expect((await verify(file('text.txt', 'hello'))).code).toBe(1)
  })

  it('tells every badge in a folder', async () => {
    const many = join(folder, 'many')
    mkdirSync(many)
    file(join('many', 'good.json'), signed)
    file(join('many', 'text.txt'), 'hello')
    const table = await verify(many)
    expect(table.code).toBe(1)
    expect(table.stdout).toMatch(/^FILE +KIND +VERDICT +FIRST PROBLEM\ngood\.json +Open.+ valid\n/)
    const { files } = JSON.parse((await verify(many, '--json')).stdout)
    expect(files.map((one: { verdict: string }) => one.verdict)).toEqual(['valid', 'invalid'])
  })

  it('finds the badge inside an image', async () => {
    const image = file('plain.svg', svg)
    const baked = join(folder, 'baked.svg')
    const credential = file('signed.json', signed)
    expect((await rosette(['bake', image, credential, '-o', baked])).code).toBe(0)
    expect((await verify(baked)).code).toBe(0)
    expect((await rosette(['unbake', baked])).stdout.trim()).toBe(signed)
    const out = join(folder, 'unbaked.json')
    await rosette(['unbake', baked, '-o', out])
    expect(readFileSync(out, 'utf8')).toBe(signed)
  })

  it.each(['', 'no credential', '["a list"]'])('bakes no %j into an image', async (text) => {
    const credential = file('no-credential.txt', text)
    const baked = join(folder, 'never-baked.svg')
    const { code, stderr } = await rosette([
      'bake',
      file('plain.svg', svg),
      credential,
      '-o',
      baked,
    ])
    expect(code).toBe(2)
    expect(stderr).toContain('holds no credential')
    expect(existsSync(baked)).toBe(false)
  })

  it('says no to an image without a badge', async () => {
    expect((await rosette(['unbake', file('plain.svg', svg)])).code).toBe(1)
  })

  it('fetches a badge by its address, and not for ever', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/badge') response.end(signed)
      else response.writeHead(302, { location: '/round' }).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
    const fetched = await rosette(['verify', `${base}/badge`, '--json'])
    expect(JSON.parse(fetched.stdout).badge.achievementName).toBe('A badge')
    const { code, stderr } = await rosette(['verify', `${base}/round`])
    expect([code, stderr]).toEqual([2, expect.stringContaining('redirects too often')])
    server.close()
  })
})

describe.skipIf(!redisAvailable())('rosette produce-event', () => {
  it('publishes to the stream of the topic, with the same bytes as encode-event', async () => {
    const redis = await startRedis()
    try {
      const env = { EVENT_BUS_REDIS_CONNECTION_URL: redis.url, EVENT_BUS_TOPIC_PREFIX: 'test' }
      const data = JSON.stringify(passed)
      const options = ['--topic', 'badges', '--data', data, '--json']
      const signal = 'openedx_events.learning.signals.COURSE_PASSING_STATUS_UPDATED'
      const keyed = ['--key-field', 'course_passing_status.course.course_key']
      const args = ['produce-event', '--signal', signal, ...options]
      const produced = await rosette([...args, ...keyed], { env })
      expect(produced).toMatchObject({ code: 0, stderr: '' })
      expect(JSON.parse(produced.stdout)).toMatchObject({ type: passing, topic: 'test-badges' })
      const refused = await rosette([...args, '--key-field', 'course.course_key'], { env })
      expect(refused.code).toBe(1)
      expect(refused.stderr).toContain('course.course_key')
      const simulated = await rosette(
        ['simulate', '--to', 'redis', '--rate', '500/s', '--count', '20', '--topic', 'badges'],
        { env },
      )
      expect(simulated.code).toBe(0)
    } finally {
      await redis.stop()
    }
  })
})
