import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Order } from '../provider.js'
import {
  type AccredibleSimulator,
  type AccredibleSimulatorOptions,
  createAccredibleSimulator,
} from '../simulators/accredible-simulator.js'
import { accredibleSimulatorKey } from '../simulators/accredible-store.js'
import { type Accredible, createAccredible } from './accredible.js'
import { collect } from './search.js'

let simulator: AccredibleSimulator
let accredible: Accredible
let base: string
let group: string

async function start(options: AccredibleSimulatorOptions = {}, timeoutMs = 2000) {
  await simulator?.close()
  simulator = createAccredibleSimulator(options)
  base = await simulator.listen()
  accredible = createAccredible(
    {
      apiBaseUrl: `${base}/v1`,
      webBaseUrl: 'https://dashboard.example.org/',
      apiKey: accredibleSimulatorKey,
    },
    { now: simulator.now, timeoutMs },
  )
  group = String(simulator.groups()[0]?.id)
}

beforeEach(() => start({ startAt: new Date('2026-03-10T12:00:00Z') }))
afterEach(() => simulator.close())

let orders = 0
function anOrder(changes: Partial<Order> = {}): Order {
  orders += 1
  return {
    templateId: group,
    awardId: `award-${orders}`,
    recipient: { email: `ada${orders}@example.org`, name: 'Ada Lovelace', id: `person-${orders}` },
    issuedAt: '2026-03-09T23:30:00-02:00',
    expiresAt: null,
    evidence: [],
    narrative: null,
    locale: null,
    notify: true,
    ...changes,
  }
}

const bodyOfLast = (path: string) =>
  simulator.requests.findLast(({ url }) => url.endsWith(path))?.body as Record<string, unknown>

describe('an account at Accredible', () => {
  it('tells its name and its credits', async () => {
    expect(await accredible.testConnection()).toEqual({
      name: 'Accredible Simulator',
      keyExpiresAt: null,
      credits: 10_000,
    })
  })

  it('is addressed with or without a slash at the end', async () => {
    const options = { webBaseUrl: 'https://dashboard.example.org', apiKey: accredibleSimulatorKey }
    const other = createAccredible({ ...options, apiBaseUrl: `${base}/v1/` })
    expect((await other.testConnection()).name).toBe('Accredible Simulator')
    expect(
      await other.findByRecipient({ templateId: group, email: 'a@b.org', awardId: 'a' }),
    ).toEqual([])
  })

  it('is asked in the name of Rosette', async () => {
    let headers = new Headers()
    const fetch = async (_url: string, init: RequestInit) => {
      headers = new Headers(init.headers)
      return Response.json({ issuer: { name: 'Somebody' } })
    }
    const other = createAccredible({ apiBaseUrl: base, webBaseUrl: base, apiKey: 'k3y' }, { fetch })
    expect(await other.testConnection()).toMatchObject({ name: 'Somebody', credits: null })
    expect(headers.get('authorization')).toBe('Token token=k3y')
    expect(headers.get('accredible-integration')).toBe('Rosette')
  })
})

describe('the groups of an account', () => {
  it('are all found, beyond the first page', async () => {
    const templates = await collect(accredible.listTemplates())
    expect(templates.map(({ id }) => id)).toEqual(simulator.groups().map(({ id }) => String(id)))
    expect(templates).toHaveLength(60)
    expect(templates[0]).toEqual({
      id: group,
      name: 'First Aid 1',
      description: 'What there is to know of First Aid, part 1.',
      imageUrl: `${base}/simulated-designs/502.svg`,
      url: `https://dashboard.example.org/issuer/dashboard/group/${group}/information-and-appearance`,
      state: 'active',
      allowsDuplicates: false,
      skills: ['First Aid'],
      updatedAt: expect.stringContaining('2026-03-10T'),
    })
  })

  it('have the image of their design, if there is one', async () => {
    const templates = await collect(accredible.listTemplates())
    const images = templates.map(({ imageUrl }) => imageUrl)
    // No design, a badge design in its place, and a design that is gone.
    expect([images[3], images[7], images[6]]).toEqual([
      null,
      `${base}/simulated-designs/502.svg`,
      null,
    ])
    const asked = simulator.requests.filter(({ url }) => url.includes('/designs/'))
    expect(new Set(asked.map(({ url }) => url)).size).toBe(asked.length)
  })

  it('can be looked at one by one', async () => {
    const [first] = await collect(accredible.listTemplates())
    expect(await accredible.getTemplate(group)).toEqual(first)
    simulator.deleteGroup(Number(group))
    expect(await accredible.getTemplate(group)).toBeUndefined()
    expect(await accredible.getTemplate('../details')).toBeUndefined()
    expect(await accredible.getTemplate('..')).toBeUndefined()
  })

  it('can be added to', async () => {
    const made = await accredible.createGroup({
      name: 'new',
      courseName: 'Knots',
      description: 'How to tie them',
    })
    expect(made).toMatchObject({ name: 'Knots', description: 'How to tie them', state: 'active' })
    expect((await accredible.getTemplate(made.id))?.name).toBe('Knots')
    const again = accredible.createGroup({ name: 'new', courseName: 'Knots', description: '' })
    await expect(again).rejects.toMatchObject({ kind: 'refused', reason: 'duplicate', status: 422 })
  })

  it('have designs', async () => {
    const designs = await collect(accredible.listDesigns())
    expect(designs).toHaveLength(12)
    expect(designs[2]).toEqual({
      id: '503',
      name: 'Design 3',
      kind: 'certificate',
      imageUrl: `${base}/simulated-designs/503.svg`,
    })
  })
})

describe('a badge', () => {
  it('is issued with our ids, on the day in UTC, and nothing else', async () => {
    const order = anOrder({
      expiresAt: '2027-03-10T00:30:00+01:00',
      evidence: [{ url: 'https://example.org/work', name: 'My work' }, { narrative: 'No address' }],
    })
    const badge = await accredible.issue(order)
    expect(bodyOfLast('/credentials')).toEqual({
      credential: {
        recipient: { name: 'Ada Lovelace', email: order.recipient.email, id: order.recipient.id },
        group_id: Number(group),
        id: order.awardId,
        meta_data: { award_id: order.awardId },
        issued_on: '2026-03-10',
        expired_on: '2027-03-09',
        complete: true,
        approve: true,
        evidence_items: [
          { category: 'url', url: 'https://example.org/work', description: 'My work' },
        ],
      },
    })
    expect(badge).toEqual({
      id: String(simulator.credentials()[0]?.id),
      templateId: group,
      email: order.recipient.email,
      standing: 'live',
      state: 'published',
      issuedAt: '2026-03-10',
      expiresAt: '2027-03-09',
      awardId: order.awardId,
      url: expect.stringMatching(/^https:\/\/www\.credential\.net\/[0-9a-f-]{36}$/),
      updatedAt: null,
    })
    expect(await accredible.getBadge(badge.id)).toEqual(badge)
  })

  it('takes the expiry of its group when the order has none', async () => {
    const templateId = String(simulator.groups()[19]?.id)
    expect(await accredible.issue(anOrder({ templateId }))).toMatchObject({
      expiresAt: '2028-03-10',
    })
  })

  it('is made but not published when no credits are left, and published later', async () => {
    simulator.setCredits(0)
    const order = anOrder()
    const badge = await accredible.issue(order)
    expect(badge).toMatchObject({ standing: 'unpublished', state: 'unpublished' })
    simulator.setCredits(1)
    const renewed = await accredible.renew?.(badge.id, order)
    expect(renewed).toMatchObject({ standing: 'live', state: 'published' })
    expect((await accredible.testConnection()).credits).toBe(0)
  })

  it.each([
    ['e-mail address', { email: ' ', name: 'Ada', id: '1' }],
    ['name', { email: 'ada@example.org', name: '', id: '1' }],
  ])('is not asked for without the %s of its recipient', async (what, recipient) => {
    const refused = accredible.issue(anOrder({ recipient }))
    await expect(refused).rejects.toMatchObject({ kind: 'refused', reason: 'recipient-refused' })
    await expect(refused).rejects.toThrow(what)
    expect(simulator.requests).toEqual([])
  })

  it('is refused to who has it, and found', async () => {
    const order = anOrder()
    const badge = await accredible.issue(order)
    const again = accredible.issue({ ...order, awardId: 'another' })
    await expect(again).rejects.toMatchObject({ kind: 'refused', reason: 'duplicate' })
    const { email } = order.recipient
    const found = await accredible.findByRecipient({ templateId: group, email, awardId: 'another' })
    expect(found).toEqual([{ ...badge, updatedAt: expect.any(String) }])
    expect(found[0]?.id).toBe(badge.id)
  })

  it('is found by our id when the address has changed', async () => {
    const { awardId } = anOrder()
    const badge = await accredible.issue(anOrder({ awardId }))
    const wanted = { templateId: group, email: 'new@example.org', awardId }
    expect(await accredible.findByRecipient(wanted)).toMatchObject([{ id: badge.id }])
    const elsewhere = { ...wanted, templateId: String(simulator.groups()[1]?.id) }
    expect(await accredible.findByRecipient(elsewhere)).toEqual([])
  })

  it('is found among more than a page of its kind', async () => {
    const templateId = String(simulator.groups()[14]?.id)
    const order = anOrder({ templateId })
    for (let i = 0; i < 101; i++) await accredible.issue({ ...order, awardId: `${i}` })
    const { email } = order.recipient
    const found = await accredible.findByRecipient({ templateId, email, awardId: 'none' })
    expect(new Set(found.map(({ id }) => id)).size).toBe(101)
  })

  it.each([
    ['a group that is gone', { templateId: '4711' }, 'template-unavailable'],
    ['a group by a name', { templateId: 'botany' }, 'template-unavailable'],
    [
      'no e-mail address',
      { recipient: { email: 'ada', name: 'Ada', id: '1' } },
      'recipient-refused',
    ],
  ])('is refused for %s', async (_why, changes, reason) => {
    await expect(accredible.issue(anOrder(changes))).rejects.toMatchObject({
      kind: 'refused',
      reason,
      status: 422,
      message: expect.stringContaining('Accredible refused a new credential: '),
    })
  })
})

describe('a revocation', () => {
  const revocation = { reason: 'By mistake', at: '2026-03-10T12:00:00Z', notify: false }

  it('ends a badge at once, though it was issued today', async () => {
    const badge = await accredible.issue(anOrder())
    const revoked = await accredible.revoke(badge.id, revocation)
    expect(revoked).toMatchObject({ standing: 'ended', state: 'expired', expiresAt: '2026-03-09' })
    expect(simulator.credentials()[0]?.state).toBe('expired')
  })

  it('is dated back to when it was decided', async () => {
    const badge = await accredible.issue(anOrder())
    const at = '2026-02-28T23:30:00-02:00'
    expect(await accredible.revoke(badge.id, { ...revocation, at })).toMatchObject({
      expiresAt: '2026-03-01',
    })
  })

  it('of a badge that has ended says so and changes nothing', async () => {
    const badge = await accredible.issue(anOrder({ expiresAt: '2026-03-10T12:00:00Z' }))
    expect(badge.standing).toBe('live')
    simulator.advance(86_400)
    await expect(accredible.revoke(badge.id, revocation)).rejects.toMatchObject({
      kind: 'refused',
      reason: 'already-ended',
    })
    expect(simulator.credentials()[0]?.expiredOn).toBe('2026-03-10')
  })

  it('of a badge that is gone says so', async () => {
    const badge = await accredible.issue(anOrder())
    expect(await accredible.deleteCredential(badge.id)).toEqual(badge)
    const gone = { kind: 'refused', reason: 'not-found' }
    await expect(accredible.revoke(badge.id, revocation)).rejects.toMatchObject(gone)
    await expect(accredible.renew?.(badge.id, anOrder())).rejects.toMatchObject(gone)
    await expect(accredible.deleteCredential(badge.id)).rejects.toMatchObject(gone)
    expect(await accredible.getBadge(badge.id)).toBeUndefined()
  })

  it('is undone by renewing, with the facts of the new award', async () => {
    const order = anOrder({ expiresAt: '2026-12-24T00:00:00Z' })
    const badge = await accredible.issue(order)
    await accredible.revoke(badge.id, revocation)
    const anew = { ...order, awardId: 'later', issuedAt: '2026-03-10T12:05:00Z', expiresAt: null }
    expect(await accredible.renew?.(badge.id, anew)).toMatchObject({
      id: badge.id,
      standing: 'live',
      issuedAt: '2026-03-10',
      expiresAt: null,
      awardId: 'later',
    })
  })
})

describe('several badges at once', () => {
  it('each have a result of their own, in the order of the orders', async () => {
    const held = anOrder()
    await accredible.issue(held)
    simulator.setCredits(1)
    const results = await accredible.bulkCreate([
      anOrder(),
      { ...held, awardId: 'again' },
      anOrder({ recipient: { email: '', name: 'Nobody', id: '0' } }),
      anOrder({ templateId: '4711' }),
      anOrder(),
      { ...held, awardId: 'again-and-again' },
    ])
    expect(results.map(({ badge, error }) => [badge?.standing, error?.reason])).toEqual([
      ['live', undefined],
      [undefined, 'duplicate'],
      [undefined, 'recipient-refused'],
      [undefined, 'template-unavailable'],
      ['unpublished', 'no-credits'],
      [undefined, 'duplicate'],
    ])
    expect(results[0]?.badge?.templateId).toBe(group)
    expect(simulator.credentials()).toHaveLength(3)
  })

  it('may all fail, and may all succeed', async () => {
    const order = anOrder()
    const [first] = await accredible.bulkCreate([order])
    expect(first).toMatchObject({ badge: { awardId: order.awardId }, error: null })
    const [again] = await accredible.bulkCreate([order])
    expect(again).toMatchObject({ badge: null, error: { kind: 'refused', reason: 'duplicate' } })
  })

  it('are at most 30, and none is nothing', async () => {
    const many = Array.from({ length: 31 }, () => anOrder())
    await expect(accredible.bulkCreate(many)).rejects.toMatchObject({ reason: 'other' })
    expect(await accredible.bulkCreate([])).toEqual([])
    expect(simulator.requests).toEqual([])
    expect(await accredible.bulkCreate(many.slice(1))).toHaveLength(30)
    expect(simulator.credentials()).toHaveLength(30)
  })
})

describe('a call that fails', () => {
  it.each([
    [{ kind: 'hang' }, 'unanswered', 0],
    [{ kind: 'reset' }, 'unanswered', 0],
    [{ kind: 'lost-answer' }, 'unanswered', 1],
    [{ kind: 'status', status: 502, html: true }, 'unanswered', 0],
    [{ kind: 'rate-limit', retryAfter: 7 }, 'rate-limited', 0],
  ] as const)('for %o is %s, and a look tells what it did', async (fault, kind, made) => {
    await start({}, 80)
    simulator.faults.add({ fault, times: 1 })
    const order = anOrder()
    await expect(accredible.issue(order)).rejects.toMatchObject({ kind })
    const { email } = order.recipient
    const wanted = { templateId: group, email, awardId: order.awardId }
    expect(await accredible.findByRecipient(wanted)).toHaveLength(made)
  })

  it('for a wrong key says so without the key', async () => {
    const apiKey = 'quite-a-secret'
    const options = { apiBaseUrl: `${base}/v1/`, webBaseUrl: base, apiKey }
    const error = await createAccredible(options)
      .testConnection()
      .catch((caught: unknown) => caught)
    expect(error).toMatchObject({ kind: 'unauthorized', status: 401 })
    expect(String(error)).not.toContain(apiKey)
  })
})
