import type { Tx } from '../../db/database.js'
import { createKeys, type KeyDeps } from './create-keys.js'
import { type IssuerRow, insertIssuer } from './issuer-repository.js'
import { createIssuerDocuments } from './publish-issuers.js'

export type NewIssuer = {
  readonly organizationId: string
  readonly name: string
  readonly url: string
  readonly email?: string | null
  readonly description?: string | null
  readonly imageId?: string | null
  readonly identifier?: IssuerRow['identifier']
}

/** The profiles that sign badges, and their keys. */
export function createIssuers(deps: KeyDeps) {
  const { urls, now } = deps
  const keys = createKeys(deps)

  /** Makes an issuer with its first key. */
  async function create(tx: Tx, issuer: NewIssuer): Promise<IssuerRow> {
    const row = await insertIssuer(tx, {
      organization_id: issuer.organizationId,
      name: issuer.name,
      url: issuer.url,
      email: issuer.email ?? null,
      description: issuer.description ?? null,
      image_id: issuer.imageId ?? null,
      identifier: issuer.identifier ?? 'url',
      created_at: now().toISOString(),
    })
    await keys.add(tx, row.id, 'Ed25519')
    return row
  }

  return {
    create,
    rotateKey: keys.rotate,
    revokeKey: keys.revoke,
    signingIssuer: keys.signingIssuer,
    holdSigner: keys.holdSigner,
    holdFormSigner: keys.holdFormSigner,
    documents: createIssuerDocuments(urls),
  }
}

export type Issuers = ReturnType<typeof createIssuers>
