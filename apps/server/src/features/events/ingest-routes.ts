import * as contract from '@rosette/contract'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { onPlatform } from '../../http/access.js'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import { countBatch } from '../../telemetry/events.js'
import { decodeCloudEvent } from './cloud-events.js'
import { type Decoded, isRefused } from './decode.js'
import { readCloudEvents } from './read-cloud-events.js'

type Outcome = { readonly matched: number; readonly awarded: number; readonly revoked: number }

type Deps = {
  readonly db: Db
  readonly badgesEnabled: boolean
  readonly configuredTypes: ReadonlySet<string>
  /** Takes decoded events the way that a consumer takes them. */
  readonly apply: (tx: Tx, decoded: readonly Decoded[], consumerGroup: string) => Promise<Outcome>
}

/** The door for events of any LMS that speaks HTTP. */
export function ingestRoutes(server: HttpServer, deps: Deps): void {
  server.register(async (scope) => {
    // The body is read by its media type, and Avro is no text.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    )
    scope.post(
      '/events',
      {
        schema: contract.ingestEvents,
        config: onPlatform('event:send'),
        validatorCompiler: () => (value) => ({ value }),
      },
      async (request, reply) => {
        const { body }: { body: unknown } = request
        const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
        const events = readCloudEvents(request.headers, bytes)
        return reply.code(202).send(await ingest(events, deps))
      },
    )
  })
}

/** All of a request or nothing: whoever sent it can mend it and send it again as it is. */
async function ingest(events: ReturnType<typeof readCloudEvents>, deps: Deps) {
  const { db, badgesEnabled, configuredTypes, apply } = deps
  if (!badgesEnabled) {
    const remedy = 'Set BADGES_ENABLED to true.'
    throw new AppError('badges-disabled', `No events are received while badges are off. ${remedy}`)
  }
  const decoded = events.map((event) => decodeCloudEvent(event, configuredTypes))
  const faults = decoded.flatMap((one, i) =>
    isRefused(one) ? [{ path: `[${i}]`, reason: one.detail, code: one.reason }] : [],
  )
  if (faults.length > 0) {
    const message = `${faults.length} of ${events.length} events were refused; nothing was stored.`
    throw new AppError('event-refused', message, { faults })
  }
  const { matched, awarded, revoked } = await inTransaction(db, (tx) => apply(tx, decoded, 'http'))
  const received = events.length
  const passedOver = decoded.filter((one) => one === 'passed-over').length
  countBatch('http', { received, refused: 0, matched, awarded, revoked })
  return { received, passedOver, matched, awarded, revoked }
}
