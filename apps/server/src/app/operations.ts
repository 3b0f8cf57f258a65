import type { Bus } from '../bus.js'
import { describeSettings } from '../config/describe.js'
import { readEnvironment } from '../config/env.js'
import type { Settings } from '../config/load.js'
import type { Db } from '../db/database.js'
import {
  busStatusRoutes,
  createBusStatus,
  createRunningConsumers,
} from '../features/bus-status/bus-status.js'
import {
  configurationRoutes,
  createConfiguration,
} from '../features/configuration/configuration.js'
import {
  createDashboard,
  createQuietWatch,
  dashboardRoutes,
} from '../features/dashboard/dashboard.js'
import { createNoticeViews } from '../features/notices/notices.js'
import { createSearch, searchRoutes } from '../features/search/search.js'
import type { HttpServer } from '../http/http-server.js'

type Parts = {
  readonly settings: Settings
  readonly db: Db
  readonly bus: Bus
  readonly now: () => Date
  /** Milliseconds for which what was counted is kept; the feature knows how long where it is not said. */
  readonly countsFreshFor?: number
}

/** What people look at who keep the whole running: dashboard, search, bus, settings. */
export function createOperations({ settings, db, bus, now, countsFreshFor }: Parts) {
  const { config, secrets } = settings
  const running = createRunningConsumers(now)
  const busStatus = createBusStatus({ db, bus, config, running })
  const notices = createNoticeViews({ db })
  const dashboard = createDashboard({
    db,
    now,
    notices,
    behind: busStatus.behind,
    ...(countsFreshFor !== undefined && { freshFor: countsFreshFor }),
  })
  const configuration = createConfiguration({
    db,
    config,
    isOwnDatabase: secrets.databaseUrl === undefined,
    describe: () => describeSettings(readEnvironment()),
  })

  function routes(server: HttpServer): void {
    dashboardRoutes(server, dashboard)
    searchRoutes(server, createSearch({ db }))
    busStatusRoutes(server, busStatus)
    configurationRoutes(server, { read: configuration })
  }

  return { running, routes, ...createQuietWatch({ db, now }) }
}

export type Operations = ReturnType<typeof createOperations>
