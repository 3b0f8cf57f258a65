import { createHash, randomBytes } from 'node:crypto'
import { permissionsOf } from '@rosette/contract'
import type { Db, Tx } from '../../db/database.js'
import { type Actor, everyPermission } from '../../http/actor.js'
import { absoluteDays } from './session-cookie.js'
import {
  deleteOldSessions,
  deleteSession,
  deleteSessionByHash,
  deleteSessionsOf,
  findLiveSession,
  insertSession,
  type LiveSession,
  listSessionsOf,
  touchSession,
} from './session-repository.js'

/** How and from where a session is begun. */
export type SessionBy = {
  /** `password`, `link`, or the id of an identity provider. */
  readonly method: string
  readonly userAgent: string | undefined
  readonly address: string
  /** The secret that the browser held until now; its session ends. */
  readonly replaces: string | undefined
}

const removeOldSessionsTask = 'remove-old-sessions'

const day = 86_400_000
const rollingDays = 14
/** To this, what is kept about the last use is exact; otherwise every request would write. */
const touchEveryMs = 60_000

/** Who is signed in where. The browser holds the secret, the table its hash. */
export function createSessions({ db, now }: { readonly db: Db; readonly now: () => Date }) {
  /** Begins a session with a secret of its own, whatever secret the browser came with. */
  async function start(tx: Tx, userId: string, by: SessionBy): Promise<string> {
    if (by.replaces !== undefined) await deleteSessionByHash(tx, hashOf(by.replaces))
    const secret = randomBytes(32).toString('base64url')
    const at = now().toISOString()
    await insertSession(tx, {
      hash: hashOf(secret),
      user_id: userId,
      method: by.method,
      user_agent: by.userAgent?.slice(0, 300) ?? null,
      address: by.address.slice(0, 64),
      created_at: at,
      last_seen_at: at,
      expires_at: expiryOf(at, at),
    })
    return secret
  }

  async function open(secret: string) {
    const at = now().toISOString()
    const found = await findLiveSession(db, { hash: hashOf(secret), at })
    if (found === undefined) return null
    const { id, user_id: userId, created_at: createdAt, last_seen_at: seenAt } = found
    if (Date.parse(at) - Date.parse(seenAt) > touchEveryMs) {
      await touchSession(db, { id, userId, at, expiresAt: expiryOf(createdAt, at) })
    }
    return { sessionId: id, actor: toActor(found) }
  }

  return {
    start,
    open,
    /** Ends the session of a secret; there need not be one. */
    end: (secret: string) => deleteSessionByHash(db, hashOf(secret)),
    endOne: (userId: string, id: string) => deleteSession(db, { id, userId }),
    endAll: (userId: string) => deleteSessionsOf(db, userId),
    list: (userId: string) => listSessionsOf(db, userId, now().toISOString()),
    tasks: {
      [removeOldSessionsTask]: () => deleteOldSessions(db, now().toISOString()),
    },
    schedule: [{ task: removeOldSessionsTask, everyMs: day }],
  }
}

export type Sessions = ReturnType<typeof createSessions>

// It ends when it is not used for a while, and at last in any case.
function expiryOf(createdAt: string, seenAt: string): string {
  const last = Date.parse(createdAt) + absoluteDays * day
  return new Date(Math.min(Date.parse(seenAt) + rollingDays * day, last)).toISOString()
}

function toActor({ user_id: id, email, is_administrator, memberships }: LiveSession): Actor {
  return {
    kind: 'user',
    id,
    name: email,
    everywhere: is_administrator ? everyPermission : new Set(),
    within: new Map(
      memberships.map(({ organizationId, role }) => [organizationId, new Set(permissionsOf[role])]),
    ),
  }
}

// 32 random bytes: nothing to guess, so a plain hash keeps it as well as a slow one.
function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
