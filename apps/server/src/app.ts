import type { GuardedFetch } from '@rosette/guarded-fetch'
import type pg from 'pg'
import { createAccounts } from './app/accounts.js'
import { createAdminApi } from './app/admin-api.js'
import { openBackfills } from './app/backfills.js'
import { backgroundWork } from './app/background-work.js'
import { createLearnerSide } from './app/learner-side.js'
import { createOperations } from './app/operations.js'
import { createProviders } from './app/providers.js'
import { publicSite } from './app/public-site.js'
import { createSite } from './app/site.js'
import { createSources } from './app/sources.js'
import { openBus } from './bus.js'
import type { Settings } from './config/load.js'
import { openDatabase } from './db/database.js'
import type { Consequences } from './features/awards/awards.js'
import { consoleRoutes } from './features/console/console.js'
import { createCredentials } from './features/credentials/credentials.js'
import { createDemo } from './features/demo/demo.js'
import { createEventPartitions } from './features/events/events.js'
import { createIssuances } from './features/issuances/issuances.js'
import { createIssuers } from './features/issuers/issuers.js'
import { createProgressConsumer } from './features/progress/progress.js'
import type { ProviderFactory } from './features/provider-accounts/provider-accounts.js'
import { createProviderEvents } from './features/provider-events/provider-events.js'
import { webhookRoutes } from './features/provider-events/webhook-routes.js'
import { createSignals } from './features/signals/signals.js'
import { createActiveRules } from './features/templates/templates.js'
import { createHttpServer } from './http/http-server.js'
import { createPublicUrls, type PublicUrls } from './http/public-urls.js'
import { secureHeaders } from './http/secure-headers.js'

/** What tests and other processes may put in the place of the real thing. */
export type Swapped = {
  readonly now?: () => Date
  /** Milliseconds for which public documents are served from memory; tests read what is stored. */
  readonly freshFor?: number
  /** Milliseconds for which the numbers of the dashboard are kept. */
  readonly countsFreshFor?: number
  /** Makes the clients of providers; tests put one without a network here. */
  readonly createProvider?: ProviderFactory
  /** Fetches what badges of strangers name. */
  readonly guardedFetch?: GuardedFetch
}

/** Wires everything once, with plain calls. */
export function createApp(settings: Settings, pool: pg.Pool, swapped: Swapped = {}) {
  const { config, secrets } = settings
  const { badgesEnabled } = config
  const now = swapped.now ?? (() => new Date())
  const db = openDatabase(pool)
  const bus = openBus(config.bus, secrets)
  const rules = createActiveRules()
  const signals = createSignals({
    db,
    sink: bus.sink,
    targetsOf: (type) => (badgesEnabled ? (config.producer.get(type) ?? []) : []),
    serviceName: config.serviceName,
  })
  const urls = createPublicUrls(config.http.baseUrl)
  const masterKey = masterKeyOf(secrets)
  const issuers = createIssuers({ urls, masterKey, now })
  const freshFor = swapped.freshFor ?? 1000
  // A list is kept for a moment where it is signed and again where it is sent: a second for both together.
  const listsFreshFor = freshFor / 2
  const site = createSite({ db, urls, now })
  const people = createAccounts({ ...site, settings, db, now, masterKey, issuers })
  const operations = createOperations({ ...swapped, settings, db, bus, now })
  const credentials = createCredentials({ db, urls, issuers, now, listsFreshFor })
  const providers = createProviders({ ...swapped, settings, db, masterKey, now, issuers, urls })
  const pages = { ...swapped, ...site, db, urls, issuers, credentials, now, freshFor, config }
  const learnerSide = createLearnerSide({ ...pages, settings, masterKey, people })
  const issuances = createIssuances({ ...providers, db, credentials, now, random: Math.random })
  const { observe } = issuances
  const { syncTemplate } = providers.providerTemplates
  const providerEvents = createProviderEvents({ ...providers, db, now, observe, syncTemplate })
  const consequences = consequencesOf({ issuances, learnerSide, signals, urls })
  // Our own signals come back over a shared topic; they have been counted when they were decided.
  const configuredTypes = new Set(config.badges.events)
  const progress = createProgressConsumer({ db, rules, configuredTypes, consequences, now })

  const { eventRetentionMonths: retentionMonths } = config
  const partitions = createEventPartitions({ db, now, retentionMonths })
  const backfills = openBackfills({ db, rules, consequences, now })
  const working = [signals, issuances, credentials.reissuing, partitions, providers, providerEvents]
  const demo = createDemo({ db, issuers, now, sink: bus.sink, ...demoPlace(config, bus.kind) })
  const api = createAdminApi({
    ...pages,
    rules,
    consequences,
    progress,
    configuredTypes,
    retryAll: issuances.retryAll,
    providers,
    people,
    operations,
    backfills,
    learnerSide,
  })

  function createServer() {
    const server = createHttpServer({ ...people.recognition, brand: site.appearances.brand })
    secureHeaders(server, urls.base)
    const sources = createSources(server, pages)
    api.routes(server, sources)
    webhookRoutes(server, providerEvents)
    consoleRoutes(server, { urls })
    learnerSide.otherRoutes(server, sources, api)
    publicSite(server, { ...pages, sources, isDemoMoving: demo.isMoving })
    return server
  }

  return {
    db,
    bus,
    people,
    tokens: people.tokens,
    progress,
    backfills,
    running: operations.running,
    issuers,
    issuances,
    ...site,
    ...providers,
    consequences,
    ...backgroundWork([...working, api, people, operations, backfills, learnerSide]),
    maintainEvents: partitions.maintain,
    pool,
    createServer,
    demo,
    async close() {
      await Promise.all([bus.sink.close(), bus.inspector.close(), site.pageCounts.flush()])
      await db.destroy()
    },
  }
}

export type App = ReturnType<typeof createApp>

type Following = {
  readonly issuances: Pick<Consequences, 'granted' | 'revoked'>
  readonly learnerSide: Pick<Consequences, 'granted'>
  readonly signals: Pick<Consequences, 'announce'>
  readonly urls: PublicUrls
}

/** What follows from a decision: badges are signed, letters written, others told. */
function consequencesOf({ issuances, learnerSide, signals, urls }: Following): Consequences {
  return {
    async granted(tx, awardIds) {
      await issuances.granted(tx, awardIds)
      await learnerSide.granted(tx, awardIds)
    },
    revoked: issuances.revoked,
    announce: signals.announce,
    imageUrlOf: (templateId) => `${urls.badge(templateId)}/image`,
  }
}

// Invented learners must not reach others that listen to a shared bus.
function demoPlace({ bus, badgesEnabled }: Settings['config'], kind: string) {
  const topic = bus.topics[0] ?? 'learning-badges-lifecycle'
  return { topic, isPossible: badgesEnabled && kind === 'memory' }
}

function masterKeyOf({ masterKey }: Settings['secrets']): Buffer {
  if (masterKey !== undefined) return masterKey
  throw new Error('There is no master key: load or make one before the application is wired.')
}
