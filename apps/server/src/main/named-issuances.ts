import type { Db } from '../db/database.js'
import { findAccountId, findIssuanceIds } from '../features/issuances/lookup-views.js'
import { no } from './command-error.js'

/** The account that was chosen; undefined when none was. */
export async function chosenAccount(db: Db, text: string | undefined): Promise<string | undefined> {
  if (text === undefined) return undefined
  const id = await findAccountId(db, text)
  if (id !== undefined) return id
  throw no(`There is no provider account ${text}. Name it by its number or its id.`)
}

/** The id of the issuance that is named by its id or by how that begins. */
export async function namedIssuance(db: Db, text: string): Promise<string> {
  const [id, another] = await findIssuanceIds(db, text)
  if (id === undefined) {
    throw no(`There is no issuance ${text}. \`rosette issuances\` lists them with their ids.`)
  }
  if (another !== undefined)
    throw no(`More than one issuance begins with ${text}; write more of it.`)
  return id
}
