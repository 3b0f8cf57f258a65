import { Gauge } from 'prom-client'
import type { Db } from '../../db/database.js'
import type { HttpServer } from '../../http/http-server.js'
import { metrics } from '../../telemetry/metrics.js'
import { countWork, whyNotReady } from './operation-views.js'

const kinds = {
  outbox: ['Signals that have not been sent', ['waiting', 'stopped']],
  dead_letters: ['Dead letters', ['parked', 'replayed', 'discarded']],
  issuances: [
    'Issuances',
    ['queued', 'issuing', 'issued', 'failed', 'stopped', 'revoking', 'revoked'],
  ],
} as const

const gauges = Object.entries(kinds).map(([kind, [help, states]]) => ({
  kind,
  states,
  gauge: new Gauge({
    name: `rosette_${kind}`,
    help: `${help}, by state`,
    labelNames: ['state'],
    registers: [metrics],
  }),
}))

/** For those who run the platform; open, because they hold no data of learners. */
export function operationRoutes(server: HttpServer, { db }: { readonly db: Db }): void {
  server.get('/health/live', async () => ({ status: 'live' }))

  server.get('/health/ready', async (_request, reply) => {
    const reason = await whyNotReady(db)
    if (reason === null) return { status: 'ready' }
    return reply.code(503).send({ status: 'not ready', reason })
  })

  server.get('/metrics', async (_request, reply) => {
    const counts = await countWork(db)
    for (const { kind, states, gauge } of gauges) {
      for (const state of states) {
        const found = counts.find((c) => c.kind === kind && c.state === state)
        gauge.set({ state }, found?.count ?? 0)
      }
    }
    return reply.type(metrics.contentType).send(await metrics.metrics())
  })
}
