import { type Db, inTransaction, isUniqueViolation, type Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { changesOf, recordAudit } from '../audit/audit.js'
import {
  deleteOrganization,
  findOrganization,
  hasAwards,
  insertOrganization,
  lockTemplatesOf,
  type OrganizationRow,
  type OrganizationValues,
  updateOrganization,
} from './organization-repository.js'

export { findOrganizationBySlug, type OrganizationRow } from './organization-repository.js'

type Deps = {
  readonly db: Db
  /** Tells consumers that the rules in force have changed. */
  readonly raiseRuleVersion: (tx: Tx) => Promise<void>
}

/** Whose badges these are. */
export function createOrganizations({ db, raiseRuleVersion }: Deps) {
  async function create(values: NewOrganization, actor: string): Promise<OrganizationRow> {
    return await inTransaction(db, (tx) => createOrganizationIn(tx, values, actor))
  }

  async function update(
    id: string,
    values: Partial<OrganizationValues>,
    actor: string,
  ): Promise<OrganizationRow> {
    return await unlessTaken(values.slug ?? '', () =>
      inTransaction(db, async (tx) => {
        const before = await organizationOr404(tx, id)
        await updateOrganization(tx, id, values)
        const row = await organizationOr404(tx, id)
        const audit = { action: 'organization.update', subject: subjectOf(id), detail: values }
        await recordAudit(tx, { actor, ...audit, ...changesOf(before, row) })
        return row
      }),
    )
  }

  async function remove(id: string, actor: string): Promise<void> {
    await inTransaction(db, async (tx) => {
      await lockTemplatesOf(tx, id)
      // Waits for the batches under way, so that none of them awards a badge meanwhile.
      await raiseRuleVersion(tx)
      // Read behind that lock: of two who delete it at once, the second finds nothing.
      const { name } = await organizationOr404(tx, id)
      if (await hasAwards(tx, id)) {
        const remedy = 'Archive its badge templates instead.'
        throw new AppError('organization-in-use', `Badges of ${name} have been awarded. ${remedy}`)
      }
      await deleteOrganization(tx, id)
      const told = { subject: subjectOf(id), detail: { name }, organizationId: id }
      const audit = { action: 'organization.delete', ...told }
      await recordAudit(tx, { actor, ...audit })
    })
  }

  return { create, update, remove, get: (id: string) => organizationOr404(db, id) }
}

export type Organizations = ReturnType<typeof createOrganizations>

type NewOrganization = { readonly name: string; readonly slug?: string | undefined }

/** Makes an organization together with what else the transaction does. */
export async function createOrganizationIn(
  tx: Tx,
  { name, slug = slugOf(name) }: NewOrganization,
  actor: string,
): Promise<OrganizationRow> {
  const row = await unlessTaken(slug, () => insertOrganization(tx, { name, slug }))
  await recordAudit(tx, { actor, action: 'organization.create', subject: subjectOf(row.id) })
  return row
}

/** The organization of this id; refuses when there is none. */
export async function organizationOr404(db: Db, id: string): Promise<OrganizationRow> {
  const row = await findOrganization(db, id)
  if (row === undefined) {
    throw new AppError('organization-not-found', `There is no organization ${id}.`)
  }
  return row
}

async function unlessTaken<T>(slug: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (!isUniqueViolation(cause)) throw cause
    const message = `Another organization has the short name "${slug}"; choose another slug.`
    throw new AppError('organization-exists', message, { cause })
  }
}

function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const slug = plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-|-$/g, '')
  if (slug !== '') return slug
  const faults = [{ path: 'slug', reason: 'Must be given, in lower-case letters and digits.' }]
  throw new AppError('request-invalid', 'No short name can be made from this name.', { faults })
}

function subjectOf(id: string): string {
  return `organization/${id}`
}
