import { collectDefaultMetrics, Registry } from 'prom-client'

/** Everything that /metrics shows. */
export const metrics = new Registry()

collectDefaultMetrics({ register: metrics, prefix: 'rosette_' })
