import { inTransaction } from '../../db/database.js'
import type { HttpServer } from '../../http/http-server.js'
import { parsePublicId, toPublicId } from '../../http/public-id.js'
import { recordAudit } from '../audit/audit.js'
import {
  badFields,
  type Caller,
  demandScope,
  fieldsOf,
  findIssuerIds,
  type Holder,
  mayIn,
  notThere,
  paramOf,
  personOf,
  scopesOfKey,
} from '../badgr-auth/badgr-auth.js'
import { assertNotForeign } from '../sessions/sessions.js'
import type { ApiDeps } from './api-deps.js'
import { sendResult } from './envelope.js'
import { toTime } from './to-json.js'

/** What somebody has let in, and keys that do not end. */
export function tokenRoutes(scope: HttpServer, deps: ApiDeps): void {
  const { callers, tokens, urls } = deps

  // A key is known in clear when it is made only: whoever asks again gets another, and PUT ends the others.
  for (const method of ['GET', 'PUT'] as const) {
    scope.route({
      method,
      url: '/auth/token',
      handler: async (request, reply) => {
        const caller = await callers.callerOf(request)
        demandScope(caller, 'rw:profile')
        // A browser that another site leads here would end older keys.
        if (caller.token === null) assertNotForeign(request, urls.base)
        const token = await makeKey(deps, caller, method === 'PUT')
        return sendResult({ request, reply }, [{ token }])
      },
    })
  }

  scope.get('/auth/tokens', async (request, reply) => {
    const caller = await callers.callerOf(request)
    demandScope(caller, 'rw:profile')
    const grants = await tokens.list(personOf(caller))
    return sendResult({ request, reply }, grants.map(grantJson))
  })

  scope.get('/auth/tokens/:id', async (request, reply) => {
    const caller = await callers.callerOf(request)
    demandScope(caller, 'rw:profile')
    const id = parsePublicId(paramOf(request, 'id'))
    const found = (await tokens.list(personOf(caller))).find(({ grantId }) => grantId === id)
    if (found === undefined) throw notThere()
    return sendResult({ request, reply }, [grantJson(found)])
  })

  scope.delete('/auth/tokens/:id', async (request, reply) => {
    const caller = await callers.callerOf(request)
    demandScope(caller, 'rw:profile')
    const grantId = parsePublicId(paramOf(request, 'id'))
    const userId = personOf(caller)
    const isEnded =
      grantId !== undefined && (await tokens.end({ userId, grantId }, caller.actor.name))
    if (!isEnded) throw notThere()
    return reply.code(204).send()
  })

  scope.post('/tokens/issuers', async (request, reply) => {
    const caller = await callers.callerOf(request)
    demandScope(caller, 'rw:issuer')
    const { issuers } = fieldsOf(request)
    if (caller.token === null) throw notThere()
    if (!Array.isArray(issuers) || issuers.length === 0) {
      throw badFields({ issuers: 'field is required' })
    }
    return sendResult({ request, reply }, await giveForIssuers(deps, caller, issuers))
  })
}

async function makeKey({ tokens }: ApiDeps, caller: Caller, isOnly: boolean): Promise<string> {
  const userId = personOf(caller)
  const holder = holderOf(caller, scopesOfKey(caller.scopes))
  return await tokens.makeKey({ ...holder, userId }, { actor: caller.actor.name, isOnly })
}

async function giveForIssuers(deps: ApiDeps, caller: Caller, named: readonly unknown[]) {
  const ids = named.map((one) => (typeof one === 'string' ? parsePublicId(one) : undefined))
  const known = await findIssuerIds(
    deps.db,
    ids.flatMap((id) => id ?? []),
  )
  const organizations = new Map(known.map(({ id, organizationId }) => [id, organizationId]))
  return await inTransaction(deps.db, async (tx) => {
    const result: object[] = []
    for (const issuerId of ids) {
      const organizationId = issuerId === undefined ? undefined : organizations.get(issuerId)
      if (issuerId === undefined || organizationId === undefined) throw unknownIssuer()
      if (!mayIn(caller, 'award:edit', { organizationId, issuerId })) throw unknownIssuer()
      const issuer = toPublicId(issuerId)
      const holder = holderOf(caller, [`rw:issuer:${issuer}`])
      const { token, expires } = await deps.tokens.giveForIssuer(tx, holder, issuerId)
      const audit = { action: 'badgr-token.create', subject: `issuer/${issuerId}` }
      await recordAudit(tx, { actor: caller.actor.name, ...audit })
      result.push({ token, issuer, expires: toTime(expires) })
    }
    return result
  })
}

function holderOf({ userId, token }: Caller, scopes: readonly string[]): Holder {
  const { apiTokenId = null, clientId = 'public', passwordMark = null } = token ?? {}
  return { userId, apiTokenId, clientId, scopes, passwordMark }
}

function unknownIssuer() {
  return badFields({ issuers: 'unknown issuer' })
}

type Grant = Awaited<ReturnType<ApiDeps['tokens']['list']>>[number]

function grantJson({ grantId, clientId, scope, createdAt, expiresAt }: Grant) {
  return {
    entityType: 'AccessToken',
    entityId: toPublicId(grantId),
    application: {
      name: clientId,
      image: null,
      website_url: null,
      clientId,
      policyUri: null,
      termsUri: null,
    },
    scope,
    expires: toTime(expiresAt),
    created: toTime(createdAt),
  }
}
