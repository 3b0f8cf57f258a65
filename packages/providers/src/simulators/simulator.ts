import { setTimeout as pause } from 'node:timers/promises'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { z } from 'zod'
import { createFaults, type Faults, faultRuleSchema } from './faults.js'
import { createRandom, randomId } from './random.js'

export type SimulatorOptions = {
  readonly seed?: number
  /** Milliseconds of half, and of nineteen in twenty answers; none at all when it is left out. */
  readonly latency?: { readonly p50: number; readonly p95: number }
  /** The time it begins at; it goes on from there with the real clock. */
  readonly startAt?: Date
}

export type LoggedRequest = {
  readonly method: string
  readonly url: string
  readonly body: unknown
  readonly at: string
  /** The fault it met. */
  readonly fault: string | null
}

/** What every simulator is built on. */
export type SimulatorCore = {
  readonly server: FastifyInstance
  readonly faults: Faults
  readonly random: () => number
  newId(): string
  now(): Date
  advance(seconds: number): void
  readonly requests: LoggedRequest[]
  /** Called by `POST /__sim/reset`, after faults, clock and log are as at the start. */
  onReset(reset: () => void): void
  /** Called whenever the clock was advanced. */
  onAdvance(advanced: () => void): void
  listen(port?: number, host?: string): Promise<string>
  close(): Promise<void>
}

const mostLogged = 20_000

/**
 * An HTTP server with a clock, ids and faults that follow from a seed, controlled over `/__sim/…`:
 * `POST reset`, `POST clock {"advanceSeconds": n}`, `GET requests`, `GET|POST|DELETE faults`.
 * What it simulates is registered by each simulator.
 */
export function createSimulator(options: SimulatorOptions = {}): SimulatorCore {
  const { seed = 1, latency } = options
  const random = createRandom(seed)
  const faults = createFaults(createRandom(seed + 1))
  const latencyRandom = createRandom(seed + 2)
  const requests: LoggedRequest[] = []
  const resets: (() => void)[] = []
  const advances: (() => void)[] = []
  let offsetMs = offsetTo(options.startAt)
  const now = () => new Date(Date.now() + offsetMs)

  const server = Fastify({ logger: false, routerOptions: { ignoreTrailingSlash: true } })
  const met = new WeakMap<FastifyRequest, ReturnType<Faults['meet']>>()

  // Before the handler, with the body read: what is refused here has no effect.
  server.addHook('preHandler', async (request, reply) => {
    if (isControl(request)) return
    const fault = faults.meet(request.method, request.url)
    met.set(request, fault)
    const { method, url, body } = request
    requests.push({ method, url, body, at: now().toISOString(), fault: fault?.kind ?? null })
    if (requests.length > mostLogged) requests.shift()
    if (latency !== undefined) await pause(delayOf(latency, latencyRandom))
    switch (fault?.kind) {
      case 'hang':
        return reply.hijack()
      case 'reset':
        return breakOff(reply)
      case 'status':
        return reply
          .code(fault.status)
          .type(fault.html ? 'text/html' : 'application/json')
          .send(fault.body ?? (fault.html ? '<html><body>Bad gateway</body></html>' : '{}'))
      case 'rate-limit':
        if (fault.retryAfter !== undefined) reply.header('retry-after', String(fault.retryAfter))
        return reply.code(429).send({ message: 'Too many requests' })
      case 'delay':
        await pause(fault.ms)
    }
    return undefined
  })

  // After the handler: the effect is there, its answer is not.
  server.addHook('onSend', async (request, reply, payload) => {
    const fault = met.get(request)
    if (fault?.kind !== 'lost-answer') return payload
    if (fault.hang) reply.hijack()
    else breakOff(reply)
    return await new Promise<never>(() => {})
  })

  server.post('/__sim/reset', async () => {
    faults.clear()
    offsetMs = offsetTo(options.startAt)
    requests.length = 0
    for (const reset of resets) reset()
    return { reset: true }
  })
  server.post('/__sim/clock', async (request) => {
    const { advanceSeconds } = z
      .strictObject({ advanceSeconds: z.number().min(0) })
      .parse(request.body)
    advance(advanceSeconds)
    return { now: now().toISOString() }
  })
  server.get('/__sim/requests', async () => requests)
  server.get('/__sim/faults', async () => faults.list())
  server.post('/__sim/faults', async (request, reply) => {
    const parsed = faultRuleSchema.safeParse(request.body)
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) })
    faults.add(parsed.data)
    return faults.list()
  })
  server.delete('/__sim/faults', async () => {
    faults.clear()
    return []
  })

  function advance(seconds: number): void {
    offsetMs += seconds * 1000
    for (const advanced of advances) advanced()
  }

  return {
    server,
    faults,
    random,
    requests,
    now,
    advance,
    newId: () => randomId(random),
    onReset: (reset) => void resets.push(reset),
    onAdvance: (advanced) => void advances.push(advanced),
    listen: (port = 0, host = '127.0.0.1') => server.listen({ port, host }),
    async close() {
      // Hanging requests would keep it open.
      server.server.closeAllConnections()
      await server.close()
    },
  }
}

/** How far the clock that begins there is from the real one. */
function offsetTo(startAt: Date | undefined): number {
  return startAt === undefined ? 0 : startAt.getTime() - Date.now()
}

function isControl(request: FastifyRequest): boolean {
  return request.url.startsWith('/__sim/')
}

function breakOff(reply: FastifyReply): FastifyReply {
  reply.hijack()
  reply.raw.socket?.resetAndDestroy()
  return reply
}

/** Log-normal: most answers come soon, a few take long. */
function delayOf({ p50, p95 }: { p50: number; p95: number }, random: () => number): number {
  const sigma = Math.log(p95 / p50) / 1.645
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return p50 * Math.exp(sigma * normal)
}
