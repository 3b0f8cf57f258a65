import type pg from 'pg'
import { openBus } from './bus.js'
import { internalEvents } from './config/badges-config.js'
import type { Settings } from './config/load.js'
import { openDatabase } from './db/database.js'
import { createIssuances } from './features/issuances/issuances.js'
import { createProgressConsumer } from './features/progress/progress.js'
import { createSignals } from './features/signals/signals.js'
import { createActiveRules } from './features/templates/templates.js'
import { createTokens } from './features/tokens/tokens.js'
import { createHttpServer } from './http/http-server.js'

/** What tests and other processes may put in the place of the real thing. */
export type Swapped = { readonly now?: () => Date }

/** Wires everything once, with plain calls. */
export function createApp({ config, secrets }: Settings, pool: pg.Pool, swapped: Swapped = {}) {
  const now = swapped.now ?? (() => new Date())
  const db = openDatabase(pool)
  const bus = openBus(config.bus, secrets)
  const rules = createActiveRules()
  const tokens = createTokens({ db })
  const signals = createSignals({
    db,
    sink: bus.sink,
    targetsOf: (type) => (config.badgesEnabled ? (config.producer.get(type) ?? []) : []),
    serviceName: config.serviceName,
  })
  const issuances = createIssuances()
  const consequences = {
    granted: issuances.granted,
    revoked: async () => {},
    announce: signals.announce,
    imageUrlOf: (templateId: string) => `${config.http.baseUrl}/public/badges/${templateId}/image`,
  }
  const configuredTypes = new Set([...config.badges.events, ...internalEvents])
  const progress = createProgressConsumer({ db, rules, configuredTypes, consequences, now })

  function createServer() {
    const server = createHttpServer({ authenticate: tokens.authenticate })
    return server
  }

  return {
    db,
    bus,
    tokens,
    progress,
    tasks: { ...signals.tasks },
    createServer,
    // Replaced by the demo feature: seeds sample badges and simulates an LMS until the signal.
    demo: { run: async (_stop: AbortSignal) => {} },
    async close() {
      await bus.sink.close()
      await db.destroy()
    },
  }
}

export type App = ReturnType<typeof createApp>
