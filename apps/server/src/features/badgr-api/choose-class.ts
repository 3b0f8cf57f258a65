import type { Db } from '../../db/database.js'
import { parsePublicId } from '../../http/public-id.js'
import { badFields, badRequest, type Fields, textIn } from '../badgr-auth/badgr-auth.js'
import { type ClassRow, findClassRow, listClassRows } from './class-repository.js'
import type { IssuerRow } from './issuer-repository.js'

const names = ['badgeclass', 'badgeclassOpenBadgeId', 'badgeclassName'] as const
const foreign = 'Could not find matching badgeclass for this issuer.'

/** The class that an award of an issuer names, in exactly one of three ways. */
export async function chooseClass(db: Db, issuer: IssuerRow, fields: Fields): Promise<ClassRow> {
  const given = names.filter((name) => (textIn(fields, name) ?? '') !== '')
  if (given.length > 1) {
    throw badRequest(
      `Multiple badge class identifiers. Exactly one of the following allowed: ${names.join(', ')}`,
    )
  }
  const [name] = given
  if (name === undefined) throw badFields({ badgeclass: ['This field is required'] })
  const value = textIn(fields, name) ?? ''
  if (name === 'badgeclassName') return await byName(db, issuer, value)
  // The id of an Open Badge of ours ends with the same id.
  const id = parsePublicId(value.split(/[/?#]/).at(name === 'badgeclass' ? 0 : -1) ?? '')
  const row = id === undefined ? undefined : await findClassRow(db, id)
  if (row === undefined || row.issuerId !== issuer.id) throw badFields({ badgeclass: [foreign] })
  return row
}

async function byName(db: Db, issuer: IssuerRow, name: string): Promise<ClassRow> {
  const whose = { reach: [issuer.organizationId], onlyIssuerId: issuer.id }
  const paging = { num: undefined, from: undefined }
  const { rows } = await listClassRows(db, whose, { paging, issuerId: issuer.id, name })
  const [only, ...others] = rows
  if (only === undefined) {
    throw badFields({ badgeclassName: [`No matching BadgeClass found with name ${name}`] })
  }
  if (others.length === 0) return only
  const message = `Could not award; ${rows.length} BadgeClasses with name ${name}`
  throw badFields({ badgeclassName: [message] })
}
