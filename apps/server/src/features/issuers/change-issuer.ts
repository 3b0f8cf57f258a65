import { type Db, inTransaction } from '../../db/database.js'
import { changesOf, recordAudit } from '../audit/audit.js'
import { lockIssuer } from './issuer-repository.js'
import { issuerNotFound } from './issuer-views.js'

export type IssuerChange = {
  readonly name?: string
  readonly url?: string
  readonly email?: string | null
  readonly description?: string | null
}

/** Changes what an issuer says of itself; how it is named in badges stays, so that they verify. */
export async function changeIssuer(
  db: Db,
  { id, change }: { readonly id: string; readonly change: IssuerChange },
  actor: string,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const issuer = await lockIssuer(tx, id)
    if (issuer === undefined) throw issuerNotFound(id)
    if (Object.keys(change).length > 0) {
      await tx.updateTable('issuer').set(change).where('id', '=', id).execute()
    }
    const subject = `issuer/${id}`
    const changes = changesOf(issuer, { ...issuer, ...change })
    const audit = { action: 'issuer.update', subject, detail: { ...change }, ...changes }
    await recordAudit(tx, { actor, ...audit })
  })
}
