import { type Db, inTransaction } from '../../db/database.js'
import type { Actor } from '../../http/actor.js'
import { type createPasswordCheck, lockUser, updateUser } from '../accounts/accounts.js'
import { type BadgrTokens, markOf, type Tokens } from './badgr-tokens.js'
import { programScopes } from './scopes.js'

type Deps = {
  readonly db: Db
  readonly checkPassword: ReturnType<typeof createPasswordCheck>
  /** Who holds one of our own tokens. */
  readonly authenticate: (token: string) => Promise<Actor | null>
  readonly tokens: BadgrTokens
}

type Asked = { readonly clientId: string; readonly scopes: readonly string[] }

/** Tokens for who knows a password, or holds one of our own tokens; undefined for everybody else. */
export function createProgramSignIn({ db, checkPassword, authenticate, tokens }: Deps) {
  async function byPassword(
    { username, password }: { readonly username: string; readonly password: string },
    asked: Asked,
  ): Promise<Tokens | undefined> {
    const program = await byToken(password, asked)
    if (program !== undefined) return program
    const known = await checkPassword(username, password)
    if (known === null) return undefined
    return await inTransaction(db, async (tx) => {
      const user = await lockUser(tx, known.id)
      // Changed while the old one was compared.
      if (user === undefined || user.password_hash !== known.password_hash) return undefined
      if (user.disabled_at !== null) return undefined
      await updateUser(tx, user.id, { failed_tries: 0, next_try_at: null })
      const passwordMark = markOf(user.password_hash)
      return await tokens.give(tx, { ...asked, userId: user.id, apiTokenId: null, passwordMark })
    })
  }

  /** An LMS that can name a user and a password only brings one of our tokens in the place of the password. */
  async function byToken(secret: string, asked: Asked): Promise<Tokens | undefined> {
    const actor = secret.startsWith('rosette_') ? await authenticate(secret) : null
    if (actor === null) return undefined
    const scopes = asked.scopes.filter((scope) => programScopes.some((one) => one === scope))
    const holder = { ...asked, scopes: [...new Set([...scopes, 'rw:issuer'])] }
    const whose = { userId: null, apiTokenId: actor.id, passwordMark: null }
    return await inTransaction(db, (tx) => tokens.give(tx, { ...holder, ...whose }))
  }

  return { byPassword, byToken }
}

export type ProgramSignIn = ReturnType<typeof createProgramSignIn>
