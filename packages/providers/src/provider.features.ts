import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Fetch, HttpDeps } from './http.js'
import type { Order, Provider, ProviderTemplate } from './provider.js'
import { ProviderError } from './provider-error.js'
import type { Faults } from './simulators/faults.js'

/** A provider with a simulator behind it. */
export type ProviderUnderTest = {
  /** A client with the right key, or with a wrong one. */
  connect(deps?: HttpDeps, key?: 'wrong'): Provider
  readonly secret: string
  readonly origin: string
  readonly templateId: string
  readonly unknown: { readonly templateId: string; readonly badgeId: string }
  /** A part of the path that badges are ordered at by POST. */
  readonly orderPath: string
  readonly faults: Faults
  readonly requests: readonly { readonly url: string }[]
  /** Lets time pass, so that what comes next is later. */
  advance(seconds: number): void
  /** Badges of everybody that have not ended. */
  countLive(): number
  close(): Promise<void>
}

const revocation = { reason: 'Given by mistake', at: '2026-01-05T00:00:00Z', notify: false }
const elsewhere = 'https://elsewhere.example'

/** The behaviour that every provider shares, as its callers rely on it. */
export function describeProvider(name: string, setUp: () => Promise<ProviderUnderTest>) {
  describe(name, () => {
    let world: ProviderUnderTest
    let provider: Provider

    beforeEach(async () => {
      world = await setUp()
      provider = world.connect()
    })
    afterEach(() => world.close())

    function anOrder(changes: Partial<Order> = {}): Order {
      return {
        templateId: world.templateId,
        awardId: 'award-1',
        recipient: { email: 'ada@example.org', name: 'Ada Lovelace', id: 'learner-1' },
        issuedAt: '2026-01-02T03:04:05Z',
        expiresAt: null,
        evidence: [],
        narrative: null,
        locale: null,
        notify: true,
        ...changes,
      }
    }

    const find = (email = 'ada@example.org', templateId = world.templateId) =>
      provider.findByRecipient({ templateId, email, awardId: 'award-1' })

    /** Issues again what has ended, in the way that the provider has for it. */
    async function issueAgain(id: string) {
      if (provider.capabilities.reissue === 'anew') return await provider.issue(anOrder())
      return await provider.renew?.(id, anOrder())
    }

    it('tells whose key it is', async () => {
      const { name: whose } = await provider.testConnection()
      expect(whose).not.toBe('')
    })

    it('lists every template once, and reads each as it lists it', async () => {
      const templates = await collect(provider.listTemplates())
      const ids = templates.map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      const listed = templates.find(({ id }) => id === world.templateId)
      expect(listed).toMatchObject({ state: 'active', allowsDuplicates: false })
      expect(await provider.getTemplate(world.templateId)).toEqual(listed)
    })

    describe('a badge', () => {
      it('that is issued can be read, and is found by its recipient alone', async () => {
        expect(await find()).toEqual([])
        const badge = await provider.issue(anOrder())
        expect(badge).toMatchObject({
          templateId: world.templateId,
          email: 'ada@example.org',
          standing: 'live',
          awardId: provider.capabilities.ownId ? 'award-1' : null,
        })
        expect(badge.issuedAt?.slice(0, 10)).toBe('2026-01-02')
        expect(await provider.getBadge(badge.id)).toEqual(badge)
        // A list may tell when it was changed where a single answer does not.
        const { updatedAt: _, ...lasting } = badge
        expect(await find()).toMatchObject([lasting])
        expect((await find('ADA@example.org')).map(({ id }) => id)).toEqual([badge.id])
        const wanted = {
          templateId: world.templateId,
          email: 'bob@example.org',
          awardId: 'award-2',
        }
        expect(await provider.findByRecipient(wanted)).toEqual([])
      })

      it('ends when it was ordered to', async () => {
        const expiresAt = '2031-06-07T08:00:00.000Z'
        const badge = await provider.issue(anOrder({ expiresAt }))
        const exact = provider.capabilities.expiry === 'time' ? expiresAt.length : 10
        expect(badge.expiresAt?.slice(0, exact)).toBe(expiresAt.slice(0, exact))
      })

      it('is not issued twice', async () => {
        await provider.issue(anOrder())
        const refused = { kind: 'refused', reason: 'duplicate' }
        await expect(provider.issue(anOrder())).rejects.toMatchObject(refused)
        expect(world.countLive()).toBe(1)
      })

      it('is revoked, and then there is nothing to revoke', async () => {
        const { id } = await provider.issue(anOrder())
        expect(await provider.revoke(id, revocation)).toMatchObject({ id, standing: 'ended' })
        expect(await provider.getBadge(id)).toMatchObject({ standing: 'ended' })
        expect(world.countLive()).toBe(0)
        const refused = { kind: 'refused', reason: 'already-ended' }
        await expect(provider.revoke(id, revocation)).rejects.toMatchObject(refused)
      })

      it('that was revoked can be issued again', async () => {
        const first = await provider.issue(anOrder())
        await provider.revoke(first.id, revocation)
        const second = await issueAgain(first.id)
        expect(second).toMatchObject({ standing: 'live' })
        expect(second?.id === first.id).toBe(provider.capabilities.reissue === 'renew')
        expect(world.countLive()).toBe(1)
        const found = await find()
        expect(found.filter(({ standing }) => standing === 'live')).toMatchObject([
          { id: second?.id },
        ])
      })

      it('whose answer was lost is found, once, and not issued again', async () => {
        const fault = { kind: 'lost-answer' } as const
        world.faults.add({ fault, method: 'POST', path: world.orderPath, times: 1 })
        await expect(provider.issue(anOrder())).rejects.toMatchObject({ kind: 'unanswered' })
        expect(await find()).toMatchObject([{ standing: 'live' }])
        await expect(provider.issue(anOrder())).rejects.toMatchObject({ reason: 'duplicate' })
        expect(world.countLive()).toBe(1)
      })

      it.each([
        { kind: 'reset' },
        { kind: 'hang' },
        { kind: 'status', status: 500 },
        { kind: 'status', status: 502, html: true },
      ] as const)('whose order met %o is not found, and can be ordered again', async (fault) => {
        const impatient = world.connect({ fetch: givingUpOnOrders(world) })
        world.faults.add({ fault, method: 'POST', path: world.orderPath, times: 1 })
        await expect(impatient.issue(anOrder())).rejects.toMatchObject({ kind: 'unanswered' })
        expect(await find()).toEqual([])
        expect(await provider.issue(anOrder())).toMatchObject({ standing: 'live' })
      })

      it('may be answered with more than we know', async () => {
        const talkative = world.connect({ fetch: withMore(globalThis.fetch) })
        const badge = await talkative.issue(anOrder())
        expect(await talkative.getBadge(badge.id)).toEqual(badge)
        expect(await collect(talkative.listTemplates())).toEqual(
          await collect(provider.listTemplates()),
        )
      })

      it('may have been issued when the answer is a page of some proxy', async () => {
        const fetch: Fetch = async (url, init) =>
          init.method === 'POST' && url.includes(world.orderPath)
            ? new Response('<html>Welcome</html>', { status: 200 })
            : await globalThis.fetch(url, init)
        const lost = world.connect({ fetch }).issue(anOrder())
        await expect(lost).rejects.toMatchObject({ kind: 'unanswered' })
      })
    })

    describe('what does not exist', () => {
      it('is not there', async () => {
        const { templateId, badgeId } = world.unknown
        expect(await provider.getTemplate(templateId)).toBeUndefined()
        expect(await provider.getBadge(badgeId)).toBeUndefined()
        expect(await find('ada@example.org', templateId)).toEqual([])
        const gone = { kind: 'refused', reason: 'not-found' }
        await expect(provider.revoke(badgeId, revocation)).rejects.toMatchObject(gone)
        const unavailable = { kind: 'refused', reason: 'template-unavailable' }
        await expect(provider.issue(anOrder({ templateId }))).rejects.toMatchObject(unavailable)
        expect(world.countLive()).toBe(0)
      })

      it.each(['', '.', '..', '../..', 'a/b?c=1#d', '%2e%2e'])('has the id "%s"', async (id) => {
        expect(await provider.getBadge(id)).toBeUndefined()
        expect(await provider.getTemplate(id)).toBeUndefined()
      })
    })

    describe('a key', () => {
      it('that is wrong opens nothing, and is not told', async () => {
        const wrong = world.connect({}, 'wrong')
        const calls = [
          () => wrong.testConnection(),
          () => collect(wrong.listTemplates()),
          () => wrong.issue(anOrder()),
          () => wrong.getBadge(world.unknown.badgeId),
        ]
        for (const call of calls) {
          world.advance(3600)
          expect(await failureOf(call())).toMatchObject({ kind: 'unauthorized' })
        }
      })

      it('is in no message', async () => {
        world.faults.add({ fault: { kind: 'status', status: 401, body: 'no' }, path: '/' })
        const error = await failureOf(provider.issue(anOrder()))
        expect(error).toMatchObject({ kind: 'unauthorized' })
        expect(`${error.message} ${error.stack}`).not.toContain(world.secret)
      })

      it('is not taken to a next page elsewhere', async () => {
        const asked: string[] = []
        const fetch: Fetch = async (url, init) => {
          asked.push(url)
          if (url.startsWith(elsewhere)) return Response.json({})
          return await pointingElsewhere(await globalThis.fetch(url, init), world.origin)
        }
        await collect(world.connect({ fetch }).listTemplates()).catch((error) => {
          expect(error).toMatchObject({ kind: 'refused' })
        })
        expect(asked.length).toBeGreaterThan(0)
        expect(asked.filter((url) => url.startsWith(elsewhere))).toEqual([])
      })
    })

    describe('a call', () => {
      it('that was given up is not made', async () => {
        const before = world.requests.length
        const error = await failureOf(provider.issue(anOrder(), { signal: AbortSignal.abort() }))
        expect(['unreachable', 'unanswered']).toContain(error.kind)
        expect(world.requests.length).toBe(before)
      })

      it('that is given up on the way may have had an effect', async () => {
        const fault = { kind: 'hang' } as const
        world.faults.add({ fault, method: 'POST', path: world.orderPath, times: 1 })
        const stop = new AbortController()
        const error = failureOf(provider.issue(anOrder(), { signal: stop.signal }))
        await orderArrived(world)
        stop.abort()
        expect(await error).toMatchObject({ kind: 'unanswered' })
      })

      it('that is too many is told when to come again', async () => {
        const told: number[] = []
        const onRateLimited = async (ms: number) => void told.push(ms)
        const fault = { kind: 'rate-limit', retryAfter: 7 } as const
        world.faults.add({ fault, method: 'POST', path: world.orderPath, times: 1 })
        const error = await failureOf(world.connect({ onRateLimited }).issue(anOrder()))
        expect(error).toMatchObject({ kind: 'rate-limited', retryAfterMs: 7000 })
        expect(told).toEqual([7000])
        expect(world.countLive()).toBe(0)
      })

      it('to a server that is not there is unreachable', async () => {
        await world.close()
        expect(await failureOf(provider.issue(anOrder()))).toMatchObject({ kind: 'unreachable' })
      })

      it('waits until it may be made', async () => {
        const error = new ProviderError('Later.', { kind: 'rate-limited', retryAfterMs: 1 })
        const beforeRequest = async () => {
          throw error
        }
        expect(await failureOf(world.connect({ beforeRequest }).issue(anOrder()))).toBe(error)
        expect(world.requests).toEqual([])
      })
    })

    it('misses no change between two looks, where it has to be asked; it may repeat some', async () => {
      if (provider.capabilities.changes !== 'polling') return
      const look = async (cursor: string | null) => {
        world.advance(60)
        const changes = await provider.pollChanges?.(cursor)
        if (changes === undefined) throw new Error('It cannot be asked for changes.')
        const found = new Map(changes.badges.map((badge) => [badge.id, badge.standing]))
        return { found, cursor: changes.cursor }
      }
      const begun = await look(null)
      const { id } = await provider.issue(anOrder())
      const issued = await look(begun.cursor)
      expect(issued.found.get(id)).toBe('live')
      await provider.revoke(id, revocation)
      const revoked = await look(issued.cursor)
      expect(revoked.found.get(id)).toBe('ended')
    })
  })
}

async function collect(pages: AsyncIterable<readonly ProviderTemplate[]>) {
  const all: ProviderTemplate[] = []
  for await (const page of pages) all.push(...page)
  return all
}

async function failureOf(call: Promise<unknown>): Promise<ProviderError> {
  const outcome: unknown = await call.then(
    () => 'nothing failed',
    (error) => error,
  )
  if (outcome instanceof ProviderError) return outcome
  throw new Error(`Expected a ProviderError, not: ${String(outcome)}`)
}

async function orderArrived({ requests, orderPath }: ProviderUnderTest): Promise<void> {
  await expect.poll(() => requests.at(-1)?.url, { interval: 2 }).toContain(orderPath)
}

/** Runs out of time as soon as an order has arrived; every other call has all the time it needs. */
function givingUpOnOrders(world: ProviderUnderTest): Fetch {
  return async (url, init) => {
    if (init.method !== 'POST' || !url.includes(world.orderPath)) return await fetch(url, init)
    const late = new AbortController()
    const signal = AbortSignal.any([late.signal, ...(init.signal ? [init.signal] : [])])
    const answer = fetch(url, { ...init, signal })
    await Promise.race([orderArrived(world), answer])
    late.abort(new DOMException('Too late', 'TimeoutError'))
    return await answer
  }
}

/** Adds a member to every object of every answer. */
function withMore(fetch: Fetch): Fetch {
  return async (url, init) => {
    const response = await fetch(url, init)
    const text = await response.text()
    const more = JSON.stringify(JSON.parse(text), (_key, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? { ...value, 'something-new': [1] }
        : value,
    )
    const { status, headers } = response
    return new Response(more, { status, headers: new Headers(headers) })
  }
}

/** The answer with every address of the server moved elsewhere. */
async function pointingElsewhere(response: Response, origin: string): Promise<Response> {
  const moved = (text: string) => text.replaceAll(origin, elsewhere)
  const headers = [...response.headers].map(([key, value]): [string, string] => [key, moved(value)])
  return new Response(moved(await response.text()), { status: response.status, headers })
}
