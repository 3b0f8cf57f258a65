import type { ProviderAccount } from '@rosette/contract'
import { providerKinds } from '@rosette/providers'
import type { FastifyRequest } from 'fastify'
import { actorOf } from '../../http/actor.js'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import { notThere, paramOf, queryOf } from '../../http/public-answers.js'
import type { AdminDeps } from './admin-deps.js'
import { sendAdminPage } from './admin-frame.js'
import { fieldOf } from './form-body.js'
import { readIssuers } from './issuer-views.js'
import { credentialsIn } from './key-fields.js'
import { type Entered, newAccountPage } from './new-account-page.js'
import { providersPage } from './providers-page.js'
import { refusedBy } from './refused.js'
import { resultOf, withResult } from './results.js'

const perPage = 50

/** The list of accounts, and the form for another one. */
export function accountListRoutes(server: HttpServer, deps: AdminDeps): void {
  const { db, accounts, paths, now } = deps

  server.get('/admin/providers', async (request, reply) => {
    const asked = { limit: perPage, cursor: queryOf(request, 'cursor') }
    const { items, next } = await accounts.list(asked)
    const shown = { accounts: items, next, paths, now: now(), notice: resultOf(request) }
    return sendAdminPage(reply, providersPage(shown))
  })

  server.get('/admin/providers/new/:provider', async (request, reply) => {
    const provider = providerOf(request)
    const issuers = await readIssuers(db)
    return sendAdminPage(reply, newAccountPage({ provider, issuers, paths }))
  })

  server.post('/admin/providers/new/:provider', async (request, reply) => {
    const provider = providerOf(request)
    let id = ''
    const refused = await refusedBy(async () => {
      id = await add(request, provider)
    })
    if (refused === undefined) {
      // What keeps its templates from being read is recorded, and stands on its page.
      await refusedBy(() => deps.templates.sync(id))
      return reply.redirect(withResult(paths.provider(id), 'added'), 303)
    }
    const { status, notice, faults } = refused
    const form = { provider, paths, issuers: await readIssuers(db), entered: enteredIn(request) }
    return sendAdminPage(reply.code(status), newAccountPage({ ...form, notice, faults }))
  })

  async function add(request: FastifyRequest, provider: ProviderAccount['provider']) {
    const { name, issuerId, externalId, apiBaseUrl } = enteredIn(request)
    const issuer = (await readIssuers(db)).find(({ id }) => id === issuerId)
    if (name === '' || issuer === undefined) {
      const faults = [{ path: 'name', reason: 'Must be given.' }]
      throw new AppError('request-invalid', 'The account needs a name and an issuer.', { faults })
    }
    const wanted = {
      provider,
      name,
      issuerId,
      organizationId: issuer.organizationId,
      externalId: externalId || null,
      apiBaseUrl: apiBaseUrl || null,
      credentials: credentialsIn(request),
    }
    return await accounts.create(wanted, actorOf(request))
  }
}

function enteredIn(request: FastifyRequest): Required<Entered> {
  return {
    name: fieldOf(request, 'name').slice(0, 200),
    issuerId: fieldOf(request, 'issuerId'),
    externalId: fieldOf(request, 'externalId'),
    apiBaseUrl: fieldOf(request, 'apiBaseUrl'),
  }
}

function providerOf(request: FastifyRequest): ProviderAccount['provider'] {
  const provider = providerKinds.find((known) => known === paramOf(request, 'provider'))
  if (provider === undefined) throw notThere('provider')
  return provider
}
