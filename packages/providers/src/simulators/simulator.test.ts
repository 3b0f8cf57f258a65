import { afterEach, describe, expect, it } from 'vitest'
import { createHttp } from '../http.js'
import { createSimulator, type SimulatorCore } from './simulator.js'

let core: SimulatorCore
let done = 0
afterEach(() => core.close())

async function start() {
  core = createSimulator()
  done = 0
  core.server.post('/things', async () => {
    done += 1
    return { done }
  })
  const base = await core.listen()
  const http = createHttp('The thing maker', { timeoutMs: 300 })
  const call = () => http({ method: 'POST', url: `${base}/things`, headers: {}, body: {} })
  const control = (path: string, body: object) =>
    fetch(`${base}/__sim/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  return { base, call, control }
}

describe('a simulator', () => {
  it.each([
    [{ kind: 'hang' }, 'unanswered', 0],
    [{ kind: 'reset' }, 'unanswered', 0],
    [{ kind: 'lost-answer' }, 'unanswered', 1],
    [{ kind: 'lost-answer', hang: true }, 'unanswered', 1],
    [{ kind: 'status', status: 500 }, 'unanswered', 0],
    [{ kind: 'status', status: 502, html: true }, 'unanswered', 0],
    [{ kind: 'status', status: 401 }, 'unauthorized', 0],
    [{ kind: 'rate-limit', retryAfter: 7 }, 'rate-limited', 0],
    [{ kind: 'rate-limit' }, 'rate-limited', 0],
  ] as const)('with the fault %o makes a call fail as %s', async (fault, kind, effects) => {
    const { call, control } = await start()
    expect((await control('faults', { fault, times: 1 })).status).toBe(200)
    await expect(call()).rejects.toMatchObject({ kind })
    expect(done).toBe(effects)
    expect((await call()).json).toEqual({ done: effects + 1 })
    expect(core.requests.map((r) => r.fault)).toEqual([fault.kind, null])
  })

  it('tells how long to stay away', async () => {
    const { call } = await start()
    core.faults.add({ fault: { kind: 'rate-limit', retryAfter: 7 }, times: 1 })
    await expect(call()).rejects.toMatchObject({ retryAfterMs: 7000 })
  })

  it('that is not there makes a call fail as unreachable', async () => {
    const { call } = await start()
    await core.close()
    await expect(call()).rejects.toMatchObject({ kind: 'unreachable' })
  })

  it('refuses a fault that does not exist', async () => {
    const { control } = await start()
    expect((await control('faults', { fault: { kind: 'fire' } })).status).toBe(400)
  })

  it('has a clock that can be advanced', async () => {
    const { control } = await start()
    const before = core.now().getTime()
    await control('clock', { advanceSeconds: 86_400 })
    expect(core.now().getTime() - before).toBeGreaterThanOrEqual(86_400_000)
  })
})
