import { randomBytes } from 'node:crypto'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { createAuditOf } from '../audit/audit.js'
import { type CollectedRow, listCollected, listOwn } from './collected-badge-views.js'
import { toCollection, toSummary } from './collection-json.js'
import {
  type CollectionRow,
  changeCollection,
  deleteCollection,
  findCollection,
  findPublished,
  type Item,
  insertCollection,
  listCollectionsOf,
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

const audit = createAuditOf('collection')

/** Badges that learners put together to show them; each person reads and changes their own only. */
export function createCollections({ db, urls, now }: Deps) {
  async function get(userId: string, id: string) {
    const row = await findCollection(db, { userId, id })
    if (row === undefined) throw notFound()
    return toCollection(row, await listCollected(db, userId, id), { urls, now: now() })
  }

  async function list(userId: string) {
    const [rows, badges] = await Promise.all([
      listCollectionsOf(db, userId),
      listCollected(db, userId),
    ])
    const of = (id: string) => badges.filter(({ collectionId }) => collectionId === id)
    return rows.map((row) => toSummary(row, of(row.id), { urls, now: now() }))
  }

  async function create(owner: Owner, { name, description = '', badges = [] }: NewCollection) {
    const id = await inTransaction(db, async (tx) => {
      const row = await insertCollection(tx, { user_id: owner.id, name, description })
      await replaceItems(tx, row.id, await toItems(tx, owner.id, badges))
      await write(tx, owner, { id: row.id, action: 'create' })
      return row.id
    })
    return await get(owner.id, id)
  }

  async function update(owner: Owner, id: string, change: CollectionChange) {
    await inTransaction(db, async (tx) => {
      const row = await lockCollection(tx, { userId: owner.id, id })
      if (row === undefined) throw notFound()
      const { name = row.name, description = row.description, badges } = change
      const at = now().toISOString()
      const publishing = toPublishing(row, change.isPublished, at)
      await changeCollection(tx, id, { name, description, ...publishing, updated_at: at })
      if (badges !== undefined) await replaceItems(tx, id, await toItems(tx, owner.id, badges))
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

  /** What its link shows, while it is published; all of its badges, shown or not. */
  async function findShared(shareHash: string): Promise<SharedCollection | undefined> {
    if (!/^[0-9a-f]{32}$/.test(shareHash)) return undefined
    const row = await findPublished(db, shareHash)
    if (row === undefined) return undefined
    const badges = await listCollected(db, row.user_id, row.id)
    return { ...row, badges }
  }

  return { list, get, create, update, remove, findShared }
}

export type Collections = ReturnType<typeof createCollections>
export type SharedCollection = CollectionRow & {
  readonly owner: string
  readonly badges: readonly CollectedRow[]
}

async function toItems(tx: Tx, userId: string, badges: Badges): Promise<Item[]> {
  const ids = badges.map(({ badgeId }) => badgeId)
  if (new Set(ids).size < ids.length) {
    throw new AppError(
      'request-invalid',
      'A badge stands in a collection once. Leave one of the two out.',
    )
  }
  const own = await listOwn(tx, userId, ids)
  return badges.map(({ badgeId, note = '' }) => {
    const isAward = own.awards.has(badgeId)
    if (!isAward && !own.entries.has(badgeId)) {
      const message = `There is no badge ${badgeId} in your backpack. Choose one of those that are.`
      throw new AppError('badge-not-found', message)
    }
    return { awardId: isAward ? badgeId : null, entryId: isAward ? null : badgeId, note }
  })
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
