import * as contract from '@rosette/contract/backpack'
import { forSignedIn } from '../../http/access.js'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import { paramOf, queryOf } from '../../http/public-answers.js'
import { parsePublicId } from '../../http/public-id.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { personIn } from '../accounts/accounts.js'
import { type AttemptLimit, createAttemptLimit } from '../sessions/sessions.js'
import type { BadgeHosts } from './create-badge-hosts.js'

type Deps = {
  readonly hosts: BadgeHosts
  readonly documentAt: (url: string) => Promise<string>
}

const root = '/api/v1/me/hosts'
/** How many hosts may be asked from one address in a minute. */
const connectsPerMinute = 10

export function badgeHostRoutes(server: HttpServer, { hosts, documentAt }: Deps): void {
  server.get(root, { schema: contract.listBadgeHosts, config: forSignedIn }, async (request) => ({
    items: await hosts.list(personIn(request).id),
  }))

  server.register(async (scope) => {
    connectRoute(scope, { hosts, limit: await createAttemptLimit(scope, connectsPerMinute) })
  })

  server.post(
    `${root}/:id/badges`,
    { schema: contract.sendBadgeToHost, config: forSignedIn },
    (request) => {
      const { id: hostId } = request.params
      const { badgeId } = request.body
      return hosts.send(personIn(request), { hostId, badgeId, documentAt })
    },
  )

  server.delete(
    `${root}/:id`,
    { schema: contract.removeBadgeHost, config: forSignedIn },
    async (request, reply) => {
      await hosts.remove(personIn(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
}

type Connecting = { readonly hosts: BadgeHosts; readonly limit: AttemptLimit }

function connectRoute(scope: HttpServer, { hosts, limit }: Connecting): void {
  scope.post(
    root,
    { schema: contract.connectBadgeHost, config: forSignedIn, onRequest: limit },
    async (request, reply) =>
      reply.code(201).send(await hosts.connect(personIn(request), request.body.url)),
  )
}

type Back = { readonly hosts: Pick<BadgeHosts, 'finish'>; readonly urls: PublicUrls }

/** Where hosts send browsers back to. */
export function hostCallbackRoutes(server: HttpServer, { hosts, urls }: Back): void {
  server.get('/backpack-hosts/callback/:id', async (request, reply) => {
    const person = personIn(request)
    const id = parsePublicId(paramOf(request, 'id'))
    if (id === undefined) throw new AppError('host-not-found', 'There is no such host.')
    const [code, state, error] = ['code', 'state', 'error'].map((name) => queryOf(request, name))
    try {
      await hosts.finish(person, id, { code, state, error })
    } catch (error) {
      // Why a host gave nothing stands beside its name, where one can try again.
      if (!(error instanceof AppError && error.code === 'host-refused')) throw error
    }
    return reply.redirect(`${urls.local(urls.start)}backpack/settings?host=${id}`, 303)
  })
}
