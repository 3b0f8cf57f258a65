import { afterEach, describe, expect, it } from 'vitest'
import type { Order, ProviderTemplate } from '../provider.js'
import {
  type BadgrSimulator,
  type BadgrSimulatorOptions,
  badgrSimulatorAccount,
  badgrSimulatorBadgeClassId,
  createBadgrSimulator,
} from '../simulators/badgr-simulator.js'
import { createBadgr } from './badgr.js'
import type { BadgrCredentials, BadgrDeps } from './options.js'

const { issuerId, username, password, issuerToken } = badgrSimulatorAccount
const templateId = badgrSimulatorBadgeClassId(1)
const login: BadgrCredentials = { kind: 'password', username, password }
const revocation = { reason: 'Given by mistake', at: '2026-01-02T00:00:00Z', notify: false }

let simulator: BadgrSimulator
afterEach(() => simulator.close())

async function start(options: BadgrSimulatorOptions = {}, deps: BadgrDeps = {}) {
  simulator = createBadgrSimulator(options)
  const baseUrl = await simulator.listen()
  const badgr = createBadgr({ baseUrl, issuerId, credentials: login }, deps)
  return { baseUrl, badgr }
}

function anOrder(changes: Partial<Order> = {}): Order {
  return {
    templateId,
    awardId: 'award-1',
    recipient: { email: 'Ada@Example.org', name: 'Ada Lovelace', id: 'learner-1' },
    issuedAt: '2026-01-02T03:04:05Z',
    expiresAt: null,
    evidence: [],
    narrative: null,
    locale: null,
    notify: false,
    ...changes,
  }
}

const wanted = { templateId, email: 'ADA@example.org', awardId: 'award-1' }
const urlsOf = (part: string) =>
  simulator.requests.map(({ url }) => url).filter((url) => url.includes(part))

async function collect(pages: AsyncIterable<readonly ProviderTemplate[]>) {
  const all: (readonly ProviderTemplate[])[] = []
  for await (const page of pages) all.push(page)
  return all
}

describe('the connection', () => {
  it.each(['', '/', '/v2', '/v2/'])(
    'is tested with the issuer, at an address that ends in "%s"',
    async (end) => {
      const { baseUrl } = await start()
      const badgr = createBadgr({ baseUrl: `${baseUrl}${end}`, issuerId, credentials: login })
      const facts = { name: 'Simulated Issuer', keyExpiresAt: null, credits: null }
      expect(await badgr.testConnection()).toEqual(facts)
    },
  )

  it('names the issuer that is not there', async () => {
    const { baseUrl } = await start()
    const badgr = createBadgr({ baseUrl, issuerId: 'nobody', credentials: login })
    await expect(badgr.testConnection()).rejects.toMatchObject({
      reason: 'not-found',
      message: expect.stringContaining('issuer nobody'),
    })
  })

  it('tells its issuers apart', async () => {
    const { badgr } = await start()
    simulator.seed({ issuers: [{ name: 'Of others' }] })
    expect(await badgr.listIssuers()).toEqual([{ id: issuerId, name: 'Simulated Issuer' }])
  })
})

describe('badge classes', () => {
  it.each([true, false])('are listed whole, whether the server pages: %s', async (pages) => {
    const { badgr } = await start({ pages })
    const more = Array.from({ length: 120 }, (_, n) => ({ name: `More ${n}` }))
    simulator.seed({ badgeClasses: more })
    const listed = await collect(badgr.listTemplates())
    expect(listed.map((page) => page.length)).toEqual(pages ? [100, 32] : [132])
    expect(new Set(listed.flat().map(({ id }) => id)).size).toBe(132)
  })

  it('are templates', async () => {
    const { badgr, baseUrl } = await start()
    expect(await badgr.getTemplate(templateId)).toEqual({
      id: templateId,
      name: 'Simulated Badge 1',
      description: 'Badge 1 of the simulator.',
      imageUrl: `${baseUrl}/media/uploads/badges/${templateId}.svg`,
      url: `${baseUrl}/public/badges/${templateId}`,
      state: 'active',
      allowsDuplicates: false,
      skills: ['simulated', 'level-1'],
      updatedAt: null,
    })
  })

  it('of another issuer of the same account are not ours', async () => {
    const { badgr } = await start()
    const staff = [{ user: username, role: 'owner' as const }]
    simulator.seed({
      issuers: [{ entityId: 'other', name: 'Other', staff }],
      badgeClasses: [{ entityId: 'foreign', issuer: 'other', name: 'Foreign' }],
    })
    expect(await badgr.getTemplate('foreign')).toBeUndefined()
    const order = anOrder({ templateId: 'foreign' })
    await expect(badgr.issue(order)).rejects.toMatchObject({ reason: 'template-unavailable' })
    expect(simulator.assertions()).toEqual([])
  })

  it.each(['nothing', '', '.', '..', '../issuers', 'a/b?c=1#d'])(
    'with the id "%s" do not exist',
    async (id) => {
      const { badgr } = await start()
      expect(await badgr.getTemplate(id)).toBeUndefined()
      expect(await badgr.getBadge(id)).toBeUndefined()
    },
  )
})

describe('issuing', () => {
  it('gives a badge with all that was ordered', async () => {
    const { badgr, baseUrl } = await start()
    const badge = await badgr.issue(
      anOrder({
        expiresAt: '2030-01-01T00:00:00+01:00',
        narrative: 'Well done',
        evidence: [{ url: 'https://lms.example/c/1', name: 'Essay', narrative: 'Read it' }, {}],
        notify: true,
      }),
    )
    expect(badge).toEqual({
      id: expect.stringMatching(/^[\w-]{22}$/),
      templateId,
      email: 'ada@example.org',
      standing: 'live',
      state: 'Unaccepted',
      issuedAt: '2026-01-02T03:04:05.000Z',
      expiresAt: '2029-12-31T23:00:00.000Z',
      awardId: null,
      url: `${baseUrl}/public/assertions/${badge.id}`,
      updatedAt: null,
    })
    expect(simulator.assertions()).toMatchObject([
      {
        narrative: 'Well done',
        evidence: [{ url: 'https://lms.example/c/1', narrative: 'Essay\n\nRead it' }],
        recipient: { hashed: true },
        notified: true,
      },
    ])
  })

  it('leaves the end to the badge class, and asks for it once in a while', async () => {
    const { badgr } = await start()
    const expires = { amount: 1, duration: 'months' }
    simulator.seed({ badgeClasses: [{ entityId: 'ends', name: 'Ends', expires }] })
    const order = anOrder({ templateId: 'ends', issuedAt: '2026-01-31T10:00:00Z' })
    expect(await badgr.issue(order)).toMatchObject({ expiresAt: '2026-02-28T10:00:00.000Z' })
    const recipient = { ...order.recipient, email: 'bob@example.org' }
    await badgr.issue({ ...order, recipient })
    expect(
      simulator.requests.filter(({ method, url }) => method === 'GET' && url.endsWith('/ends')),
    ).toHaveLength(1)
  })

  it('is done when the clock of the server is a little behind', async () => {
    const ahead = () => new Date(Date.now() + 20_000)
    const { badgr } = await start({}, { now: ahead })
    const badge = await badgr.issue(anOrder({ issuedAt: ahead().toISOString() }))
    expect(badge.standing).toBe('live')
  })

  it('twice is refused, and after a revocation is not', async () => {
    const { badgr } = await start()
    const first = await badgr.issue(anOrder())
    await expect(badgr.issue(anOrder())).rejects.toMatchObject({
      kind: 'refused',
      reason: 'duplicate',
      message: expect.stringMatching(/^127\.0\.0\.1:\d+ refuses the order: A previous award/),
    })
    await badgr.revoke(first.id, revocation)
    const second = await badgr.issue(anOrder())
    expect(second.id).not.toBe(first.id)
    const found = await badgr.findByRecipient(wanted)
    expect(found.map(({ id, state }) => [id, state])).toEqual([
      [second.id, 'Unaccepted'],
      [first.id, 'revoked'],
    ])
  })

  it.each([
    [{ issuedAt: '2099-01-01T00:00:00Z' }, 'other'],
    [{ issuedAt: '1500-01-01T00:00:00Z' }, 'other'],
    [{ recipient: { email: 'nobody', name: 'N', id: 'n' } }, 'recipient-refused'],
    [{ recipient: { email: 'gone@example.org', name: 'G', id: 'g' } }, 'recipient-refused'],
    [{ templateId: 'nothing' }, 'template-unavailable'],
    [{ templateId: '..' }, 'template-unavailable'],
  ] as const)('%o is refused because of %s', async (changes, reason) => {
    const { badgr } = await start()
    simulator.seed({ refusedRecipients: ['gone@example.org'] })
    await expect(badgr.issue(anOrder(changes))).rejects.toMatchObject({ kind: 'refused', reason })
    expect(simulator.assertions()).toEqual([])
  })

  it('of a class that was deleted meanwhile is refused', async () => {
    const { badgr } = await start()
    await badgr.issue(anOrder())
    simulator.deleteBadgeClass(templateId)
    await expect(badgr.issue(anOrder())).rejects.toMatchObject({ reason: 'template-unavailable' })
    expect(await badgr.findByRecipient(wanted)).toEqual([])
  })

  it('whose answer is lost is found again, and not done twice', async () => {
    const { badgr } = await start()
    await badgr.getTemplate(templateId)
    simulator.faults.add({
      fault: { kind: 'lost-answer' },
      method: 'POST',
      path: '/assertions',
      times: 1,
    })
    await expect(badgr.issue(anOrder())).rejects.toMatchObject({ kind: 'unanswered' })
    expect(await badgr.findByRecipient(wanted)).toHaveLength(1)
    await expect(badgr.issue(anOrder())).rejects.toMatchObject({ reason: 'duplicate' })
    expect(simulator.assertions()).toHaveLength(1)
  })

  it('that fails before the order was sent may be repeated', async () => {
    const { badgr } = await start()
    simulator.faults.add({ fault: { kind: 'status', status: 503 }, method: 'GET', times: 1 })
    await expect(badgr.issue(anOrder())).rejects.toMatchObject({ kind: 'unreachable' })
    expect(urlsOf('/assertions')).toEqual([])
  })

  it('many at once is all or none, and says which is wrong', async () => {
    const { badgr } = await start()
    const of = (email: string) => anOrder({ recipient: { email, name: 'N', id: email } })
    const good = [of('a@example.org'), of('b@example.org')]
    await expect(badgr.issueBatch([...good, of('bad')])).rejects.toMatchObject({
      reason: 'recipient-refused',
      message: expect.stringContaining('item 3: recipient: Enter a valid email address.'),
    })
    expect(simulator.assertions()).toEqual([])
    const badges = await badgr.issueBatch(good)
    expect(badges.map(({ email }) => email)).toEqual(['a@example.org', 'b@example.org'])
    await expect(badgr.issueBatch(good)).rejects.toMatchObject({ reason: 'duplicate' })
    const mixed = [anOrder(), anOrder({ templateId: badgrSimulatorBadgeClassId(2) })]
    await expect(badgr.issueBatch(mixed)).rejects.toMatchObject({ kind: 'refused' })
    expect(await badgr.issueBatch([])).toEqual([])
    const tooMany = Array.from({ length: 26 }, () => anOrder())
    await expect(badgr.issueBatch(tooMany)).rejects.toMatchObject({ kind: 'refused' })
  })
})

describe('a badge', () => {
  it('is revoked once', async () => {
    const { badgr } = await start()
    const { id } = await badgr.issue(anOrder())
    expect(await badgr.revoke(id, revocation)).toMatchObject({
      standing: 'ended',
      state: 'revoked',
    })
    await expect(badgr.revoke(id, revocation)).rejects.toMatchObject({ reason: 'already-ended' })
    await expect(badgr.revoke('nothing', revocation)).rejects.toMatchObject({ reason: 'not-found' })
    expect(await badgr.getBadge(id)).toMatchObject({ state: 'revoked' })
    expect(simulator.assertions()).toMatchObject([{ revocationReason: revocation.reason }])
  })

  it('is revoked without a reason, though the server insists on one', async () => {
    const { badgr } = await start()
    const { id } = await badgr.issue(anOrder())
    await badgr.revoke(id, { ...revocation, reason: ' ' })
    expect(simulator.assertions()).toMatchObject([{ revocationReason: 'Revoked by the issuer' }])
  })

  it('is revoked with others, each on its own', async () => {
    const { badgr } = await start()
    const { id } = await badgr.issue(anOrder())
    const revoked = await badgr.revokeBatch([
      { id, reason: 'r' },
      { id: 'nothing', reason: 'r' },
    ])
    expect(revoked).toEqual([
      { id, revoked: true, reason: null },
      { id: 'nothing', revoked: false, reason: 'permission denied or object not found' },
    ])
  })

  it('ends by itself', async () => {
    const { badgr } = await start()
    const { id } = await badgr.issue(anOrder({ expiresAt: '2026-02-01T00:00:00Z' }))
    expect(await badgr.getBadge(id)).toMatchObject({ standing: 'ended', state: 'expired' })
    expect(await badgr.findByRecipient(wanted)).toHaveLength(1)
  })

  it('that is accepted or rejected says so', async () => {
    const { badgr } = await start()
    const { id } = await badgr.issue(anOrder())
    simulator.accept(id)
    expect(await badgr.getBadge(id)).toMatchObject({ standing: 'live', state: 'Accepted' })
    simulator.reject(id)
    expect(await badgr.getBadge(id)).toMatchObject({ state: 'Rejected' })
  })
})

describe('changes', () => {
  it('begin now, and come once', async () => {
    const { badgr } = await start()
    const old = await badgr.issue(anOrder())
    simulator.advance(1)
    const begun = await badgr.pollChanges(null)
    expect(begun.badges).toEqual([])
    simulator.accept(old.id)
    const first = await badgr.pollChanges(begun.cursor)
    expect(first.badges).toMatchObject([{ id: old.id, state: 'Accepted' }])
    simulator.advance(1)
    const { cursor } = await badgr.pollChanges(first.cursor)
    expect(await badgr.pollChanges(cursor)).toMatchObject({ badges: [] })
  })

  it('come from all pages, and from our issuer alone', async () => {
    const { badgr, baseUrl } = await start()
    const { cursor } = await badgr.pollChanges(null)
    const staff = [{ user: username, role: 'owner' as const }]
    simulator.seed({
      issuers: [{ entityId: 'other', name: 'Other', staff }],
      badgeClasses: [{ entityId: 'foreign', issuer: 'other', name: 'Foreign' }],
    })
    const other = createBadgr({ baseUrl, issuerId: 'other', credentials: login })
    await other.issue(anOrder({ templateId: 'foreign' }))
    const of = (n: number) =>
      anOrder({ recipient: { email: `${n}@example.org`, name: 'N', id: `${n}` } })
    for (let begin = 0; begin < 125; begin += 25) {
      await badgr.issueBatch(Array.from({ length: 25 }, (_, n) => of(begin + n)))
    }
    const { badges } = await badgr.pollChanges(cursor)
    expect(badges).toHaveLength(125)
    expect(urlsOf('cursor=')).toHaveLength(1)
  })

  it('are refused to a token of one issuer, in words', async () => {
    const { baseUrl } = await start()
    const badgr = createBadgr({
      baseUrl,
      issuerId,
      credentials: { kind: 'token', token: issuerToken },
    })
    expect(await badgr.testConnection()).toMatchObject({ name: 'Simulated Issuer' })
    await expect(badgr.pollChanges(null)).rejects.toMatchObject({
      kind: 'refused',
      reason: 'other',
    })
  })
})

describe('a search', () => {
  it.each([true, false])('turns every page, where the server has pages: %s', async (pages) => {
    const { badgr, baseUrl } = await start({ pages })
    const recipient = { identity: 'ada@example.org', type: 'email' }
    await fetch(`${baseUrl}/v2/badgeclasses/${templateId}/issue`, {
      method: 'POST',
      headers: { authorization: `Bearer ${issuerToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ assertions: Array.from({ length: 101 }, () => ({ recipient })) }),
    })
    expect(await badgr.findByRecipient(wanted)).toHaveLength(101)
    expect(urlsOf('cursor=')).toHaveLength(pages ? 1 : 0)
    expect(await badgr.findByRecipient({ ...wanted, email: 'bob@example.org' })).toEqual([])
  })
})
