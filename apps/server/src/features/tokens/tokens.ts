import { createHash, randomBytes } from 'node:crypto'
import { type Selectable, sql } from 'kysely'
import type { Db } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'
import { type Actor, everyPermission } from '../../http/actor.js'

/** Administration tokens: shown once when made, kept only as a hash. */
export function createTokens({ db }: { readonly db: Db }) {
  async function create(name: string): Promise<string> {
    return (await createTokenIn(db, name)).token
  }

  /** Makes the first token, or stores the one the operator chose. Null when there is nothing new to show. */
  async function ensureFirst(chosen: string | undefined): Promise<string | null> {
    if (chosen !== undefined) {
      await store('ROSETTE_ADMIN_TOKEN', chosen)
      return null
    }
    const existing = await db.selectFrom('api_token').select('id').limit(1).executeTakeFirst()
    return existing === undefined ? await create('first administrator') : null
  }

  async function store(name: string, token: string): Promise<void> {
    await db
      .insertInto('api_token')
      .values({ name, hash: hashOf(token) })
      .onConflict((oc) => oc.column('hash').doNothing())
      .execute()
  }

  async function authenticate(token: string): Promise<Actor | null> {
    const found = await db
      .selectFrom('api_token')
      .select(['id', 'name', 'last_used_at', 'organization_id', 'permissions'])
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
      .select(['id', 'name', 'organization_id', 'permissions'])
      .where('id', '=', id)
      .where(inForce)
      .executeTakeFirst()
    return found === undefined ? null : toActor(found)
  }

  return { create, ensureFirst, authenticate, holder }
}

export type Tokens = ReturnType<typeof createTokens>

const inForce = sql<boolean>`revoked_at is null and (expires_at is null or expires_at > now())`

type Holder = Pick<
  Selectable<Schema['api_token']>,
  'id' | 'name' | 'organization_id' | 'permissions'
>

function toActor({ id, name, organization_id: organization, permissions }: Holder): Actor {
  const held = permissions === null ? everyPermission : new Set(permissions)
  const isEverywhere = organization === null
  return {
    kind: 'token',
    id,
    name,
    everywhere: isEverywhere ? held : new Set(),
    within: new Map(isEverywhere ? [] : [[organization, held]]),
  }
}

/** Makes a token; it is known in clear to the caller only. */
export async function createTokenIn(db: Db, name: string) {
  const token = `rosette_${randomBytes(24).toString('base64url')}`
  const { id } = await db
    .insertInto('api_token')
    .values({ name, hash: hashOf(token) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, token }
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

// A token is 24 random bytes: nothing to guess, so a plain hash keeps it as well as a slow one.
function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
