import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { newKey, writeNextKey } from '../../db/key-files.js'
import { keyFit } from '../../db/key-fit.js'
import { excludeKeyHolders } from '../../db/key-lock.js'
import { assertKeyFits, type FitOf, loadMasterKey, MasterKeyRefused } from '../../db/master-key.js'
import { recordAudit } from '../audit/audit.js'
import { sealedBadgeHosts } from '../badge-hosts/badge-hosts.js'
import { sealedIssuerKeys } from '../issuers/issuers.js'
import { sealedAccounts } from '../provider-accounts/provider-accounts.js'
import { resealAll } from './reseal-repository.js'

export type Rotation = {
  readonly issuerKeys: number
  readonly providerAccounts: number
  readonly badgeHosts: number
  /** It had been done before, and only the setting was not changed yet. */
  readonly wasDone: boolean
}

type Place = {
  readonly db: Db
  readonly dataDir: string
  /** The key and its successor, where the operator keeps them in the settings. */
  readonly chosen: Buffer | undefined
  readonly successor: Buffer | undefined
}

const stores = [sealedIssuerKeys, sealedAccounts, sealedBadgeHosts]

/** Tells how keys fit what is sealed in this database. */
export function fitWith(db: Db): FitOf {
  return (key) => keyFit(db, stores, key)
}

/** Seals everything under a new key: the one given, or one made here and kept in the data directory. */
export async function rotateMasterKey(place: Place, actor: string): Promise<Rotation> {
  const { db, dataDir, chosen, successor } = place
  const rotation = await inTransaction(db, async (tx) => {
    if (!(await excludeKeyHolders(tx))) throw stillRunning()
    const options = { dataDir, chosen, fitOf: fitWith(tx) }
    const from = await loadMasterKey(options)
    if (successor !== undefined && (await isDone(options.fitOf, from, successor))) return done
    await assertKeyFits(from, options)
    const to = successor ?? newKey()
    const counts = await reseal(tx, { from, to }, actor)
    // Last before the commit: if that comes about, the key is safe; if not, the next start drops it.
    if (chosen === undefined) await writeNextKey(dataDir, to)
    return { ...counts, wasDone: false }
  })
  if (chosen === undefined) await finish(place)
  return rotation
}

/** As the next start would do it. Who has the key by now was just started, and has done it. */
async function finish({ db, dataDir, chosen }: Place): Promise<void> {
  await inTransaction(db, async (tx) => {
    if (!(await excludeKeyHolders(tx))) return
    await loadMasterKey({ dataDir, chosen, fitOf: fitWith(tx) })
  })
}

const done: Rotation = { issuerKeys: 0, providerAccounts: 0, badgeHosts: 0, wasDone: true }

/** Everything opens with one key, before and after: it is never sealed partly under each. */
export async function reseal(
  tx: Tx,
  keys: { readonly from: Buffer; readonly to: Buffer },
  actor: string,
) {
  const detail = {
    issuerKeys: await resealAll(tx, sealedIssuerKeys, keys),
    providerAccounts: await resealAll(tx, sealedAccounts, keys),
    badgeHosts: await resealAll(tx, sealedBadgeHosts, keys),
  }
  await recordAudit(tx, { actor, action: 'master-key.rotate', subject: 'master-key', detail })
  return detail
}

async function isDone(fitOf: FitOf, from: Buffer, to: Buffer): Promise<boolean> {
  return (await fitOf(from)) === 'opens-nothing' && (await fitOf(to)) === 'opens'
}

function stillRunning(): MasterKeyRefused {
  return new MasterKeyRefused(
    'Rosette is running on this database, and goes on with the key that it has in memory. Stop every serve, work and consume-events, then run this again.',
  )
}
