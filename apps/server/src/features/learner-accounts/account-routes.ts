import * as contract from '@rosette/contract/backpack'
import { forSignedIn } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import { personIn } from '../accounts/accounts.js'
import type { AttemptLimit, SessionCookie } from '../sessions/sessions.js'
import type { AccountErasure } from './account-erasure.js'
import type { Addresses } from './addresses.js'
import type { Confirmation } from './confirm-address.js'

type Deps = {
  readonly addresses: Addresses
  readonly confirmation: Confirmation
  readonly erasure: AccountErasure
  readonly cookie: SessionCookie
  readonly limit: AttemptLimit
}

const root = '/api/v1/me/addresses'

/** What people do about their own account, addresses first. */
export function accountRoutes(server: HttpServer, deps: Deps): void {
  const { addresses, confirmation, erasure, cookie, limit } = deps
  const config = forSignedIn
  const limited = { config, onRequest: limit }

  server.get(root, { schema: contract.listAddresses, config }, (request) =>
    addresses.list(personIn(request).id),
  )

  server.post(root, { schema: contract.addAddress, ...limited }, async (request, reply) => {
    const { email } = request.body
    return reply.code(201).send(await addresses.add(personIn(request), email))
  })

  server.post(
    `${root}/confirm`,
    { schema: contract.confirmAddress, ...limited },
    async (request) => {
      const { id } = personIn(request)
      const { joined } = await confirmation.confirm({ id }, request.body.secret)
      return { addresses: await addresses.list(id), joined }
    },
  )

  server.post(
    `${root}/:id/link`,
    { schema: contract.resendAddressLink, ...limited },
    async (request, reply) => {
      await addresses.resend(personIn(request), request.params.id)
      return reply.code(204).send(null)
    },
  )

  server.post(`${root}/:id/primary`, { schema: contract.makeAddressPrimary, config }, (request) =>
    addresses.makePrimary(personIn(request), request.params.id),
  )

  server.delete(
    `${root}/:id`,
    { schema: contract.removeAddress, config },
    async (request, reply) => {
      await addresses.remove(personIn(request), request.params.id)
      return reply.code(204).send(null)
    },
  )

  server.post(
    '/api/v1/me/erasure',
    { schema: contract.eraseAccount, ...limited },
    async (request, reply) => {
      await erasure.erase(personIn(request).id, request.body.email)
      cookie.clear(reply)
      return reply.code(204).send(null)
    },
  )
}
