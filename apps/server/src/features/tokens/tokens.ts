import { type Selectable, sql } from 'kysely'
import { type Db, inTransaction } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'
import { type Actor, everyPermission } from '../../http/actor.js'
import { recordAudit } from '../audit/audit.js'
import { hashOf, hintOf, type NewToken, storeToken } from './make-token.js'

/** Tokens of programs: shown once when made, kept only as a hash. */
export function createTokens({ db }: { readonly db: Db }) {
  /** For whoever has the command line, and so may give everything. */
  async function create(token: NewToken): Promise<string> {
    return await inTransaction(db, async (tx) => {
      const made = await storeToken(tx, token, 'create-token')
      const subject = `token/${made.id}`
      const detail = { name: token.name }
      await recordAudit(tx, { actor: 'create-token', action: 'token.create', subject, detail })
      return made.token
    })
  }

  /** Takes over the token that the operator chose in the settings. */
  async function keepChosen(token: string | undefined): Promise<void> {
    if (token === undefined) return
    const chosen = { name: 'ROSETTE_ADMIN_TOKEN', hash: hashOf(token), hint: hintOf(token) }
    await db
      .insertInto('api_token')
      .values(chosen)
      .onConflict((oc) => oc.column('hash').doNothing())
      .execute()
  }

  async function authenticate(token: string): Promise<Actor | null> {
    const found = await db
      .selectFrom('api_token')
      .select(['id', 'name', 'last_used_at', 'organization_id', 'permissions', 'expires_at'])
      .where('hash', '=', hashOf(token))
      .where(inForce)
      .executeTakeFirst()
    if (found === undefined) return null
    await noteUse(db, found)
    return toActor(found)
  }

  /** Who holds the token of this id; null when it is not in force. */
  async function holder(id: string): Promise<Actor | null> {
    const found = await db
      .selectFrom('api_token')
      .select(['id', 'name', 'organization_id', 'permissions', 'expires_at'])
      .where('id', '=', id)
      .where(inForce)
      .executeTakeFirst()
    return found === undefined ? null : toActor(found)
  }

  return { create, keepChosen, authenticate, holder }
}

const inForce = sql<boolean>`revoked_at is null and (expires_at is null or expires_at > now())`

type Holder = Pick<
  Selectable<Schema['api_token']>,
  'id' | 'name' | 'organization_id' | 'permissions' | 'expires_at'
>

function toActor({ id, name, permissions, ...row }: Holder): Actor {
  const { organization_id: organization, expires_at: until } = row
  const held = permissions === null ? everyPermission : new Set(permissions)
  const isEverywhere = organization === null
  return {
    kind: 'token',
    id,
    // Tokens are called as whoever makes them likes, and must not be taken for a person.
    name: `token: ${name}`,
    ...(until !== null && { until }),
    everywhere: isEverywhere ? held : new Set(),
    within: new Map(isEverywhere ? [] : [[organization, held]]),
  }
}

// To the hour: enough to see which tokens are forgotten, without a write for every request.
async function noteUse(
  db: Db,
  { id, last_used_at: last }: { readonly id: string; readonly last_used_at: string | null },
): Promise<void> {
  const now = new Date()
  if (last !== null && now.getTime() - new Date(last).getTime() < 3_600_000) return
  const used = { last_used_at: now.toISOString() }
  await db.updateTable('api_token').set(used).where('id', '=', id).execute()
}
