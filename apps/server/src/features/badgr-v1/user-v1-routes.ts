import type { HttpServer } from '../../http/http-server.js'
import { toPublicId } from '../../http/public-id.js'
import { type ApiDeps, namesOf } from '../badgr-api/badgr-api.js'
import {
  BadgrError,
  badFields,
  badRequest,
  demandScope,
  fieldsOf,
  holderOf,
  notThere,
  type ProgramSignIn,
  personOf,
  scopesOfKey,
  textIn,
} from '../badgr-auth/badgr-auth.js'
import { type AttemptLimit, assertNotForeign, createAttemptLimit } from '../sessions/sessions.js'

const triesPerMinute = 30

/** Accounts, as version 1 had them; they are made by mail here, and not by this API. */
export async function userV1Routes(
  scope: HttpServer,
  deps: ApiDeps & { readonly signIn: ProgramSignIn },
): Promise<void> {
  const { callers, own, tokens, signIn, urls } = deps
  const limit: AttemptLimit = await createAttemptLimit(scope, triesPerMinute)

  scope.post('/user/auth-token', { onRequest: limit }, async (request) => {
    const fields = fieldsOf(request)
    const [username, password] = [
      textIn(fields, 'username') ?? '',
      textIn(fields, 'password') ?? '',
    ]
    if (username === '') throw badFields({ username: ['This field is required.'] })
    if (password === '') throw badFields({ password: ['This field is required.'] })
    const scopes = ['rw:profile', 'rw:issuer', 'rw:backpack']
    const given = await signIn.byPassword({ username, password }, { clientId: 'public', scopes })
    const token = given && (await tokens.find(given.accessToken))
    if (token === undefined) throw badRequest('Unable to log in with provided credentials.')
    const { userId } = token
    // A token of ours is the key itself.
    if (userId === null) return { token: password }
    const person = { actor: username, isOnly: false }
    return { token: await tokens.makeKey({ ...holderOf(token), scopes, userId }, person) }
  })

  for (const method of ['GET', 'PUT'] as const) {
    scope.route({
      method,
      url: '/user/auth-token',
      handler: async (request) => {
        const caller = await callers.callerOf(request)
        demandScope(caller, 'rw:profile')
        if (caller.token === null) assertNotForeign(request, urls.base)
        const userId = personOf(caller)
        const user = await own.find(userId)
        if (user === undefined) throw notThere()
        const scopes = scopesOfKey(caller.scopes)
        const passwordMark = caller.token?.passwordMark ?? null
        const holder = { userId, apiTokenId: null, clientId: 'public', scopes, passwordMark }
        const about = { actor: caller.actor.name, isOnly: method === 'PUT' }
        return { username: user.email, token: await tokens.makeKey(holder, about) }
      },
    })
  }

  scope.get('/user/profile', async (request) => {
    const caller = await callers.callerOf(request)
    demandScope(caller, 'r:profile', 'rw:profile')
    return await profileOf(deps, personOf(caller))
  })

  scope.put('/user/profile', async (request) => {
    const caller = await callers.callerOf(request)
    demandScope(caller, 'rw:profile')
    const userId = personOf(caller)
    const fields = fieldsOf(request)
    const { first_name: firstName, last_name: lastName } = fields
    const change = { firstName, lastName, password: fields['password'] }
    const more = { currentPassword: fields['current_password'] }
    await own.change(userId, { ...change, ...more }, request.sessionId)
    return await profileOf(deps, userId)
  })

  scope.post('/user/profile', async () => {
    const remedy = 'Accounts are made on the page where one signs in, by a link that is mailed.'
    throw new BadgrError(403, `Nobody signs up by this address. ${remedy}`)
  })

  scope.get('/user/emails', async (request) => {
    const caller = await callers.callerOf(request)
    demandScope(caller, 'r:profile', 'rw:profile')
    const user = await own.find(personOf(caller))
    if (user === undefined) throw notThere()
    const emails = await own.emailsOf(user)
    return emails.map(({ email, verified, primary }, index) => ({
      id: index + 1,
      email,
      verified,
      primary,
      caseVariants: [],
    }))
  })
}

async function profileOf({ own }: ApiDeps, userId: string) {
  const user = await own.find(userId)
  if (user === undefined) throw notThere()
  const { firstName: first_name, lastName: last_name } = namesOf(user.name)
  return {
    slug: toPublicId(userId),
    first_name,
    last_name,
    email: user.email,
    url: [],
    telephone: [],
    agreed_terms_version: 0,
    marketing_opt_in: false,
    has_password_set: user.hasPassword,
    source: 'badgr',
  }
}
