import type { Pathway } from '@rosette/contract'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import type { Reach } from '../../db/reach.js'
import { AppError, type Fault } from '../../http/app-error.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { rememberBriefly } from '../../http/short-memory.js'
import { changesOf, createAuditOf } from '../audit/audit.js'
import { readDistribution } from './distribution-views.js'
import { findCircle, type Link } from './map.js'
import {
  type Badge,
  deletePathway,
  findPathway,
  insertPathway,
  lockPathway,
  type PathwayRow,
  replaceMap,
  templatesWithin,
  updatePathway,
  type Values,
} from './pathway-repository.js'
import { listPathways, readMap } from './pathway-views.js'
import { readRuleLinks } from './rule-links.js'

type Deps = { readonly db: Db; readonly urls: PublicUrls; readonly now: () => Date }
type MapInput = { readonly badges: readonly Badge[]; readonly links: readonly Link[] }
type Changes = {
  readonly [Name in keyof (Values & MapInput)]?: (Values & MapInput)[Name] | undefined
}

/** Milliseconds for which a distribution is kept: counting reads all awards of the map. */
const keptFor = 60_000

/** Maps of badges that lead to badges. */
export function createPathways({ db, urls, now }: Deps) {
  const audit = createAuditOf('pathway')
  const counted = rememberBriefly(keptFor, async (key) => {
    const map = await get(key.slice(0, 36))
    return await readDistribution(db, map, now())
  })

  async function get(id: string): Promise<Pathway> {
    return await readMap(db, await pathwayOr404(db, id), urls)
  }

  async function create(
    { organizationId, ...given }: Values & MapInput & { readonly organizationId: string },
    actor: string,
  ): Promise<Pathway> {
    const id = await inTransaction(db, async (tx) => {
      const made = await insertPathway(tx, organizationId, given)
      await drawMap(tx, { id: made, organizationId, map: given })
      const { name } = given
      await audit(tx, made, { actor, action: 'create', organizationId, after: { name } })
      return made
    })
    return await get(id)
  }

  async function update(id: string, changes: Changes, actor: string): Promise<Pathway> {
    await inTransaction(db, async (tx) => {
      const row = present(await lockPathway(tx, id), id)
      const before = await readMap(tx, row, urls)
      const { badges = toBadges(before), links = toDrawn(before) } = changes
      const { name, description, isPublic } = changes
      const values = {
        ...(name !== undefined && { name }),
        ...(description !== undefined && { description }),
        ...(isPublic !== undefined && { isPublic }),
      }
      await updatePathway(tx, id, { ...values, at: now().toISOString() })
      const map = { badges, links }
      const organizationId = row.organization_id
      if (changes.badges !== undefined || changes.links !== undefined) {
        await drawMap(tx, { id, organizationId, map })
      }
      const old = { ...factsOf(row), badges: toBadges(before), links: toDrawn(before) }
      const told = changesOf(old, { ...old, ...values, ...map })
      await audit(tx, id, { actor, action: 'update', organizationId, ...told })
    })
    return await get(id)
  }

  async function remove(id: string, actor: string): Promise<void> {
    await inTransaction(db, async (tx) => {
      const { name, organization_id } = present(await lockPathway(tx, id), id)
      await deletePathway(tx, id)
      const entry = { actor, action: 'delete', organizationId: organization_id, before: { name } }
      await audit(tx, id, entry)
    })
  }

  return {
    list: (asked: Parameters<typeof listPathways>[1], reach: Reach) =>
      listPathways(db, asked, reach),
    get,
    create,
    update,
    remove,
    /** Counted again when the map has changed. */
    distribution: async (id: string) => {
      const { updated_at } = await pathwayOr404(db, id)
      return await counted(`${id} ${updated_at}`)
    },
    /** One that everybody may see; undefined for others, as for those that do not exist. */
    findPublic: async (id: string): Promise<Pathway | undefined> => {
      const row = await findPathway(db, id)
      return row?.is_public === true ? await readMap(db, row, urls) : undefined
    },
  }
}

export type Pathways = ReturnType<typeof createPathways>

type Drawing = { readonly id: string; readonly organizationId: string; readonly map: MapInput }

async function drawMap(tx: Tx, { id, organizationId, map }: Drawing): Promise<void> {
  const { badges, links } = map
  const names = await templatesWithin(
    tx,
    organizationId,
    badges.map(({ templateId }) => templateId),
  )
  refuse(faultsOfBadges(badges, names))
  refuse(faultsOfLinks(links, names))
  // With the links of rules: a map on which nobody can begin is none.
  const circle = findCircle([...links, ...(await readRuleLinks(tx, [...names.keys()]))])
  if (circle !== null) {
    const way = circle.map((each) => names.get(each) ?? each).join(' → ')
    const remedy = 'Take one of these links away; those of rules are changed with the badge.'
    const faults = [{ path: 'links', reason: way, code: 'circle' }]
    throw new AppError('pathway-invalid', `The way leads in a circle: ${way}. ${remedy}`, {
      faults,
    })
  }
  await replaceMap(tx, id, map)
}

function faultsOfBadges(badges: readonly Badge[], names: ReadonlyMap<string, string>): Fault[] {
  return badges.flatMap(({ templateId }, at) => {
    const path = `badges[${at}].templateId`
    const twice = badges.findIndex((other) => other.templateId === templateId) < at
    if (!names.has(templateId)) {
      return [{ path, reason: `There is no badge template ${templateId} in this organization.` }]
    }
    return twice ? [{ path, reason: 'This badge is on the map already.' }] : []
  })
}

function faultsOfLinks(links: readonly Link[], names: ReadonlyMap<string, string>): Fault[] {
  const seen = new Set<string>()
  return links.flatMap(({ from, to }, at) => {
    const key = `${from} ${to}`
    const isTwice = seen.has(key)
    seen.add(key)
    const path = `links[${at}]`
    if (!names.has(from) || !names.has(to)) {
      return [{ path, reason: 'A link joins two badges of this map.' }]
    }
    if (from === to) return [{ path, reason: 'A badge does not lead to itself.' }]
    return isTwice ? [{ path, reason: 'This link is there twice.' }] : []
  })
}

function refuse(faults: readonly Fault[]): void {
  if (faults.length === 0) return
  throw new AppError('pathway-invalid', 'The map of the pathway cannot be drawn like this.', {
    faults,
  })
}

async function pathwayOr404(db: Db, id: string): Promise<PathwayRow> {
  return present(await findPathway(db, id), id)
}

function present(row: PathwayRow | undefined, id: string): PathwayRow {
  if (row !== undefined) return row
  throw new AppError('pathway-not-found', `There is no pathway ${id}.`)
}

function factsOf({ name, description, is_public: isPublic }: PathwayRow): Values {
  return { name, description, isPublic }
}

function toBadges({ badges }: Pathway): Badge[] {
  return badges.map(({ template, isMilestone }) => ({ templateId: template.id, isMilestone }))
}

function toDrawn({ links }: Pathway): Link[] {
  return links.filter(({ by }) => by === 'hand').map(({ from, to }) => ({ from, to }))
}
