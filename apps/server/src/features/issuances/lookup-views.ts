import type { Db } from '../../db/database.js'
import { parsePublicId } from '../../http/public-id.js'

/** The account that a person means by its number or its id. */
export async function findAccountId(db: Db, text: string): Promise<string | undefined> {
  const id = parsePublicId(text)
  const accounts = db.selectFrom('provider_account').select('id')
  if (id !== undefined) return (await accounts.where('id', '=', id).executeTakeFirst())?.id
  if (!/^\d{1,15}$/.test(text)) return undefined
  return (await accounts.where('number', '=', Number(text)).executeTakeFirst())?.id
}

const uuidForm = 'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx'
/** Shorter beginnings are mistakes more often than names. */
const shortest = 6

/** The issuances whose id begins so, two at most: more than one is nobody's name. */
export async function findIssuanceIds(db: Db, text: string): Promise<readonly string[]> {
  const begin = parsePublicId(text) ?? text.toLowerCase()
  if (begin.length < shortest || !fits(begin)) return []
  const rest = uuidForm.slice(begin.length)
  const found = await db
    .selectFrom('issuance')
    .select('id')
    .where('id', '>=', begin + rest.replaceAll('x', '0'))
    .where('id', '<=', begin + rest.replaceAll('x', 'f'))
    .orderBy('id')
    .limit(2)
    .execute()
  return found.map(({ id }) => id)
}

function fits(begin: string): boolean {
  if (begin.length > uuidForm.length) return false
  return [...begin].every((c, i) => (uuidForm[i] === '-' ? c === '-' : /[0-9a-f]/.test(c)))
}
