import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Order } from '../provider.js'
import { createBadgr } from './badgr.js'

const baseUrl = 'https://badges.example.org'
const token = 'top-secret'

/** A client whose calls are all answered so; the addresses it asked are kept. */
function answered(...answers: readonly (() => Response)[]) {
  const asked: string[] = []
  const fetch = async (url: string) => {
    const answer = answers[Math.min(asked.length, answers.length - 1)]
    asked.push(url)
    return answer?.() ?? new Response(null, { status: 500 })
  }
  const options = { baseUrl, issuerId: 'issuer', credentials: { kind: 'token', token } } as const
  return { asked, badgr: createBadgr(options, { fetch }) }
}

const order: Order = {
  templateId: 'class',
  awardId: 'award-1',
  recipient: { email: 'ada@example.org', name: 'Ada', id: 'learner-1' },
  issuedAt: '2026-01-02T03:04:05Z',
  expiresAt: null,
  evidence: [],
  narrative: null,
  locale: null,
  notify: false,
}
const badgeClass = { entityId: 'class', name: 'Class' }
const assertion = { entityId: 'badge', badgeclass: 'class' }
const envelope = (...result: readonly object[]) => ({
  status: { success: true, description: 'ok' },
  result,
})
const json =
  (body: unknown, init: ResponseInit = {}) =>
  () =>
    Response.json(body, init)
const page = (link: string, ...result: readonly object[]) =>
  json(envelope(...result), { headers: { link } })
const failed = (status: number, description: string, more: object = {}) =>
  json({ status: { success: false, description }, result: [], ...more }, { status })

describe('an answer', () => {
  it.each<[string, () => Response]>([
    ['a page', () => new Response('<html>hello</html>')],
    ['nothing', () => new Response(null, { status: 204 })],
    ['no envelope', json({ hello: 'world' })],
    ['a list', json([])],
    ['null', json(null)],
    ['no result', json(envelope())],
    ['another shape', json(envelope({ entityId: 7 }))],
    ['a failure', json({ ...envelope(assertion), status: { success: false } })],
    ['another envelope', json({ result: assertion })],
  ])('to an order that is %s leaves open what was done', async (_name, answer) => {
    const { badgr } = answered(json(envelope(badgeClass)), answer)
    await expect(badgr.issue(order)).rejects.toMatchObject({ kind: 'unanswered' })
  })

  it('may hold the least that a badge needs, and more than we know', async () => {
    const { badgr } = answered(json({ ...envelope({ ...assertion, news: [1] }), more: true }))
    expect(await badgr.getBadge('badge')).toEqual({
      id: 'badge',
      templateId: 'class',
      email: '',
      standing: 'live',
      state: 'issued',
      issuedAt: null,
      expiresAt: null,
      awardId: null,
      url: null,
      updatedAt: null,
    })
  })

  it('to a batch must hold as many badges as were ordered', async () => {
    const { badgr } = answered(json(envelope(badgeClass)), json(envelope(assertion)))
    const both = badgr.issueBatch([order, order])
    await expect(both).rejects.toMatchObject({ kind: 'unanswered' })
  })

  it.each([
    [
      failed(400, 'bad request', { fieldErrors: { badgeclass: ['No such class.'] } }),
      'template-unavailable',
    ],
    [
      failed(400, 'bad request', { fieldErrors: { recipient: { identity: ['Wrong.'] } } }),
      'recipient-refused',
    ],
    [
      failed(400, 'bad request', {
        validationErrors: [{ x: 'You may not award this badge to this recipient.' }],
      }),
      'recipient-refused',
    ],
    [failed(400, 'A previous award of this badge already exists for this recipient.'), 'duplicate'],
    [failed(400, 'bad request', { fieldErrors: { evidence: ['Wrong.'] } }), 'other'],
    [failed(404, 'entity not found or insufficient privileges'), 'template-unavailable'],
    [failed(405, 'miscellaneous error', { fieldErrors: 'Method not allowed.' }), 'other'],
    [() => new Response('<html>Not Found</html>', { status: 404 }), 'other'],
    [json('words', { status: 400 }), 'other'],
    [json(null, { status: 422 }), 'other'],
  ] as const)('that refuses an order says why (%#: %s)', async (answer, reason) => {
    const { badgr } = answered(json(envelope(badgeClass)), answer)
    const error: unknown = await badgr.issue(order).catch((caught) => caught)
    expect(error).toMatchObject({ kind: 'refused', reason })
    expect(String(error)).toContain('badges.example.org')
  })

  it.each([
    [403, 'unauthorized'],
    [401, 'unauthorized'],
    [429, 'rate-limited'],
    [500, 'unanswered'],
    [302, 'refused'],
  ] as const)('with the status %i fails as %s', async (status, kind) => {
    const { badgr } = answered(json(envelope(badgeClass)), failed(status, 'no'))
    const error: unknown = await badgr.issue(order).catch((caught) => caught)
    expect(error).toMatchObject({ kind })
    expect(String(error)).not.toContain(token)
  })

  it('of no API is not taken for a badge that is gone', async () => {
    const { badgr } = answered(() => new Response('<h1>Not Found</h1>', { status: 404 }))
    await expect(badgr.getBadge('badge')).rejects.toThrow('Check the address of the API.')
  })

  it('that nests without end is read to a depth', async () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
    const { badgr } = answered(() => new Response(`{"validationErrors":${deep}}`, { status: 400 }))
    await expect(
      badgr.revoke('badge', { reason: 'r', at: '', notify: false }),
    ).rejects.toMatchObject({ reason: 'other' })
  })
})

describe('a list', () => {
  const collect = async (badgr: ReturnType<typeof createBadgr>) => {
    const names: string[] = []
    for await (const templates of badgr.listTemplates()) {
      names.push(...templates.map(({ name }) => name))
    }
    return names
  }

  it('goes on where the header says, also below another folder', async () => {
    const next = '<https://badges.example.org/api/next?a=1,2>; rel="next", </prev>; rel="prev"'
    const last = '</v2/first>; rel="prev"'
    const { badgr, asked } = answered(
      page(next, badgeClass),
      page(last, { ...badgeClass, name: 'Second' }),
    )
    expect(await collect(badgr)).toEqual(['Class', 'Second'])
    expect(asked[1]).toBe('https://badges.example.org/api/next?a=1,2')
  })

  it.each(['https://elsewhere.example/next', 'http://badges.example.org/next', 'http://'])(
    'does not take the key to %s',
    async (next) => {
      const { badgr, asked } = answered(page(`<${next}>; rel="next"`, badgeClass))
      await expect(collect(badgr)).rejects.toMatchObject({ kind: 'refused', reason: 'other' })
      expect(asked).toHaveLength(1)
    },
  )

  it('that turns in circles is left', async () => {
    const { badgr, asked } = answered(page('</v2/again>; rel="next"', badgeClass))
    await expect(collect(badgr)).rejects.toMatchObject({ kind: 'refused' })
    expect(asked.length).toBeLessThan(4)
  })

  it('of changes does not lead to a foreign page either', async () => {
    const { badgr, asked } = answered(
      json({
        ...envelope(assertion),
        timestamp: '2026-01-01T00:00:00Z',
        pagination: { nextResults: 'https://elsewhere.example/' },
      }),
    )
    const changes = badgr.pollChanges('2026-01-01T00:00:00Z')
    await expect(changes).rejects.toMatchObject({ kind: 'refused' })
    expect(asked).toHaveLength(1)
  })

  it('of changes without a time cannot be read', async () => {
    const { badgr } = answered(json(envelope()))
    await expect(badgr.pollChanges(null)).rejects.toMatchObject({ kind: 'unanswered' })
  })

  it('that breaks off is not taken for the whole', async () => {
    const more = page('</v2/next>; rel="next"', assertion)
    const { badgr } = answered(more, failed(404, 'entity not found or insufficient privileges'))
    const wanted = { templateId: 'class', email: 'ada@example.org', awardId: 'a' }
    await expect(badgr.findByRecipient(wanted)).rejects.toMatchObject({ kind: 'refused' })
  })

  it('of a failure is not an empty one', async () => {
    const { badgr } = answered(json({ status: { success: false }, result: [] }))
    const wanted = { templateId: 'class', email: 'ada@example.org', awardId: 'a' }
    await expect(badgr.findByRecipient(wanted)).rejects.toMatchObject({ kind: 'unanswered' })
  })

  it('of a server that does not filter is filtered here', async () => {
    const hash = createHash('sha256').update('ada@example.orgsalt').digest('hex')
    const hashed = { type: 'email', salt: 'salt', identity: `sha256$${hash}` }
    const { badgr } = answered(
      json(
        envelope(
          { ...assertion, entityId: 'hashed', recipient: hashed },
          { ...assertion, entityId: 'other', recipient: { ...hashed, salt: 'other' } },
          { ...assertion, entityId: 'plain', recipient: { identity: 'Ada@example.org' } },
          { ...assertion, entityId: 'bob', recipient: { plaintextIdentity: 'bob@example.org' } },
        ),
      ),
    )
    const wanted = { templateId: 'class', email: 'Ada@Example.org', awardId: 'a' }
    const found = await badgr.findByRecipient(wanted)
    expect(found.map(({ id }) => id)).toEqual(['hashed', 'plain'])
  })
})
