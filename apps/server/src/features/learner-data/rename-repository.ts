import { sql } from 'kysely'
import type { Tx } from '../../db/database.js'
import type { LearnerRow } from '../learners/learners.js'

/** Whoever decides about the learner, or takes a name from an event, waits here. */
export async function lockRow(tx: Tx, id: number): Promise<LearnerRow | undefined> {
  const learners = tx.selectFrom('learner').selectAll().where('id', '=', id)
  return await learners.where('erased_at', 'is', null).forNoKeyUpdate().executeTakeFirst()
}

export async function updateNames(
  tx: Tx,
  id: number,
  {
    at,
    username,
    email,
    name,
  }: {
    readonly at: string
    readonly username?: string | undefined
    readonly email?: string | undefined
    readonly name?: string | undefined
  },
): Promise<LearnerRow> {
  return await tx
    .updateTable('learner')
    .set({ renamed_at: at, updated_at: at })
    .$if(username !== undefined, (query) => query.set({ username: username ?? '' }))
    .$if(email !== undefined, (query) => query.set({ email: email ?? '' }))
    .$if(name !== undefined, (query) => query.set({ name: name ?? '' }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** The learners with this user name, as scripts of Open edX name them. */
export async function findByUsername(tx: Tx, username: string): Promise<readonly string[]> {
  const learners = tx.selectFrom('learner').select('public_id')
  const named = learners.where(sql<boolean>`lower(username) = ${username.toLowerCase()}`)
  const rows = await named.where('erased_at', 'is', null).orderBy('id').execute()
  return rows.map((row) => row.public_id)
}
