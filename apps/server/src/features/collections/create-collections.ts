import { randomBytes } from 'node:crypto'
import type { BackpackBadge } from '@rosette/contract/backpack'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { createAuditOf } from '../audit/audit.js'
import { createBackpack } from '../backpack/backpack.js'
import { listPlaces, type Place } from './collected-views.js'
import { type Collected, toCollection, toSummary } from './collection-json.js'
import {
  type CollectionRow,
  changeCollection,
  deleteCollection,
  findCollection,
  findPublished,
  insertCollection,
  listCollectionsOf,
  listPublishedOf,
  lockCollection,
  replaceItems,
} from './collection-repository.js'

type Deps = { readonly db: Db; readonly urls: PublicUrls; readonly now: () => Date }

/** Whose collections; the address is for the audit log. */
export type Owner = { readonly id: string; readonly email: string }
type Badges = readonly { readonly badgeId: string; readonly note?: string | undefined }[]
export type NewCollection = {
  readonly name: string
  readonly description?: string | undefined
  /** In their order. */
  readonly badges?: Badges | undefined
}
export type CollectionChange = Partial<Pick<NewCollection, 'description' | 'badges'>> & {
  readonly name?: string | undefined
  readonly isPublished?: boolean | undefined
}
/** One that is published, with those of its badges that everybody may see. */
export type SharedCollection = CollectionRow & {
  /** Null where no badge in it shows who has earned it. */
  readonly owner: string | null
  readonly badges: readonly Collected[]
}

const audit = createAuditOf('collection')

/** Badges that learners put together to show them; each person reads and changes their own only. */
export function createCollections({ db, urls, now }: Deps) {
  const { ofIds } = createBackpack({ db, urls, now })

  /** What is no longer the learner's has no place any more. */
  async function collected(userId: string, places: readonly Place[]): Promise<Collected[]> {
    const badges = await ofIds(
      userId,
      places.map(({ badgeId }) => badgeId),
    )
    return places.flatMap(({ badgeId, ...place }) => {
      const badge = badges.get(badgeId)
      return badge === undefined ? [] : { ...place, badge, isShown: isShown(badge) }
    })
  }

  async function get(userId: string, id: string) {
    const row = await findCollection(db, { userId, id })
    if (row === undefined) throw notFound()
    return toCollection(row, await collected(userId, await listPlaces(db, userId, id)), urls)
  }

  async function list(userId: string) {
    const rows = await listCollectionsOf(db, userId)
    const badges = await collected(userId, await listPlaces(db, userId))
    return rows.map((row) => {
      const own = badges.filter(({ collectionId }) => collectionId === row.id)
      return toSummary(row, own, urls)
    })
  }

  async function create(owner: Owner, { name, description = '', badges = [] }: NewCollection) {
    const items = await toItems(owner.id, badges)
    const id = await inTransaction(db, async (tx) => {
      const row = await insertCollection(tx, { user_id: owner.id, name, description })
      await replaceItems(tx, row.id, items)
      await write(tx, owner, { id: row.id, action: 'create' })
      return row.id
    })
    return await get(owner.id, id)
  }

  async function update(owner: Owner, id: string, change: CollectionChange) {
    const items = change.badges && (await toItems(owner.id, change.badges))
    await inTransaction(db, async (tx) => {
      const row = await lockCollection(tx, { userId: owner.id, id })
      if (row === undefined) throw notFound()
      const { name = row.name, description = row.description } = change
      const at = now().toISOString()
      const publishing = toPublishing(row, change.isPublished, at)
      await changeCollection(tx, id, { name, description, ...publishing, updated_at: at })
      if (items !== undefined) await replaceItems(tx, id, items)
      await write(tx, owner, { id, action: actionOf(publishing) })
    })
    return await get(owner.id, id)
  }

  async function remove(owner: Owner, id: string): Promise<void> {
    await inTransaction(db, async (tx) => {
      if ((await lockCollection(tx, { userId: owner.id, id })) === undefined) throw notFound()
      await deleteCollection(tx, id)
      await write(tx, owner, { id, action: 'delete' })
    })
  }

  /** What the link of a collection shows, while it is published. */
  async function findShared(shareHash: string): Promise<SharedCollection | undefined> {
    if (!/^[0-9a-f]{32}$/.test(shareHash)) return undefined
    const row = await findPublished(db, shareHash)
    return row && (await toShared(row))
  }

  /** All that a person has published, the first one first. */
  async function listShared(userId: string): Promise<readonly SharedCollection[]> {
    return await Promise.all((await listPublishedOf(db, userId)).map(toShared))
  }

  async function toShared(row: CollectionRow & { readonly owner: string }) {
    const all = await collected(row.user_id, await listPlaces(db, row.user_id, row.id))
    const badges = all.filter((each) => each.isShown)
    const isNamed = row.owner !== '' && badges.some(({ badge }) => badge.showsName)
    return { ...row, badges, owner: isNamed ? row.owner : null }
  }

  async function toItems(userId: string, badges: Badges) {
    const ids = badges.map(({ badgeId }) => badgeId)
    if (new Set(ids).size < ids.length) {
      const message = 'A badge stands in a collection once. Leave one of the two out.'
      throw new AppError('request-invalid', message)
    }
    const own = await ofIds(userId, ids)
    return badges.map(({ badgeId, note = '' }) => {
      const badge = own.get(badgeId)
      if (badge === undefined) throw badgeNotFound(badgeId)
      const isAward = badge.origin === 'earned'
      return { awardId: isAward ? badgeId : null, entryId: isAward ? null : badgeId, note }
    })
  }

  return { list, get, create, update, remove, findShared, listShared }
}

export type Collections = ReturnType<typeof createCollections>

const shown: ReadonlySet<BackpackBadge['status']> = new Set([
  'valid',
  'expired',
  'unknown',
  'being-issued',
])

/** Whether everybody who has the link of a collection sees the badge there. */
function isShown({ visibility, isHidden, status }: BackpackBadge): boolean {
  return visibility !== 'private' && !isHidden && shown.has(status)
}

type Publishing = { readonly share_hash?: string | null; readonly published_at?: string | null }

// The link of before must lead nowhere, so each time is a new one.
function toPublishing(row: CollectionRow, wanted: boolean | undefined, at: string): Publishing {
  const isPublished = row.published_at !== null
  if (wanted === undefined || wanted === isPublished) return {}
  return wanted
    ? { share_hash: randomBytes(16).toString('hex'), published_at: at }
    : { share_hash: null, published_at: null }
}

function actionOf({ published_at: at }: Publishing): string {
  if (at === undefined) return 'update'
  return at === null ? 'unpublish' : 'publish'
}

// What a learner puts together is nobody else's business; that it was done is.
async function write(tx: Tx, owner: Owner, { id, action }: { id: string; action: string }) {
  await audit(tx, id, { actor: owner.email, action, organizationId: null })
}

function notFound(): AppError {
  const message = 'There is no such collection among yours. It may have been deleted.'
  return new AppError('collection-not-found', message)
}

function badgeNotFound(id: string): AppError {
  const message = `There is no badge ${id} in your backpack. Choose one of those that are.`
  return new AppError('badge-not-found', message)
}
