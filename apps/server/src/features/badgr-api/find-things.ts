import type { Permission } from '@rosette/contract'
import type { Db } from '../../db/database.js'
import { parsePublicId } from '../../http/public-id.js'
import { type Caller, mayIn, notThere, reachOfCaller } from '../badgr-auth/badgr-auth.js'
import { type AssertionRow, findAssertionRows } from './assertion-repository.js'
import { type ClassRow, findClassRow } from './class-repository.js'
import { findIssuerRow, type IssuerRow, type Whose } from './issuer-repository.js'

type Asked = {
  readonly caller: Caller
  /** As it stands in the address. */
  readonly id: string
  readonly permission: Permission
}

/** The issuer, where the caller may do this; what is foreign is as if it were not there. */
export async function issuerFor(db: Db, { caller, id, permission }: Asked): Promise<IssuerRow> {
  const uuid = parsePublicId(id)
  const row = uuid === undefined ? undefined : await findIssuerRow(db, uuid)
  if (row === undefined) throw notThere()
  const { organizationId } = row
  if (!mayIn(caller, permission, { organizationId, issuerId: row.id })) throw notThere()
  return row
}

export async function classFor(db: Db, { caller, id, permission }: Asked): Promise<ClassRow> {
  const uuid = parsePublicId(id)
  const row = uuid === undefined ? undefined : await findClassRow(db, uuid)
  if (row === undefined || !mayIn(caller, permission, row)) throw notThere()
  return row
}

export async function assertionFor(
  db: Db,
  { caller, id, permission }: Asked,
): Promise<AssertionRow> {
  const uuid = parsePublicId(id)
  const [row] = uuid === undefined ? [] : await findAssertionRows(db, [uuid])
  if (row === undefined || !mayIn(caller, permission, row)) throw notThere()
  return row
}

export function whoseOf(caller: Caller, permission: Permission): Whose {
  return { reach: reachOfCaller(caller, permission), onlyIssuerId: caller.onlyIssuerId }
}

/** Tokens of one issuer have a scope of their own; what they reach is bound elsewhere. */
export function demandIssuerScope(caller: Caller): void {
  const isGood = [...caller.scopes].some(
    (one) => one === 'rw:issuer' || one.startsWith('rw:issuer:'),
  )
  if (!isGood) throw notThere()
}
