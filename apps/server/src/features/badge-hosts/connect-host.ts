import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { GuardedRequest } from '@rosette/guarded-fetch'
import { inTransaction } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { recordAudit } from '../audit/audit.js'
import { discoverHost, type FoundHost } from './discover-host.js'
import { deleteUnanswered, insertHost, listHosts } from './host-repository.js'
import { sealHostSecret } from './host-secret.js'
import type { HostTokens } from './host-tokens.js'
import { audit, callbackOf, type HostDeps, hostNotFound, type Person } from './own-host.js'

type Deps = HostDeps & { readonly request: GuardedRequest; readonly tokens: HostTokens }

const mostHosts = 20
const answerWithinMs = 30 * 60_000

/** Makes what begins a connection to another host. */
export function createConnecting({ db, urls, masterKey, now, siteName, request, tokens }: Deps) {
  /** Finds out what a host can do, registers this site there, and answers where its user is asked. */
  return async function connect(person: Person, address: string) {
    if (`${new URL(address).href}/`.startsWith(urls.start)) throw itself()
    const found = await discoverHost(request, address)
    const id = randomUUID()
    const client = await register(found, id)
    const question = { state: secret(), verifier: secret() }
    const kept = { clientSecret: client.secret, verifier: question.verifier }
    const row = {
      id,
      user_id: person.id,
      name: found.name || new URL(address).host,
      url: new URL(address).href,
      kind: found.kind,
      endpoints: JSON.stringify(found.endpoints),
      client_id: client.id,
      sealed_secret: sealHostSecret(id, kept, masterKey),
      state_hash: hashOf(question.state),
      state_expires_at: new Date(now().getTime() + answerWithinMs).toISOString(),
    }
    await inTransaction(db, async (tx) => {
      if ((await deleteUnanswered(tx, person.id)) >= mostHosts) throw tooMany()
      await insertHost(tx, row)
      const detail = { name: row.name, url: row.url }
      await recordAudit(tx, { ...audit(person, 'connect', id), detail })
    })
    const authorizeAt = toQuestion(found.endpoints.authorization, {
      response_type: 'code',
      client_id: client.id,
      redirect_uri: callbackOf(urls, id),
      scope: found.endpoints.scopes.join(' '),
      state: question.state,
      code_challenge: createHash('sha256').update(question.verifier).digest('base64url'),
      code_challenge_method: 'S256',
    })
    const host = (await listHosts(db, person.id)).find((one) => one.id === id)
    if (host === undefined) throw hostNotFound()
    return { host, authorizeAt }
  }

  async function register({ name, registration, endpoints }: FoundHost, id: string) {
    return await tokens.register(
      { name, url: registration },
      {
        ...clientMetadata(urls.base, siteName()),
        redirect_uris: [callbackOf(urls, id)],
        scope: endpoints.scopes.join(' '),
      },
    )
  }
}

function clientMetadata(base: string, name: string) {
  return {
    client_name: name,
    client_uri: `${base}/`,
    logo_uri: `${base}/brand/icon`,
    tos_uri: `${base}/`,
    policy_uri: `${base}/`,
    software_id: 'rosette',
    software_version: '1',
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  }
}

function toQuestion(address: string, query: Readonly<Record<string, string>>): string {
  const url = new URL(address)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function itself(): AppError {
  const message = 'This is the address of the backpack you are in. Give that of another one.'
  return new AppError('host-refused', message)
}

function tooMany(): AppError {
  const message = `You have ${mostHosts} hosts, and can have no more. Disconnect one first.`
  return new AppError('host-refused', message)
}
