import type pg from 'pg'
import { createAdminApi } from './app/admin-api.js'
import { openBus } from './bus.js'
import type { Settings } from './config/load.js'
import { openDatabase } from './db/database.js'
import { createCredentials, credentialRoutes } from './features/credentials/credentials.js'
import { createDemo } from './features/demo/demo.js'
import { createEventPartitions, maintainEventsTask } from './features/events/events.js'
import { createImages } from './features/images/images.js'
import { createIssuances } from './features/issuances/issuances.js'
import { createIssuers, issuerRoutes } from './features/issuers/issuers.js'
import { imageRoutes, pageRoutes } from './features/pages/pages.js'
import { createProgressConsumer, createProgressViews } from './features/progress/progress.js'
import { createSignals, relayTask } from './features/signals/signals.js'
import { startPageRoutes } from './features/start-page/start-page.js'
import { createActiveRules } from './features/templates/templates.js'
import { createTokens } from './features/tokens/tokens.js'
import { createHttpServer } from './http/http-server.js'
import { openPublicScope } from './http/public-scope.js'
import { createPublicUrls } from './http/public-urls.js'

/** What tests and other processes may put in the place of the real thing. */
export type Swapped = {
  readonly now?: () => Date
  /** Milliseconds for which public documents are served from memory; tests read what is stored. */
  readonly freshFor?: number
}

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
  const urls = createPublicUrls(config.http.baseUrl)
  const issuers = createIssuers({ urls, masterKey: masterKeyOf(secrets), now })
  const credentials = createCredentials({ db, urls, issuers, now })
  const images = createImages({ db })
  const freshFor = swapped.freshFor ?? 1000
  const pages = { db, urls, issuers, credentials, images, now, freshFor }
  const issuances = createIssuances({ db, credentials, now })
  const consequences = {
    granted: issuances.granted,
    revoked: issuances.revoked,
    announce: signals.announce,
    imageUrlOf: (templateId: string) => `${urls.badge(templateId)}/image`,
  }
  // Our own signals come back over a shared topic; they have been counted when they were decided.
  const configuredTypes = new Set(config.badges.events)
  const progress = createProgressConsumer({ db, rules, configuredTypes, consequences, now })

  const partitions = createEventPartitions({
    db,
    now,
    retentionMonths: config.eventRetentionMonths,
  })
  const demo = createDemo({
    db,
    issuers,
    now,
    sink: bus.sink,
    topic: config.bus.topics[0] ?? 'learning-badges-lifecycle',
    // Invented learners must not reach others that listen to a shared bus.
    isPossible: config.badgesEnabled && bus.kind === 'memory',
  })

  const api = createAdminApi({
    config,
    db,
    now,
    urls,
    rules,
    consequences,
    progress,
    configuredTypes,
    issuers,
    images,
  })

  function createServer() {
    const server = createHttpServer({ authenticate: tokens.authenticate })
    api.routes(server)
    openPublicScope(server, (scope) => {
      issuerRoutes(scope, { db, issuers, urls })
      credentialRoutes(scope, { db, credentials, urls, freshFor })
      pageRoutes(scope, pages)
      imageRoutes(scope, pages)
      startPageRoutes(scope, {
        db,
        urls,
        badgesEnabled: config.badgesEnabled,
        isDemoMoving: demo.isMoving,
        progress: createProgressViews({ db }),
      })
    })
    return server
  }

  return {
    db,
    bus,
    tokens,
    progress,
    issuers,
    issuances,
    images,
    consequences,
    tasks: { ...signals.tasks, ...issuances.tasks, ...partitions.tasks },
    schedule: [
      { task: relayTask, everyMs: 60_000 },
      { task: maintainEventsTask, everyMs: 6 * 3_600_000 },
    ],
    maintainEvents: partitions.maintain,
    pool,
    createServer,
    demo,
    async close() {
      await bus.sink.close()
      await db.destroy()
    },
  }
}

export type App = ReturnType<typeof createApp>

function masterKeyOf({ masterKey }: Settings['secrets']): Buffer {
  if (masterKey !== undefined) return masterKey
  throw new Error('There is no master key: load or make one before the application is wired.')
}
