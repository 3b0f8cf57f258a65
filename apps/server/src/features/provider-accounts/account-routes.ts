import * as contract from '@rosette/contract'
import type { FastifyRequest } from 'fastify'
import { inBody, on, reachOf, somewhere } from '../../http/access.js'
import { actorOf } from '../../http/actor.js'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import { withoutUndefined } from '../../http/without-undefined.js'
import type { ProviderAccounts } from './provider-accounts.js'

const root = '/api/v1/provider-accounts'
const one = `${root}/:id`
const toRead = on('provider-account', 'account:read')
const toEdit = on('provider-account', 'account:edit')

type Deps = { readonly providerAccounts: ProviderAccounts }

export function providerAccountRoutes(server: HttpServer, { providerAccounts }: Deps): void {
  const { views } = providerAccounts
  const list = { schema: contract.listProviderAccounts, config: somewhere('account:read') }
  server.get(root, list, (request) => views.list(request.query, reachOf(request, 'account:read')))

  const create = { schema: contract.createProviderAccount, config: inBody('account:edit') }
  server.post(root, create, async (request, reply) => {
    assertMayName(request, request.body.apiBaseUrl)
    const { organizationId, provider, name, credentials, ...more } = request.body
    const wanted = { organizationId, provider, name, credentials, ...withoutUndefined(more) }
    const id = await providerAccounts.create(wanted, actorOf(request))
    return reply
      .code(201)
      .header('location', `${root}/${id}`)
      .send(await views.get(id))
  })

  const get = { schema: contract.getProviderAccount, config: toRead }
  server.get(one, get, ({ params }) => views.get(params.id))

  const update = { schema: contract.updateProviderAccount, config: toEdit }
  server.patch(one, update, async (request) => {
    const { id } = request.params
    assertMayName(request, request.body.apiBaseUrl)
    await providerAccounts.update(id, withoutUndefined(request.body), actorOf(request))
    return await views.get(id)
  })

  const remove = { schema: contract.deleteProviderAccount, config: toEdit }
  server.delete(one, remove, async (request, reply) => {
    await providerAccounts.remove(request.params.id, actorOf(request))
    return reply.code(204).send(null)
  })

  keyRoutes(server, { providerAccounts })
}

function keyRoutes(server: HttpServer, { providerAccounts }: Deps): void {
  const { views } = providerAccounts
  const test = { schema: contract.testProviderAccount, config: toEdit }
  server.post(`${one}/test`, test, ({ params }) => providerAccounts.test(params.id))

  const rotate = { schema: contract.rotateProviderKey, config: toEdit }
  server.post(`${one}/rotate-key`, rotate, async (request) => {
    await providerAccounts.rotateKey(request.params.id, actorOf(request))
    return await views.get(request.params.id)
  })

  const put = { schema: contract.putWebhookSecret, config: toEdit }
  server.put(`${one}/webhook-secret`, put, async (request) => {
    const { id } = request.params
    return { webhookUrl: await providerAccounts.setWebhookSecret(id, actorOf(request)) }
  })

  const clear = { schema: contract.deleteWebhookSecret, config: toEdit }
  server.delete(`${one}/webhook-secret`, clear, async (request) => {
    await providerAccounts.clearWebhookSecret(request.params.id, actorOf(request))
    return await views.get(request.params.id)
  })

  const pause = { schema: contract.pauseProviderAccount, config: toEdit }
  server.post(`${one}/pause`, pause, async (request) => {
    await providerAccounts.pause(request.params.id, actorOf(request))
    return await views.get(request.params.id)
  })

  const resume = { schema: contract.resumeProviderAccount, config: toEdit }
  server.post(`${one}/resume`, resume, async (request) => {
    await providerAccounts.resume(request.params.id, actorOf(request))
    return await views.get(request.params.id)
  })
}

// What answers without encryption is a machine of one's own: whose organization names it would make us its
// way into the network of the installation.
function assertMayName({ actor }: FastifyRequest, address: string | null | undefined): void {
  if (!/^http:/i.test(address ?? '') || actor?.everywhere.has('platform:edit')) return
  const remedy = 'Name an https address, or ask an administrator of the installation to enter it.'
  throw new AppError(
    'forbidden',
    `Only administrators may name an address without https. ${remedy}`,
  )
}
