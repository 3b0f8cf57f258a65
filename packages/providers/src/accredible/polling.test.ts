import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ProviderBadge } from '../provider.js'
import { createAccredibleSimulator } from '../simulators/accredible-simulator.js'
import { accredibleSimulatorKey } from '../simulators/accredible-store.js'
import { createAccredible } from './accredible.js'
import { pollSince, type Search } from './search.js'

const begin = Date.parse('2026-03-10T23:50:00Z')
const minute = 60_000

function aBadge(id: string, updatedAt: number): ProviderBadge {
  return {
    id,
    templateId: '7',
    email: 'ada@example.org',
    standing: 'live',
    state: 'published',
    issuedAt: '2026-03-10',
    expiresAt: null,
    awardId: null,
    url: null,
    updatedAt: new Date(updatedAt).toISOString(),
  }
}

/**
 * An account on a clock that is not ours, in whose search each change is found only a while after it
 * was made, and in which changes go on while pages are read.
 */
function anAccount({ skewMs, pageMs }: { skewMs: number; pageMs: number }) {
  let ours = begin
  const log: { id: string; at: number; lagMs: number }[] = []
  const meanwhile: string[] = []
  const change = (id: string, lagMs: number) => {
    // No two at the same moment, so that each can be told from the others.
    ours += 1
    log.push({ id, at: ours + skewMs, lagMs })
  }
  const found = () => {
    const visible = log.filter(({ at, lagMs }) => at + lagMs <= ours + skewMs)
    return new Map(visible.sort((a, b) => a.at - b.at).map(({ id, at }) => [id, at]))
  }
  const search: Search = async function* (query) {
    const since = query['updated_at[gte]'] ?? ''
    for (const id of ids) {
      const at = found().get(id)
      // A page of one row each, read at its own time.
      if (at !== undefined && new Date(at).toISOString().slice(0, 10) >= since)
        yield [aBadge(id, at)]
      ours += pageMs
      const next = meanwhile.shift()
      if (next !== undefined) change(next, 0)
    }
  }
  const pass = (ms: number) => {
    ours += ms
  }
  return { search, log, meanwhile, change, pass, now: () => new Date(ours) }
}

const ids = ['a', 'b', 'c', 'd'] as const
const id = fc.constantFrom(...ids)
const lagMs = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5 * minute }))
const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('change' as const), id, lagMs }),
    fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 20 * minute }) }),
    fc.record({ kind: fc.constant('poll' as const), meanwhile: fc.array(id, { maxLength: 4 }) }),
  ),
  { maxLength: 30 },
)

describe('polling', () => {
  it('misses no change, whatever the clocks, the delays and the order', async () => {
    const clocks = fc.record({
      skewMs: fc.integer({ min: -600 * minute, max: 600 * minute }),
      pageMs: fc.integer({ min: 0, max: 3 * minute }),
    })
    await fc.assert(
      fc.asyncProperty(clocks, steps, async (clock, all) => {
        const account = anAccount(clock)
        const seen = new Set<string>()
        let cursor: string | null = null
        const poll = async () => {
          const changes = await pollSince(cursor, account)
          if (cursor !== null) expect(changes.cursor >= cursor).toBe(true)
          cursor = changes.cursor
          for (const badge of changes.badges) seen.add(`${badge.id} ${badge.updatedAt}`)
        }
        await poll()
        for (const step of all) {
          if (step.kind === 'change') account.change(step.id, step.lagMs)
          else if (step.kind === 'pass') account.pass(step.ms)
          else {
            account.meanwhile.push(...step.meanwhile)
            await poll()
          }
        }
        account.meanwhile.length = 0
        account.pass(6 * minute)
        await poll()
        // What changed again before it was read is read as it is then.
        const last = new Map(account.log.map((change) => [change.id, change.at]))
        for (const [name, at] of last)
          expect(seen).toContain(`${name} ${new Date(at).toISOString()}`)
      }),
      { numRuns: 500 },
    )
  })

  it('goes on from where it was, over midnight', async () => {
    const simulator = createAccredibleSimulator({ startAt: new Date(begin) })
    const options = {
      apiBaseUrl: `${await simulator.listen()}/v1/`,
      webBaseUrl: 'https://web.test/',
      apiKey: accredibleSimulatorKey,
    }
    const accredible = createAccredible(options, { now: simulator.now })
    const groupId = simulator.groups()[14]?.id
    const recipient = { name: 'Ada', email: 'ada@example.org' }
    const many = Array.from({ length: 120 }, () => ({ group_id: groupId, recipient }))
    const { credentials } = simulator.seed({ credentials: many })

    const first = await accredible.pollChanges?.(null)
    expect(first?.badges).toHaveLength(120)
    simulator.advance(20 * 60)
    expect((await accredible.pollChanges?.(first?.cursor ?? null))?.badges.length).toBeLessThan(121)
    simulator.openCredential(credentials[60] ?? 0)
    const second = await accredible.pollChanges?.(first?.cursor ?? null)
    const opened = second?.badges.find(({ id }) => id === String(credentials[60]))
    expect(opened?.updatedAt?.slice(0, 10)).toBe('2026-03-11')
    const third = await accredible.pollChanges?.(second?.cursor ?? null)
    expect(third?.badges.map(({ id }) => id)).toEqual([String(credentials[60])])
    simulator.advance(25 * 3600)
    const fourth = await accredible.pollChanges?.(third?.cursor ?? null)
    expect((await accredible.pollChanges?.(fourth?.cursor ?? null))?.badges).toEqual([])
    await simulator.close()
  })

  it('begins with the last day, also where the cursor cannot be read', async () => {
    const account = anAccount({ skewMs: 0, pageMs: 0 })
    account.log.push({ id: 'a', at: begin - 26 * 60 * minute, lagMs: 0 })
    account.log.push({ id: 'b', at: begin - 60 * minute, lagMs: 0 })
    for (const cursor of [null, 'nonsense']) {
      const { badges } = await pollSince(cursor, account)
      expect(badges.map((badge) => badge.id)).toEqual(['b'])
    }
  })
})
