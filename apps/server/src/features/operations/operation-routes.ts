import { noticeKinds } from '@rosette/contract'
import { Gauge } from 'prom-client'
import type { Db } from '../../db/database.js'
import type { HttpServer } from '../../http/http-server.js'
import { metrics } from '../../telemetry/metrics.js'
import { countWork, whyNotReady } from './operation-views.js'

const kinds = {
  outbox: ['Signals that have not been sent', 'state', ['waiting', 'stopped']],
  dead_letters: ['Dead letters', 'state', ['parked', 'replayed', 'discarded']],
  notices_open: ['Notices that need a person', 'kind', noticeKinds],
  issuances: [
    'Issuances',
    'state',
    ['queued', 'issuing', 'issued', 'failed', 'stopped', 'revoking', 'revoked'],
  ],
} as const

const gauges = Object.entries(kinds).map(([kind, [help, label, values]]) => ({
  kind,
  label,
  values,
  gauge: new Gauge({
    name: `rosette_${kind}`,
    help: `${help}, by ${label}`,
    labelNames: [label],
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
    for (const { kind, label, values, gauge } of gauges) {
      for (const value of values) {
        const found = counts.find((c) => c.kind === kind && c.state === value)
        gauge.set({ [label]: value }, found?.count ?? 0)
      }
    }
    return reply.type(metrics.contentType).send(await metrics.metrics())
  })
}
