import type { HttpServer } from '../../http/http-server.js'
import { parsePublicId } from '../../http/public-id.js'
import {
  badFields,
  demandScope,
  fieldsOf,
  notThere,
  paramOf,
  personOf,
  queryTextOf,
  textIn,
} from '../badgr-auth/badgr-auth.js'
import { type AttemptLimit, createAttemptLimit } from '../sessions/sessions.js'
import type { ApiDeps } from './api-deps.js'
import { sendResult } from './envelope.js'
import { isCoStaff } from './issuer-repository.js'

/** How often one address may ask for a mail or try a link in a minute. */
const triesPerMinute = 30

/** People, as far as they may see each other; themselves wholly. */
export async function userRoutes(
  scope: HttpServer,
  { callers, own, db, urls }: ApiDeps,
): Promise<void> {
  const limit: AttemptLimit = await createAttemptLimit(scope, triesPerMinute)

  scope.get('/users/:id', async (request, reply) => {
    const caller = await callers.callerOf(request)
    demandScope(caller, 'r:profile', 'rw:profile')
    const userId = personOf(caller)
    const named = paramOf(request, 'id')
    const id = named === 'self' ? userId : parsePublicId(named)
    if (id === userId) return sendResult({ request, reply }, [await own.read(userId)])
    if (id === undefined || !(await isCoStaff(db, userId, id))) throw notThere()
    return sendResult({ request, reply }, [await own.readOther(id)])
  })

  scope.put('/users/:id', async (request, reply) => {
    const caller = await callers.callerOf(request)
    demandScope(caller, 'rw:profile')
    const userId = personOf(caller)
    const named = paramOf(request, 'id')
    if (named !== 'self' && parsePublicId(named) !== userId) throw notThere()
    await own.change(userId, fieldsOf(request), request.sessionId)
    return sendResult({ request, reply }, [await own.read(userId)])
  })

  scope.post('/auth/forgot-password', { onRequest: limit }, async (request, reply) => {
    const email = textIn(fieldsOf(request), 'email')?.trim() ?? ''
    if (email === '') throw badFields({ email: ['This field is required.'] })
    await own.forgot(email)
    return sendResult({ request, reply }, [])
  })

  scope.put('/auth/forgot-password', { onRequest: limit }, async (request, reply) => {
    const fields = fieldsOf(request)
    const [secret, password] = [textIn(fields, 'token') ?? '', textIn(fields, 'password') ?? '']
    if (secret === '') throw notThere()
    if (password === '') throw badFields({ password: ['This field is required.'] })
    await own.reset({ secret, password })
    return sendResult({ request, reply }, [])
  })

  scope.get('/auth/forgot-password', async (request, reply) => {
    const token = queryTextOf(request, 'token')
    const path = token === undefined ? 'forgotten' : `reset-password#${encodeURIComponent(token)}`
    return reply.redirect(`${urls.base}/console/${path}`, 302)
  })

  // There are no terms to agree to, no signing in by social sites, and no tools of others.
  scope.get('/socialaccounts', async (request, reply) => {
    demandScope(await callers.callerOf(request), 'r:profile', 'rw:profile')
    return sendResult({ request, reply }, [])
  })
  scope.get('/externaltools/', async (request, reply) => {
    await callers.callerOf(request)
    return sendResult({ request, reply }, [])
  })
}
