import { randomUUID } from 'node:crypto'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { log } from '../../telemetry/log.js'
import { recordAudit } from '../audit/audit.js'
import type { Issuers } from '../issuers/issuers.js'
import { subjectOf } from './account-health.js'
import { insertAccount } from './account-repository.js'
import { toNewAccount } from './new-account.js'
import {
  findCredlyOrganizations,
  findHome,
  findOnlyHome,
  type Home,
  insertHome,
  lockPreconfigured,
} from './preconfigured-repository.js'

export type PreconfiguredDeps = {
  readonly db: Db
  readonly issuers: Issuers
  readonly urls: PublicUrls
  readonly preconfigured: ReadonlyMap<string, string>
  readonly now: () => Date
}

const actor = 'settings'

/** Accounts for the Credly organizations that stand in the settings, as Open edX knows them. */
export function createPreconfigured(deps: PreconfiguredDeps) {
  const { db, issuers, urls, preconfigured, now } = deps

  /** Makes those that are missing; done at every start, and mostly finds nothing to do. */
  async function ensurePreconfigured(): Promise<void> {
    if ((await missing(db)).length === 0) return
    await inTransaction(db, async (tx) => {
      await lockPreconfigured(tx)
      for (const uuid of await missing(tx)) await make(tx, uuid)
    })
  }

  async function missing(from: Db): Promise<readonly string[]> {
    if (preconfigured.size === 0) return []
    const known = await findCredlyOrganizations(from)
    return [...preconfigured.keys()].filter((uuid) => !known.has(uuid))
  }

  async function make(tx: Tx, uuid: string): Promise<void> {
    const name = `Credly organization ${uuid.slice(0, 8)}`
    const home = (await findOnlyHome(tx)) ?? (await ownHome(tx, name))
    const account = toNewAccount({
      id: randomUUID(),
      organization_id: home.organizationId,
      issuer_id: home.issuerId,
      provider: 'credly',
      name,
      external_id: uuid,
      api_base_url: null,
      requests_per_minute: null,
      at: now().toISOString(),
    })
    await insertAccount(tx, account)
    const detail = { name, provider: 'credly' }
    const audit = { action: 'provider-account.create', subject: subjectOf(account.id), detail }
    await recordAudit(tx, { actor, ...audit })
    log.info({ account: name }, 'account made for a Credly organization of the settings')
  }

  async function ownHome(tx: Tx, name: string): Promise<Home> {
    const slug = name.toLowerCase().replaceAll(' ', '-')
    const known = await findHome(tx, slug)
    if (known !== undefined) return known
    const organizationId = await insertHome(tx, { slug, name })
    const issuer = await issuers.create(tx, { organizationId, name, url: urls.start })
    const made = { action: 'organization.create', subject: `organization/${organizationId}` }
    await recordAudit(tx, { actor, ...made })
    return { organizationId, issuerId: issuer.id }
  }

  return { ensurePreconfigured }
}
