import { describe, expect, it } from 'vitest'
import type { Order } from '../provider.js'
import { createAccredible } from './accredible.js'
import { collect } from './search.js'

const order: Order = {
  templateId: '7',
  awardId: 'award',
  recipient: { email: 'ada@example.org', name: 'Ada', id: 'p' },
  issuedAt: '2026-03-10T12:00:00Z',
  expiresAt: null,
  evidence: [],
  narrative: null,
  locale: null,
  notify: true,
}
const revocation = { reason: 'r', at: '2026-03-10T12:00:00Z', notify: true }
const credential = { id: 5, approve: true, group_id: 7, issued_on: '2026-03-10' }

/** Accredible that gives these answers, one after the other, and then the last for ever. */
function answering(...answers: { status?: number; body: unknown }[]) {
  const asked: { url: string; body: unknown }[] = []
  const accredible = createAccredible(
    { apiBaseUrl: 'https://api.test/v1/', webBaseUrl: 'https://web.test/', apiKey: 'secret-key' },
    {
      now: () => new Date('2026-03-10T12:00:00Z'),
      fetch: async (url, init) => {
        const { status = 200, body } = answers[Math.min(asked.length, answers.length - 1)]!
        asked.push({ url, body: init.body && JSON.parse(String(init.body)) })
        const text = typeof body === 'string' ? body : JSON.stringify(body)
        return new Response(text, { status })
      },
    },
  )
  return { accredible, asked }
}

describe('an answer of Accredible', () => {
  it.each([
    [422, { errors: 'Invalid Group' }, 'refused', 'template-unavailable'],
    [404, { success: false, data: 'Group does not exist' }, 'refused', 'template-unavailable'],
    [200, { success: false, data: 'Group does not exist' }, 'refused', 'template-unavailable'],
    [
      422,
      { errors: 'Can not create credential without recipient data' },
      'refused',
      'recipient-refused',
    ],
    [422, { errors: { 'recipient.email': ['is invalid'] } }, 'refused', 'recipient-refused'],
    [422, { errors: { 'recipient.email': ['has already been taken'] } }, 'refused', 'duplicate'],
    [422, { errors: { course_name: ["can't be blank"] } }, 'refused', 'other'],
    [
      422,
      { errors: { code: 'insufficient_credits', message: 'Not published.' } },
      'refused',
      'no-credits',
    ],
    [
      400,
      { code: 400, message: 'No', status: 'invalid_search_query', errors: {} },
      'refused',
      'other',
    ],
    [404, { errors: "Doesn't exist" }, 'refused', 'not-found'],
    [404, { error: 'Not found' }, 'refused', 'not-found'],
    [404, '', 'refused', 'not-found'],
    [404, '<html><body>Not here</body></html>', 'refused', 'other'],
    [301, 'Moved', 'refused', 'other'],
    [403, { errors: 'Private Certificate, use key' }, 'unauthorized', undefined],
    [401, 'HTTP Token: Access denied.', 'unauthorized', undefined],
    [401, { success: false, data: 'issuer_token not valid' }, 'unauthorized', undefined],
    [200, { success: false, data: 'issuer_token not valid' }, 'unauthorized', undefined],
    [429, 'Retry later', 'rate-limited', undefined],
    [500, { errors: 'Internal server error' }, 'unanswered', undefined],
    [200, 'not json', 'unanswered', undefined],
    [200, '', 'unanswered', undefined],
    [200, {}, 'unanswered', undefined],
    [200, { credential: { name: 'no id' } }, 'unanswered', undefined],
    [200, { credential: { id: null } }, 'unanswered', undefined],
    [200, { credential: { id: 1, approve: 'maybe' } }, 'unanswered', undefined],
    [200, { credential: { id: 1, expired_on: 17 } }, 'unanswered', undefined],
    [200, { credential: { id: 1, expired_on: '31/12/2020' } }, 'unanswered', undefined],
    [200, [], 'unanswered', undefined],
  ])('with status %i and %o is %s (%s)', async (...[status, body, kind, reason]) => {
    const error = await answering({ status, body })
      .accredible.issue(order)
      .catch((caught: unknown) => caught)
    expect(error).toMatchObject({ name: 'ProviderError', kind, status })
    expect(error).toHaveProperty('reason', reason)
    expect(String(error)).toContain('Accredible')
    expect(String(error)).not.toContain('secret-key')
  })

  it('nested without end is a refusal like any other', async () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"data":', '}'],
    ] as const) {
      const body = `${open.repeat(100_000)}"No"${close.repeat(100_000)}`
      const { accredible } = answering({ status: 422, body })
      const error = await accredible.issue(order).catch((caught: unknown) => caught)
      expect(error).toMatchObject({ name: 'ProviderError', kind: 'refused' })
    }
  })

  it.each([
    [404, { success: false, data: 'No credential with the id given in your account' }],
    [200, { success: false, data: 'No credential with the id given in your account' }],
    [404, { errors: "Doesn't exist" }],
  ])('with status %i and %o means that there is no such badge', async (status, body) => {
    expect(await answering({ status, body }).accredible.getBadge('5')).toBeUndefined()
  })

  it('that no page was found does not mean that a badge is gone', async () => {
    const { accredible } = answering({ status: 404, body: '<html>404</html>' })
    await expect(accredible.getBadge('5')).rejects.toMatchObject({ reason: 'other' })
  })

  it.each([
    ['a number', { id: 5 }, '5'],
    ['a text', { id: '5' }, '5'],
    ['own letters', { id: 'x/5' }, 'x/5'],
  ])('has an id that is %s', async (_what, changes, id) => {
    const { accredible, asked } = answering({ body: { credential: { ...credential, ...changes } } })
    expect((await accredible.getBadge(id))?.id).toBe(id)
    expect(asked[0]?.url).toBe(`https://api.test/v1/credentials/${encodeURIComponent(id)}`)
  })

  it.each([
    [{ approve: true, expired_on: null }, 'live', 'published'],
    [{ approve: true, expired_on: '2026-03-10' }, 'live', 'published'],
    [{ approve: true, expired_on: '2026-03-09' }, 'ended', 'expired'],
    [{ approve: true, expired_on: '2026-03-09T00:00:00.000Z' }, 'ended', 'expired'],
    [{ approve: false, expired_on: null }, 'unpublished', 'unpublished'],
    [{ approve: false, expired_on: '2026-03-09' }, 'ended', 'expired'],
    [{ approve: null }, 'live', 'published'],
  ])('with %o is a badge that is %s (%s)', async (changes, standing, state) => {
    const { accredible } = answering({ body: { credential: { ...credential, ...changes } } })
    expect(await accredible.getBadge('5')).toMatchObject({ standing, state })
  })

  it.each([
    [{ url: 'https://badges.test/5' }, 'https://badges.test/5'],
    [{ url: 'javascript:alert(1)' }, 'https://www.credential.net/5'],
    [{ encoded_id: 'abc' }, 'https://www.credential.net/abc'],
    [{ encoded_id: 'abc', uuid: 'u-u' }, 'https://www.credential.net/u-u'],
  ])('with %o is seen at %s', async (changes, url) => {
    const { accredible } = answering({ body: { credential: { ...credential, ...changes } } })
    expect((await accredible.getBadge('5'))?.url).toBe(url)
  })

  it('to a revocation that left the badge alive is told as it is', async () => {
    const { accredible } = answering({ body: { credential } })
    expect(await accredible.revoke('5', revocation)).toMatchObject({ standing: 'live' })
  })
})

describe('a list of Accredible', () => {
  const page = (ids: number[], meta?: object) => ({
    body: { groups: ids.map((id) => ({ id })), meta },
  })

  it('ends where it says so', async () => {
    const { accredible, asked } = answering(
      page([1], { next_page: 2, total_pages: 2 }),
      page([2], { next_page: null, total_pages: 2 }),
    )
    expect((await collect(accredible.listTemplates())).map(({ id }) => id)).toEqual(['1', '2'])
    expect(asked.map(({ body }) => body)).toEqual([
      { page: 1, page_size: 50 },
      { page: 2, page_size: 50 },
    ])
  })

  it('without facts about its pages ends with one that is not full', async () => {
    const full = Array.from({ length: 50 }, (_, i) => i + 1)
    const { accredible } = answering(page(full), page([51]))
    expect(await collect(accredible.listTemplates())).toHaveLength(51)
  })

  it('that repeats itself is no complete one', async () => {
    const { accredible, asked } = answering(page([1], { next_page: 9, total_pages: 9 }))
    await expect(collect(accredible.listTemplates())).rejects.toThrow('repeats itself')
    expect(asked).toHaveLength(2)
  })

  it.each([[{ groups: 'none' }], [{ groups: [{}] }], [{}]])('%o cannot be read', async (body) => {
    const { accredible } = answering({ body })
    await expect(collect(accredible.listTemplates())).rejects.toMatchObject({ kind: 'unanswered' })
  })

  const rows = Array.from({ length: 50 }, (_, i) => ({ ...credential, id: i + 1 }))
  it.each([
    ['gives the same cursor again', { count: 500, cursor: 'same' }],
    ['gives no cursor before its end', { count: 500 }],
  ])('that %s is no complete one', async (_why, meta) => {
    const { accredible } = answering({ body: { credentials: rows, meta } })
    await expect(accredible.pollChanges?.(null)).rejects.toMatchObject({ kind: 'unanswered' })
  })

  it('of another group than the one that was asked for is not believed', async () => {
    const { accredible } = answering({ body: { credentials: rows.slice(0, 3), meta: {} } })
    const wanted = { templateId: '8', email: '', awardId: 'award' }
    expect(await accredible.findByRecipient(wanted)).toEqual([])
  })
})

describe('the results of several orders', () => {
  it.each([
    ['are fewer', 200, { results: [] }],
    ['are missing', 200, { credentials: [] }],
  ])('that %s may have had an effect', async (_why, status, body) => {
    const { accredible } = answering({ status, body })
    await expect(accredible.bulkCreate([order])).rejects.toMatchObject({ kind: 'unanswered' })
  })

  it('may be one refusal of them all', async () => {
    const { accredible } = answering({ status: 422, body: { errors: 'Too many' } })
    await expect(accredible.bulkCreate([order])).rejects.toMatchObject({ kind: 'refused' })
  })

  it('may be a failure with the status of a success', async () => {
    const { accredible } = answering({ body: { success: false, data: 'issuer_token not valid' } })
    await expect(accredible.bulkCreate([order])).rejects.toMatchObject({ kind: 'unauthorized' })
  })

  it('are not believed when one is about another award', async () => {
    const row = (award_id: string) => ({ credential: { ...credential, meta_data: { award_id } } })
    const { accredible } = answering({ body: { results: [row('award'), row('another')] } })
    const results = await accredible.bulkCreate([order, order])
    expect(results.map(({ badge, error }) => badge?.awardId ?? error?.kind)).toEqual([
      'award',
      'unanswered',
    ])
  })

  it('may say of one neither that it was made nor why not', async () => {
    const { accredible } = answering({
      status: 207,
      body: { results: [{}, { error: 'Invalid Group' }] },
    })
    const results = await accredible.bulkCreate([order, order])
    expect(results.map(({ error }) => error?.kind)).toEqual(['unanswered', 'refused'])
  })
})
