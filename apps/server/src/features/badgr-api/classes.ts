import { randomUUID } from 'node:crypto'
import { type Db, inTransaction, isUniqueViolation, type Tx } from '../../db/database.js'
import { BadgrError, badFields } from '../badgr-auth/badgr-auth.js'
import { auditTemplate, insertTemplate, type Templates } from '../templates/templates.js'
import {
  type ClassRow,
  freeSlug,
  insertClass,
  keepExpiry,
  standingOfClass,
} from './class-repository.js'
import type { ClassGiven } from './read-class.js'
import { daysIn } from './to-json.js'

type Deps = {
  readonly db: Db
  readonly now: () => Date
  readonly templates: Pick<Templates, 'update' | 'setImage' | 'remove' | 'archive' | 'deactivate'>
  /** Checks and stores a picture; refuses what is none. */
  readonly storeImage: (tx: Tx, bytes: Buffer) => Promise<{ readonly id: string }>
}

type Owner = {
  readonly organizationId: string
  readonly issuerId: string
  readonly slug?: string | undefined
  readonly createdBy: string | null
}

const liveBadges = 'BadgeClass may only be deleted if all BadgeInstances have been revoked.'

/** Badge classes of software: templates without rules, awarded by hand only. */
export function createClasses({ db, now, templates, storeImage }: Deps) {
  async function create(given: ClassGiven, owner: Owner, actor: string): Promise<string> {
    const id = randomUUID()
    const { organizationId, issuerId, slug } = owner
    try {
      await inTransaction(db, async (tx) => {
        await insert(tx, { id, organizationId, issuerId, given })
        if (slug !== undefined) await freeSlug(tx, issuerId, slug)
        const kept = { slug: slug ?? null, createdBy: owner.createdBy, expires: given.expires }
        await insertClass(tx, { templateId: id, issuerId, ...kept })
        await auditTemplate(tx, id, { actor, action: 'create', detail: { through: 'badgr-api' } })
      })
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
      throw badFields({ slug: ['Badge class with this slug already exists.'] })
    }
    return id
  }

  async function insert(
    tx: Tx,
    {
      id,
      given,
      ...of
    }: Pick<Owner, 'organizationId' | 'issuerId'> & { id: string; given: ClassGiven },
  ): Promise<void> {
    const at = now().toISOString()
    const { image, expires } = given
    await insertTemplate(tx, {
      id,
      organization_id: of.organizationId,
      issuer_id: of.issuerId,
      name: given.name,
      description: given.description,
      criteria: given.criteria,
      tags: [...given.tags],
      alignments: JSON.stringify(given.alignments),
      expires_after_days: expires === null ? null : daysIn(expires),
      image_id: image === undefined ? null : (await storeImage(tx, image)).id,
      // Whoever awards says whether a letter is sent.
      notifies: false,
      state: 'active',
      activated_at: at,
      created_at: at,
      updated_at: at,
    })
  }

  async function update(row: ClassRow, given: ClassGiven, actor: string): Promise<void> {
    const { image, expires, tags, alignments, ...words } = given
    const expiresAfterDays = expires === null ? null : daysIn(expires)
    const about = { ...words, tags: [...tags], alignments: [...alignments], expiresAfterDays }
    await templates.update(row.id, about, actor)
    await inTransaction(db, (tx) => keepExpiry(tx, row, expires))
    if (image === undefined) return
    await templates.setImage(row.id, async (tx) => (await storeImage(tx, image)).id, actor)
  }

  /** One whose badges were all taken back stays for those who check them, and is not awarded any more. */
  async function remove({ id }: ClassRow, actor: string): Promise<void> {
    const { isLive, wasAwarded } = await standingOfClass(db, id, now().toISOString())
    if (isLive) throw new BadgrError(400, liveBadges)
    if (wasAwarded) return await templates.archive(id, actor)
    await templates.deactivate(id, actor)
    await templates.remove(id, actor)
  }

  return { create, update, remove }
}

export type Classes = ReturnType<typeof createClasses>
