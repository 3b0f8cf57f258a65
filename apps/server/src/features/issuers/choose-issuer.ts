import type { Db } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'

/** The issuer that signs: the one named, which must be the organization's own, or its only one. */
export async function chooseIssuer(
  db: Db,
  {
    organizationId,
    issuerId,
  }: { readonly organizationId: string; readonly issuerId?: string | undefined },
): Promise<string> {
  const own = await issuersOf(db, organizationId)
  if (issuerId !== undefined) {
    if (own.includes(issuerId)) return issuerId
    throw new AppError('issuer-not-found', `The organization has no issuer ${issuerId}.`)
  }
  const [only, ...others] = own
  if (only !== undefined && others.length === 0) return only
  const reason =
    only === undefined
      ? 'The organization has no issuer; create one first.'
      : 'The organization has several issuers; name one.'
  const faults = [{ path: 'issuerId', reason }]
  throw new AppError('request-invalid', 'It must be clear who signs the badge.', { faults })
}

async function issuersOf(db: Db, organizationId: string): Promise<readonly string[]> {
  const issuers = db.selectFrom('issuer').select('id').orderBy('created_at')
  const rows = await issuers.where('organization_id', '=', organizationId).execute()
  return rows.map(({ id }) => id)
}
