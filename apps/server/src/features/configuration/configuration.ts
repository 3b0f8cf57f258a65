import { statfs } from 'node:fs/promises'
import type { Configuration } from '@rosette/contract'
import type { Config } from '../../config/config.js'
import type { describeSettings } from '../../config/describe.js'
import type { Db } from '../../db/database.js'
import { databaseFacts, eventLogFacts } from './installation-views.js'
import { version } from './version.js'

export { configurationRoutes } from './configuration-routes.js'

type Deps = {
  readonly db: Db
  readonly config: Pick<Config, 'dataDir' | 'eventRetentionMonths' | 'http'>
  readonly isOwnDatabase: boolean
  /** The settings as they stand whenever it is asked. */
  readonly describe: () => ReturnType<typeof describeSettings>
}

/** What is in force, and how the installation is. Nothing of a secret but that it is there. */
export function createConfiguration({ db, config, isOwnDatabase, describe }: Deps) {
  return async function read(): Promise<Configuration> {
    const described = describe()
    const [database, eventLog, disk] = await Promise.all([
      databaseFacts(db),
      eventLogFacts(db),
      diskFacts(config.dataDir),
    ])
    const uptimeMs = process.uptime() * 1000
    return {
      version,
      node: process.version,
      startedAt: new Date(Date.now() - uptimeMs).toISOString(),
      settings: described.settings.map((setting) =>
        setting.name === 'ROSETTE_BASE_URL' && !setting.isSet
          ? { ...setting, value: config.http.baseUrl, from: 'default' as const }
          : setting,
      ),
      settingsFile: described.settingsFile,
      problems: [...described.problems],
      database: { kind: isOwnDatabase ? 'own' : 'server', ...database },
      eventLog: { ...eventLog, retentionMonths: config.eventRetentionMonths ?? null },
      disk,
    }
  }
}

async function diskFacts(path: string): Promise<Configuration['disk']> {
  try {
    const { bavail, blocks, bsize } = await statfs(path)
    return { path, freeBytes: bavail * bsize, totalBytes: blocks * bsize }
  } catch {
    // A server that is given its database may have no such folder.
    return null
  }
}
