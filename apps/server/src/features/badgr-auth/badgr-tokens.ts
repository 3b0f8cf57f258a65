import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { recordAudit } from '../audit/audit.js'
import {
  deleteEndedTokens,
  deleteGrant,
  deleteKeys,
  findPasswordHash,
  findToken,
  insertBadgrToken,
  type KnownToken,
  listGrants,
  markExchanged,
} from './badgr-token-repository.js'

/** For whom tokens are made. */
export type Holder = {
  readonly userId: string | null
  readonly apiTokenId: string | null
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly passwordMark: Buffer | null
}

export type Tokens = {
  readonly accessToken: string
  readonly refreshToken: string
  readonly expiresIn: number
  readonly scope: string
}

const accessSeconds = 86_400
/** A site that is off for the summer must not lose its way in. */
const refreshDays = 365
/** Several workers of one LMS hold the same refresh token, and come with it one after the other. */
const graceMs = 10 * 60_000
const foreverYears = 100
/** Programs that one person lets in by a key each. */
const mostKeys = 20

const removeEndedTask = 'remove-ended-badgr-tokens'
const day = 86_400_000

/** Tokens of the OAuth that Badgr spoke: known in clear to who asked only, kept as hashes. */
export function createBadgrTokens({ db, now }: { readonly db: Db; readonly now: () => Date }) {
  const later = (ms: number) => new Date(now().getTime() + ms).toISOString()

  async function give(tx: Tx, holder: Holder, grantId: string = randomUUID()): Promise<Tokens> {
    const accessToken = await store(tx, holder, {
      kind: 'access',
      grant_id: grantId,
      expires_at: later(accessSeconds * 1000),
    })
    const refreshToken = await store(tx, holder, {
      kind: 'refresh',
      grant_id: grantId,
      expires_at: later(refreshDays * day),
    })
    const scope = holder.scopes.join(' ')
    return { accessToken, refreshToken, expiresIn: accessSeconds, scope }
  }

  /**
   * Gives new tokens for a refresh token. Asked with the same one again within the grace period, there are
   * more of them, all of them good; after it the old one leads nowhere, and nothing else is taken away.
   */
  async function refresh(text: string): Promise<Tokens | undefined> {
    return await inTransaction(db, async (tx) => {
      const at = now().toISOString()
      const token = await findToken(tx, { hash: hashOf(text), kinds: ['refresh'], at })
      if (token === undefined || isSpent(token)) return undefined
      await markExchanged(tx, token.id, at)
      return await give(tx, holderOf(token), token.grantId)
    })
  }

  function isSpent({ usedAt }: KnownToken): boolean {
    return usedAt !== null && Date.parse(usedAt) + graceMs <= now().getTime()
  }

  /** Who holds it: an access token, or the older key. */
  async function find(text: string): Promise<KnownToken | undefined> {
    const asked = { hash: hashOf(text), at: now().toISOString() }
    return await findToken(db, { ...asked, kinds: ['access', 'key'] })
  }

  /** The older key, which ends with the password only. Made to be the only one, it ends those before it. */
  async function makeKey(
    holder: Holder & { readonly userId: string },
    { actor, isOnly }: { readonly actor: string; readonly isOnly: boolean },
  ): Promise<string> {
    return await inTransaction(db, async (tx) => {
      await deleteKeys(tx, holder.userId, isOnly ? 0 : mostKeys - 1)
      const subject = `user/${holder.userId}`
      await recordAudit(tx, { actor, action: 'badgr-token.create', subject })
      const expires_at = later(foreverYears * 365 * day)
      const hash = holder.passwordMark === null ? await findPasswordHash(tx, holder.userId) : null
      const passwordMark = holder.passwordMark ?? markOf(hash)
      return await store(
        tx,
        { ...holder, passwordMark },
        { kind: 'key', grant_id: randomUUID(), expires_at },
      )
    })
  }

  /** A token that reaches one issuer only, for a program that awards there. */
  async function giveForIssuer(tx: Tx, holder: Holder, issuerId: string) {
    const expires = later(foreverYears * 365 * day)
    const about = { kind: 'access', grant_id: randomUUID(), expires_at: expires } as const
    return { token: await store(tx, holder, { ...about, issuer_id: issuerId }), expires }
  }

  async function end(grant: { readonly userId: string; readonly grantId: string }, actor: string) {
    return await inTransaction(db, async (tx) => {
      const isEnded = await deleteGrant(tx, grant)
      const subject = `user/${grant.userId}`
      if (isEnded) await recordAudit(tx, { actor, action: 'badgr-token.revoke', subject })
      return isEnded
    })
  }

  return {
    give,
    refresh,
    find,
    makeKey,
    giveForIssuer,
    end,
    list: (userId: string) => listGrants(db, userId, now().toISOString()),
    tasks: { [removeEndedTask]: () => deleteEndedTokens(db, now().toISOString()) },
    schedule: [{ task: removeEndedTask, everyMs: day }],
  }
}

export type BadgrTokens = ReturnType<typeof createBadgrTokens>

type About = Pick<Parameters<typeof insertBadgrToken>[1], 'kind' | 'grant_id' | 'expires_at'> & {
  readonly issuer_id?: string
}

async function store(tx: Tx, holder: Holder, about: About): Promise<string> {
  const text = randomBytes(32).toString('base64url')
  await insertBadgrToken(tx, {
    hash: hashOf(text),
    user_id: holder.userId,
    api_token_id: holder.apiTokenId,
    client_id: holder.clientId,
    scope: holder.scopes.join(' '),
    password_mark: holder.passwordMark,
    issuer_id: null,
    ...about,
  })
  return text
}

export function holderOf(token: KnownToken): Holder {
  const { userId, apiTokenId, clientId, scope, passwordMark } = token
  return { userId, apiTokenId, clientId, scopes: scope.split(' '), passwordMark }
}

/** By which a token is bound to the password that was used to get it. */
export function markOf(passwordHash: string | null): Buffer | null {
  return passwordHash === null ? null : createHash('sha256').update(passwordHash).digest()
}

// 32 random bytes: nothing to guess, so a plain hash keeps it as well as a slow one.
function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
