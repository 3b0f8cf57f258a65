import { type Db, inTransaction, isForeignKeyViolation, type Tx } from '../../db/database.js'
import { changesOf, createAuditOf } from '../audit/audit.js'
import {
  BadgrError,
  badFields,
  type Caller,
  notThere,
  reachOfCaller,
} from '../badgr-auth/badgr-auth.js'
import { findIssuer, type Issuers } from '../issuers/issuers.js'
import {
  changeIssuer,
  deleteIssuer,
  hasIssued,
  type IssuerRow,
  setIssuerImage,
} from './issuer-repository.js'
import type { IssuerGiven } from './read-issuer.js'

type Deps = {
  readonly db: Db
  readonly issuers: Pick<Issuers, 'create'>
  readonly storeImage: (tx: Tx, bytes: Buffer) => Promise<{ readonly id: string }>
}

const audit = createAuditOf('issuer')
const blocked = 'Issuer can not be deleted because it has previously issued badges.'

/** Issuers as software makes and changes them; who may sign stays with their organization. */
export function createIssuerChanges({ db, issuers, storeImage }: Deps) {
  async function create(given: IssuerGiven, caller: Caller): Promise<string> {
    const organizationId = organizationOf(caller, given.organizationId)
    const { image, organizationId: _, ...about } = given
    return await inTransaction(db, async (tx) => {
      const imageId = image === undefined ? null : (await storeImage(tx, image)).id
      const { id } = await issuers.create(tx, { ...about, organizationId, imageId })
      await audit(tx, id, { actor: caller.actor.name, action: 'create' })
      return id
    })
  }

  async function update({ id }: IssuerRow, given: IssuerGiven, actor: string): Promise<void> {
    const { image, organizationId: _, ...change } = given
    await inTransaction(db, async (tx) => {
      const before = await findIssuer(tx, id)
      if (before === undefined) throw notThere()
      await changeIssuer(tx, id, change)
      if (image !== undefined) await setIssuerImage(tx, id, (await storeImage(tx, image)).id)
      const changes = changesOf(before, { ...before, ...change })
      await audit(tx, id, { actor, action: 'update', detail: change, ...changes })
    })
  }

  async function remove({ id, organizationId, name }: IssuerRow, actor: string): Promise<void> {
    if (await hasIssued(db, id)) throw new BadgrError(400, blocked)
    try {
      await inTransaction(db, async (tx) => {
        await deleteIssuer(tx, id)
        await audit(tx, id, { actor, action: 'delete', organizationId, detail: { name } })
      })
    } catch (error) {
      if (!isForeignKeyViolation(error)) throw error
      // Badge classes, endorsements or accounts of providers stand on it.
      throw new BadgrError(400, 'Issuer can not be deleted because badge classes belong to it.')
    }
  }

  return { create, update, remove }
}

export type IssuerChanges = ReturnType<typeof createIssuerChanges>

/** Badgr knew issuers only; here each belongs to an organization of which the caller is an owner. */
function organizationOf(caller: Caller, named: string | undefined): string {
  const reach = reachOfCaller(caller, 'issuer:edit')
  if (reach === 'everywhere') {
    if (named !== undefined) return named
    throw badFields({
      organization: ['Say in which organization, by the id that the console shows.'],
    })
  }
  if (named !== undefined && reach.includes(named)) return named
  const [only, ...others] = named === undefined ? reach : []
  if (only !== undefined && others.length === 0) return only
  if (others.length === 0) throw notThere()
  throw badFields({
    organization: ['You own several; say which, by the id that the console shows.'],
  })
}
