import type { Db } from '../../db/database.js'

export type IssuerChoice = {
  readonly id: string
  readonly name: string
  readonly organizationId: string
  readonly organizationName: string
}

/** In whose names badges may appear. */
export async function readIssuers(db: Db): Promise<readonly IssuerChoice[]> {
  return await db
    .selectFrom('issuer')
    .innerJoin('organization', 'organization.id', 'issuer.organization_id')
    .select(['issuer.id', 'issuer.name', 'organization.id as organizationId'])
    .select('organization.name as organizationName')
    .orderBy('organization.name')
    .orderBy('issuer.name')
    .orderBy('issuer.id')
    .limit(500)
    .execute()
}
