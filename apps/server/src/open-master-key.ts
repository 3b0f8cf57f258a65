import type pg from 'pg'
import type { Settings } from './config/load.js'
import { openDatabase } from './db/database.js'
import { holdKeyLock } from './db/key-lock.js'
import { assertKeyFits, loadMasterKey } from './db/master-key.js'
import { fitWith } from './features/master-key/master-key.js'
import { log } from './telemetry/log.js'

/** The master key, which nobody changes until it is released. */
export async function openMasterKey(
  { config, secrets }: Settings,
  pool: pg.Pool,
  { isService = false }: { readonly isService?: boolean },
) {
  const fitOf = fitWith(openDatabase(pool))
  const options = { dataDir: config.dataDir, chosen: secrets.masterKey, fitOf }
  let masterKey: Buffer | undefined

  // A process with a key that opens nothing must not go on sealing with it.
  async function lookAgain(): Promise<void> {
    if (masterKey === undefined || (await fitOf(masterKey)) !== 'opens-nothing') return
    log.fatal(
      'the master key was changed while the database was away: start again with the new one',
    )
    process.exit(1)
  }

  const lock = await holdKeyLock(pool, lookAgain)
  try {
    masterKey = await loadMasterKey(options)
    if (isService) await assertKeyFits(masterKey, options)
    return { masterKey, release: lock.release }
  } catch (error) {
    await lock.release()
    throw error
  }
}

export type OpenMasterKey = Awaited<ReturnType<typeof openMasterKey>>
