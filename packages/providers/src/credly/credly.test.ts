import { afterEach, describe, expect, it } from 'vitest'
import type { CallOptions, Order } from '../provider.js'
import { credlySimulatorDefaults, credlyTemplateId } from '../simulators/credly-seed.js'
import { createCredlySimulator } from '../simulators/credly-simulator.js'
import { type Credly, createCredly } from './credly.js'
import type { CredlyDeps, CredlyOptions } from './credly-options.js'

const { organizationId, token, clientId, clientSecret } = credlySimulatorDefaults
const templateId = credlyTemplateId(1)
const sim = { current: createCredlySimulator() }
afterEach(() => sim.current.close())

async function start(options: Partial<CredlyOptions> = {}, deps: CredlyDeps = {}) {
  sim.current = createCredlySimulator({ webBaseUrl: 'https://credly.example/' })
  const origin = await sim.current.listen()
  const credly = createCredly(
    {
      organizationId,
      apiBaseUrl: `${origin}/v1/`,
      webBaseUrl: origin,
      credentials: { kind: 'token', token },
      ...options,
    },
    { timeoutMs: 300, ...deps },
  )
  return { simulator: sim.current, credly, origin }
}

function order(changes: Partial<Order> = {}): Order {
  return {
    templateId,
    awardId: 'award-1',
    recipient: { email: 'ada@example.org', name: 'Ada Lovelace', id: 'learner-1' },
    issuedAt: '2026-03-01T09:30:15.678Z',
    expiresAt: null,
    evidence: [],
    narrative: null,
    locale: null,
    notify: true,
    ...changes,
  }
}

async function collect<T>(batches: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = []
  for await (const batch of batches) all.push(...batch)
  return all
}

describe('the connection', () => {
  it('tells the name and when the key ends', async () => {
    const { credly, simulator } = await start()
    const facts = await credly.testConnection()
    expect(facts).toMatchObject({ name: 'Simulated Academy', credits: null })
    const days = (Date.parse(facts.keyExpiresAt ?? '') - simulator.now().getTime()) / 86_400_000
    expect(Math.round(days)).toBe(180)
  })

  it.each([
    ['colon', '/v1'],
    ['bare', '/v1/'],
    ['bare', '/api/v1'],
  ] as const)('works with the %s form at %s', async (basicForm, path) => {
    const { origin, simulator } = await start()
    const credly = createCredly({
      organizationId,
      apiBaseUrl: origin + path,
      webBaseUrl: `${origin}/`,
      credentials: { kind: 'token', token },
      basicForm,
    })
    await expect(credly.testConnection()).resolves.toMatchObject({ name: 'Simulated Academy' })
    expect(simulator.requests.map(({ url }) => url)).toContain(
      `${path.replace(/\/$/, '')}/organizations/${organizationId}`,
    )
  })

  it('does not need to be allowed to see the keys', async () => {
    const { credly, simulator } = await start()
    simulator.faults.add({ fault: { kind: 'status', status: 403 }, path: '/authorization_tokens' })
    await expect(credly.testConnection()).resolves.toMatchObject({ keyExpiresAt: null })
  })

  it('fails with a key that is wrong, or has ended', async () => {
    const { simulator, credly } = await start()
    simulator.advance(180 * 86_400)
    await expect(credly.testConnection()).rejects.toMatchObject({ kind: 'unauthorized' })
  })

  it('fails for an organization that the key may not see', async () => {
    for (const organizationId of ['another', '']) {
      const { credly } = await start({ organizationId })
      const refusal = { reason: 'not-found', message: expect.stringContaining('organization') }
      await expect(credly.testConnection()).rejects.toMatchObject(refusal)
      await sim.current.close()
    }
  })

  it('lists the organizations that the key may see', async () => {
    const { credly } = await start()
    expect(await credly.listOrganizations()).toEqual([
      { id: organizationId, name: 'Simulated Academy' },
    ])
  })

  it('gets a new key, which works', async () => {
    const { credly, origin } = await start()
    const { key, expiresAt } = await credly.rotateKey!()
    expect(Date.parse(expiresAt!)).toBeGreaterThan(Date.now())
    const next = createCredly({
      organizationId,
      apiBaseUrl: `${origin}/v1/`,
      webBaseUrl: origin,
      credentials: { kind: 'token', token: key },
    })
    await expect(next.testConnection()).resolves.toMatchObject({ keyExpiresAt: expiresAt })
    const { id } = await next.issue(order())
    await next.deleteBadge(id)
  })
})

describe('an OAuth application', () => {
  const credentials = { kind: 'oauth', clientId, clientSecret } as const
  const fetches = () => sim.current.requests.filter(({ url }) => url === '/oauth/token').length

  it('fetches one token for calls that are made together, and for those that follow', async () => {
    const { credly } = await start({ credentials })
    await Promise.all([1, 2, 3].map(() => credly.testConnection()))
    await credly.testConnection()
    expect(fetches()).toBe(1)
    expect(credly.rotateKey).toBeUndefined()
  })

  it('fetches another shortly before the token ends', async () => {
    let now = Date.now()
    const { credly } = await start({ credentials }, { now: () => new Date(now) })
    await credly.testConnection()
    now += 7130 * 1000
    await credly.testConnection()
    expect(fetches()).toBe(1)
    now += 20 * 1000
    await credly.testConnection()
    expect(fetches()).toBe(2)
  })

  it('fetches another when the token ended too early, once', async () => {
    const { credly, simulator } = await start({ credentials })
    await credly.testConnection()
    simulator.advance(7300)
    await expect(credly.issue(order())).resolves.toMatchObject({ state: 'pending' })
    expect(fetches()).toBe(2)
    simulator.faults.add({ fault: { kind: 'status', status: 401 }, path: '/badges' })
    await expect(credly.issue(order())).rejects.toMatchObject({ kind: 'unauthorized' })
    expect(fetches()).toBe(3)
  })

  it('that is not known fails as unauthorized, and tries again later', async () => {
    const { credly, simulator } = await start({ credentials })
    const fault = { kind: 'status', status: 400, body: `{"error":"${clientSecret}"}` } as const
    simulator.faults.add({ fault, path: '/oauth', times: 1 })
    const error = await credly.testConnection().catch((e: unknown) => e)
    expect(error).toMatchObject({ kind: 'unauthorized', status: 400 })
    expect(String(error)).not.toContain(clientSecret)
    await expect(credly.testConnection()).resolves.toBeTruthy()
  })
})

describe('templates', () => {
  it('come from all pages and in all states', async () => {
    const { credly, simulator } = await start()
    const templates = await collect(credly.listTemplates())
    expect(new Set(templates.map(({ id }) => id)).size).toBe(60)
    expect(new Set(templates.map(({ state }) => state))).toEqual(
      new Set(['active', 'archived', 'draft']),
    )
    expect(simulator.requests.map(({ url }) => new URL(url, 'http://x').pathname)).toEqual([
      `/v1/organizations/${organizationId}/badge_templates`,
      `/api/v1/organizations/${organizationId}/badge_templates`,
    ])
  })

  it('are read one by one', async () => {
    const { credly } = await start()
    expect(await credly.getTemplate(credlyTemplateId(2))).toMatchObject({
      name: 'Volunteer (may be earned twice)',
      state: 'active',
      allowsDuplicates: true,
      skills: ['Testing', 'Simulation'],
      imageUrl: expect.stringMatching(/^https:\/\/credly\.example\/images\//),
    })
    expect(await credly.getTemplate(credlyTemplateId(10))).toMatchObject({ imageUrl: null })
  })

  it.each(['unknown', '', '.', '..', '../badges', 'a/b?c#d', '%2e%2e'])(
    'there is none with the id %j',
    async (id) => {
      const { credly } = await start()
      expect(await credly.getTemplate(id)).toBeUndefined()
      expect(await credly.getBadge(id)).toBeUndefined()
      expect(await credly.getEvent!(id)).toBeUndefined()
    },
  )
})

describe('a badge', () => {
  it('is issued', async () => {
    const { credly, simulator } = await start()
    const badge = await credly.issue(order())
    expect(badge).toMatchObject({
      templateId,
      email: 'ada@example.org',
      standing: 'live',
      state: 'pending',
      issuedAt: '2026-03-01T09:30:15.000Z',
      expiresAt: null,
      awardId: null,
      url: `https://credly.example/badges/${badge.id}/accept`,
    })
    expect(simulator.requests.at(-1)?.body).toEqual({
      recipient_email: 'ada@example.org',
      issued_to_first_name: 'Ada',
      issued_to_last_name: 'Lovelace',
      badge_template_id: templateId,
      issued_at: '2026-03-01 09:30:15 +0000',
      issuer_earner_id: 'learner-1',
    })
    expect(simulator.mails()).toMatchObject([{ kind: 'issued', suppressed: false, locale: 'en' }])
  })

  it('is issued with everything that can be said', async () => {
    const { credly, simulator } = await start()
    const badge = await credly.issue(
      order({
        notify: false,
        locale: 'pt_br',
        expiresAt: '2090-01-02T03:04:05+01:00',
        narrative: 'All done.',
        evidence: [
          { url: 'https://work.example/1', name: 'Work', narrative: 'Good' },
          { name: 'Talk', narrative: 'Held' },
          { narrative: 'Only words' },
          {},
        ],
      }),
    )
    expect(badge.expiresAt).toBe('2090-01-02T02:04:05.000Z')
    const [stored] = simulator.badges()
    expect(stored).toMatchObject({ locale: 'pt-BR', quiet: true })
    expect(stored?.evidence).toEqual([
      { type: 'UrlEvidence', value: 'https://work.example/1', name: 'Work', description: 'Good' },
      { type: 'IdEvidence', title: 'Talk', description: 'Held' },
      { type: 'IdEvidence', title: 'Evidence', description: 'Only words' },
      { type: 'IdEvidence', title: 'Narrative', description: 'All done.' },
    ])
    expect(simulator.mails()).toMatchObject([{ suppressed: true, locale: 'pt-BR' }])
  })

  it.each([
    [{ email: 'ada@example.org', name: ' ', id: '1' }, /name/],
    [{ email: '', name: 'Ada', id: '1' }, /e-mail/],
  ])('is not even asked for without what Credly requires: %o', async (recipient, sentence) => {
    const { credly, simulator } = await start()
    const refusal = {
      kind: 'refused',
      reason: 'recipient-refused',
      message: expect.stringMatching(sentence),
    }
    await expect(credly.issue(order({ recipient }))).rejects.toMatchObject(refusal)
    expect(simulator.requests).toHaveLength(0)
  })

  it('is not asked for at no time at all', async () => {
    const { credly } = await start()
    await expect(credly.issue(order({ issuedAt: 'soon' }))).rejects.toMatchObject({
      kind: 'refused',
      reason: 'other',
    })
  })

  it('is issued once, and again after it was revoked', async () => {
    const { credly, simulator } = await start()
    const { id } = await credly.issue(order())
    await expect(credly.issue(order())).rejects.toMatchObject({
      kind: 'refused',
      reason: 'duplicate',
      status: 422,
    })
    const revocation = { reason: 'Withdrawn', at: '2026-04-01T00:00:00Z', notify: false }
    expect(await credly.revoke(id, revocation)).toMatchObject({
      state: 'revoked',
      standing: 'ended',
    })
    expect(simulator.mails().at(-1)).toMatchObject({ kind: 'revoked', suppressed: true })
    await expect(credly.revoke(id, revocation)).rejects.toMatchObject({ reason: 'already-ended' })
    const again = await credly.issue(order())
    expect(again.id).not.toBe(id)
    expect(await credly.getBadge(id)).toMatchObject({ standing: 'ended' })
  })

  it('is not revoked without a reason', async () => {
    const { credly, simulator } = await start()
    const { id } = await credly.issue(order())
    await credly.revoke(id, { reason: ' ', at: '2026-04-01T00:00:00Z', notify: true })
    expect(simulator.badges()).toMatchObject([{ revocationReason: 'Revoked by the issuer' }])
  })

  it.each([
    ['template-unavailable', { templateId: 'unknown' }],
    ['template-unavailable', { templateId: credlyTemplateId(20) }],
    ['template-unavailable', { templateId: credlyTemplateId(10) }],
    ['recipient-refused', { recipient: { email: 'nobody', name: 'Ada', id: '1' } }],
  ] as const)('is refused as %s for %o', async (reason, changes) => {
    const { credly } = await start()
    await expect(credly.issue(order(changes))).rejects.toMatchObject({ kind: 'refused', reason })
  })

  it('that was accepted has a page of its own; a rejected one still stands', async () => {
    const { credly, simulator } = await start()
    const { id } = await credly.issue(order())
    simulator.acceptBadge(id)
    expect(await credly.getBadge(id)).toMatchObject({
      state: 'accepted',
      standing: 'live',
      url: `https://credly.example/badges/${id}`,
    })
    const other = await credly.issue(order({ templateId: credlyTemplateId(3) }))
    simulator.rejectBadge(other.id)
    expect(await credly.getBadge(other.id)).toMatchObject({ state: 'rejected', standing: 'live' })
  })

  it('that is past its end has ended', async () => {
    const { credly } = await start()
    const badge = await credly.issue(order({ expiresAt: '2026-03-02T00:00:00Z' }))
    expect(badge).toMatchObject({ state: 'pending', standing: 'ended' })
  })

  it('is replaced once; then the current one is named', async () => {
    const { credly } = await start()
    const { id } = await credly.issue(order())
    const next = await credly.replaceBadge(id, order({ templateId: credlyTemplateId(3) }))
    expect(await credly.getBadge(id)).toMatchObject({ state: 'replaced', standing: 'ended' })
    const refusal = { kind: 'refused', reason: 'replaced' }
    await expect(credly.replaceBadge(id, order())).rejects.toMatchObject({
      ...refusal,
      badgeId: next.id,
    })
    const revocation = { reason: 'Withdrawn', at: '2026-04-01T00:00:00Z', notify: true }
    await expect(credly.revoke(id, revocation)).rejects.toMatchObject(refusal)
  })

  it('that was deleted is gone', async () => {
    const { credly } = await start()
    const { id } = await credly.issue(order())
    await credly.deleteBadge(id)
    expect(await credly.getBadge(id)).toBeUndefined()
    await expect(credly.deleteBadge(id)).rejects.toMatchObject({ reason: 'not-found' })
    const revocation = { reason: 'Withdrawn', at: '2026-04-01T00:00:00Z', notify: true }
    await expect(credly.revoke(id, revocation)).rejects.toMatchObject({ reason: 'not-found' })
  })
})

describe('a batch', () => {
  const orders = (count: number) =>
    Array.from({ length: count }, (_, i) =>
      order({ recipient: { email: `l${i}@example.org`, name: 'L', id: `l${i}` } }),
    )

  it('is issued in one request and answered in order', async () => {
    const { credly, simulator } = await start()
    const badges = await credly.issueBatch(orders(50))
    expect(badges.map(({ email }) => email)).toEqual(orders(50).map((o) => o.recipient.email))
    expect(simulator.requests).toHaveLength(1)
    expect(await credly.issueBatch([])).toEqual([])
  })

  it('is issued whole or not at all', async () => {
    const { credly, simulator } = await start()
    const broken = [...orders(2), order({ templateId: 'unknown' })]
    await expect(credly.issueBatch(broken)).rejects.toMatchObject({
      reason: 'template-unavailable',
    })
    await expect(credly.issueBatch(orders(51))).rejects.toMatchObject({ kind: 'refused' })
    expect(simulator.badges()).toHaveLength(0)
  })
})

describe('the badges of a recipient', () => {
  const wanted = { templateId: credlyTemplateId(2), email: 'ADA@example.org', awardId: 'award-1' }

  it('are found on all pages, with those that have ended, and nobody else’s', async () => {
    const { credly, simulator } = await start()
    const mine = order({ templateId: wanted.templateId })
    for (let i = 0; i < 51; i += 1) await credly.issue(mine)
    const [first] = simulator.badges()
    await credly.revoke(first!.id, { reason: 'x', at: '2026-04-01T00:00:00Z', notify: true })
    await credly.issue(order())
    const other = { email: 'bob@example.org', name: 'Bob', id: 'bob' }
    await credly.issue(order({ templateId: wanted.templateId, recipient: other }))
    const found = await credly.findByRecipient(wanted)
    expect(found).toHaveLength(51)
    expect(found.filter(({ standing }) => standing === 'ended')).toHaveLength(1)
  })

  it('are found where the address would break the filter', async () => {
    const { credly, simulator } = await start()
    const email = 'a|state::rejected@example.org'
    await credly.issue(order({ recipient: { email, name: 'Ada', id: '1' } }))
    await credly.issue(order({ recipient: { email: 'b+c@example.org', name: 'B', id: '2' } }))
    expect(await credly.findByRecipient({ templateId, email, awardId: '' })).toHaveLength(1)
    const plus = { templateId, email: 'b+c@example.org', awardId: '' }
    expect(await credly.findByRecipient(plus)).toHaveLength(1)
    expect(simulator.requests.at(-1)?.url).toContain('b%2Bc%40example.org')
  })

  it('are looked up after an answer was lost', async () => {
    const { credly, simulator } = await start()
    simulator.faults.add({ fault: { kind: 'lost-answer' }, method: 'POST', times: 1 })
    await expect(credly.issue(order())).rejects.toMatchObject({ kind: 'unanswered' })
    const found = await credly.findByRecipient({
      templateId,
      email: 'ada@example.org',
      awardId: '',
    })
    expect(found).toMatchObject([{ standing: 'live' }])
  })
})

describe('events', () => {
  it('are read back, whatever was announced', async () => {
    const { credly, simulator } = await start()
    const { id } = await credly.issue(order())
    simulator.archiveTemplate(credlyTemplateId(3))
    const [created, archived] = simulator.events()
    expect(await credly.getEvent!(created!.id)).toEqual({
      id: created!.id,
      type: 'badge.created',
      organizationId,
      occurredAt: created!.occurredAt.toISOString(),
      badgeId: id,
      templateId,
    })
    expect(await credly.getEvent!(archived!.id)).toMatchObject({
      type: 'badge_template.changed',
      badgeId: null,
      templateId: credlyTemplateId(3),
    })
    expect(await collect(credly.listEvents())).toHaveLength(2)
  })
})

describe('every call', () => {
  const revocation = { reason: 'x', at: '2026-04-01T00:00:00Z', notify: true }
  const wanted = { templateId, email: 'ada@example.org', awardId: '' }
  const calls: [string, (credly: Credly, options?: CallOptions) => Promise<unknown>][] = [
    ['testConnection', (c, o) => c.testConnection(o)],
    ['listOrganizations', (c, o) => c.listOrganizations(o)],
    ['listTemplates', (c, o) => collect(c.listTemplates(o))],
    ['getTemplate', (c, o) => c.getTemplate('1', o)],
    ['issue', (c, o) => c.issue(order(), o)],
    ['issueBatch', (c, o) => c.issueBatch([order()], o)],
    ['revoke', (c, o) => c.revoke('1', revocation, o)],
    ['replaceBadge', (c, o) => c.replaceBadge('1', order(), o)],
    ['deleteBadge', (c, o) => c.deleteBadge('1', o)],
    ['getBadge', (c, o) => c.getBadge('1', o)],
    ['findByRecipient', (c, o) => c.findByRecipient(wanted, o)],
    ['listEvents', (c, o) => collect(c.listEvents(o))],
    ['getEvent', (c, o) => c.getEvent!('1', o)],
    ['rotateKey', (c, o) => c.rotateKey!(o)],
  ]
  const faults = [
    [{ kind: 'hang' }, 'unanswered'],
    [{ kind: 'reset' }, 'unanswered'],
    [{ kind: 'lost-answer' }, 'unanswered'],
    [{ kind: 'lost-answer', hang: true }, 'unanswered'],
    [{ kind: 'status', status: 500 }, 'unanswered'],
    [{ kind: 'status', status: 502, html: true }, 'unanswered'],
    [{ kind: 'status', status: 503 }, 'unanswered'],
    [{ kind: 'status', status: 401 }, 'unauthorized'],
    [{ kind: 'status', status: 403 }, 'unauthorized'],
    [{ kind: 'status', status: 400 }, 'refused'],
    [{ kind: 'rate-limit', retryAfter: 3 }, 'rate-limited'],
    [{ kind: 'rate-limit' }, 'rate-limited'],
  ] as const

  it.each(calls)('%s tells what went wrong', async (_, call) => {
    const { credly, simulator } = await start({}, { timeoutMs: 200 })
    for (const [fault, kind] of faults) {
      simulator.faults.clear()
      simulator.faults.add({ fault })
      await expect(call(credly), fault.kind).rejects.toMatchObject({ kind })
    }
  })

  it.each(calls)('%s waits for its turn, and stops when it is told to', async (_, call) => {
    const waits: boolean[] = []
    const beforeRequest = async (signal: AbortSignal) => void waits.push(signal.aborted)
    const { credly, simulator } = await start({}, { beforeRequest })
    const signal = AbortSignal.abort()
    await expect(call(credly, { signal })).rejects.toMatchObject({ name: 'ProviderError' })
    expect(waits).toEqual([true])
    expect(simulator.requests).toHaveLength(0)
  })

  it.each(calls)('%s tells that Credly cannot be reached', async (_, call) => {
    const { credly, simulator } = await start()
    await simulator.close()
    await expect(call(credly)).rejects.toMatchObject({ kind: 'unreachable' })
  })
})
