import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Provider } from 'oidc-provider'
import { type Db, inTransaction } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { log } from '../../telemetry/log.js'
import { recordAudit } from '../audit/audit.js'
import { readClientMetadata } from './client-metadata.js'
import { loadProvider } from './load-provider.js'
import { deriveOAuthKeys } from './oauth-keys.js'
import {
  deleteAccess,
  deleteOldRecords,
  listApplications,
  noteUse,
  saveRecord,
} from './oauth-repository.js'
import { type OAuthProblem, providerOptions } from './provider-options.js'
import { toApplication } from './to-application.js'

type Deps = { readonly db: Db; readonly urls: PublicUrls; readonly masterKey: Buffer }

/** Who holds an access token: for whom it speaks, and who holds it. */
export type Bearer = { readonly userId: string; readonly clientId: string }

const cleanUpTask = 'remove-old-oauth-records'
const hourMs = 3_600_000

/** Lets applications into backpacks whose owners allow it: OAuth 2.0 as Open Badges asks for it. */
export function createOAuthHost({ db, urls, masterKey }: Deps) {
  const keys = deriveOAuthKeys(masterKey)
  const waiting = new WeakMap<IncomingMessage, (problem: OAuthProblem) => void>()
  let loaded: Promise<Provider> | undefined

  /** Made when it is first needed; most processes never need it. */
  function provider(): Promise<Provider> {
    loaded ??= openProvider()
    return loaded
  }

  async function openProvider(): Promise<Provider> {
    const module = await loadProvider()
    const showError: Parameters<typeof providerOptions>[1]['showError'] = ({ req }, problem) =>
      waiting.get(req)?.(problem)
    const options = providerOptions(module, { db, keys, base: urls.base, showError })
    const made = new module.Provider(`${urls.base}/oauth`, options)
    // It stands behind this server, which tells it under what address it was asked.
    made.proxy = true
    Object.assign(made.Client.prototype, { compareClientSecret })
    // Open Badges 3.0 has the scope that was granted come back beside the code.
    made.on('authorization.success', ({ oidc }, out = {}) => {
      Object.assign(out, { scope: oidc.params?.['scope'] })
    })
    made.on('server_error', (_ctx, err) => log.error({ err }, 'the OAuth server failed'))
    return made
  }

  /** Lets the OAuth server answer; tells what is to be shown where it only has an error for people. */
  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<OAuthProblem | undefined> {
    const callback = (await provider()).callback()
    return await new Promise((resolve) => {
      waiting.set(request, resolve)
      response.once('close', () => resolve(undefined))
      response.once('finish', () => resolve(undefined))
      callback(request, response)
    })
  }

  /** Registers a client. Its secret is told once, and kept as a hash only. */
  async function register(body: unknown) {
    const metadata = readClientMetadata(body, urls.base)
    const secret = randomBytes(32).toString('base64url')
    const issued = {
      client_id: randomUUID(),
      client_id_issued_at: Math.floor(Date.now() / 1000),
      client_secret_expires_at: 0,
    }
    const payload = { ...metadata, ...issued, client_secret: hashOf(secret) }
    const { client_id: id } = issued
    await saveRecord(db, {
      model: 'Client',
      id,
      payload,
      clientId: id,
      userId: null,
      grantId: null,
      seconds: undefined,
    })
    return { ...metadata, ...issued, client_secret: secret }
  }

  /** Whom a token speaks for, if it is good for this. */
  async function bearerOf(
    token: string,
    scope: string,
  ): Promise<Bearer | 'unknown' | 'insufficient'> {
    if (token.length > 200) return 'unknown'
    const found = await (await provider()).AccessToken.find(token)
    if (found?.clientId === undefined || !found.isValid) return 'unknown'
    if (!found.scopes.has(scope)) return 'insufficient'
    await noteUse(db, found.grantId)
    return { userId: found.accountId, clientId: found.clientId }
  }

  return {
    provider,
    answer,
    register,
    bearerOf,
    browserProof: keys.browserProof,
    applications: async (userId: string) =>
      (await listApplications(db, userId)).map((row) => toApplication(row)),

    /** Takes all of an application's access away at once. */
    disconnect: async (user: { readonly id: string; readonly email: string }, clientId: string) =>
      inTransaction(db, async (tx) => {
        if (!(await deleteAccess(tx, user.id, clientId))) throw notConnected()
        const subject = `application/${clientId}`
        const audit = { actor: user.email, action: 'application.disconnect', subject }
        await recordAudit(tx, { ...audit, organizationId: null })
      }),

    tasks: { [cleanUpTask]: () => deleteOldRecords(db) },
    schedule: [{ task: cleanUpTask, everyMs: hourMs }],
  }
}

export type OAuthHost = ReturnType<typeof createOAuthHost>

/** Against the hash that is kept in the place of the secret. */
function compareClientSecret(this: { readonly clientSecret?: string }, given: string): boolean {
  const kept = Buffer.from(this.clientSecret ?? '')
  const shown = Buffer.from(hashOf(given))
  return kept.length === shown.length && timingSafeEqual(kept, shown)
}

// 32 random bytes: nothing to guess, so a plain hash keeps it as well as a slow one.
function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

function notConnected(): AppError {
  return new AppError('application-not-found', 'No such application is connected to your backpack.')
}
