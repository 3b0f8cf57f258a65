import * as contract from '@rosette/contract'
import { forSignedIn } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import type { AttemptLimit } from '../sessions/sessions.js'
import { personIn, sayWhen } from './asking.js'
import type { Profile } from './profile.js'
import { toSessionUser } from './session-views.js'

type Deps = { readonly profile: Profile; readonly limit: AttemptLimit }

export function profileRoutes(server: HttpServer, { profile, limit }: Deps): void {
  server.patch(
    '/api/v1/profile',
    { schema: contract.updateProfile, config: forSignedIn },
    async (request) => toSessionUser(await profile.update(personIn(request).id, request.body)),
  )

  server.post(
    '/api/v1/profile/password',
    { schema: contract.changePassword, config: forSignedIn, onRequest: limit },
    async (request, reply) => {
      const person = personIn(request)
      await sayWhen(reply, profile.changePassword(person, request.body))
      return reply.code(204).send(null)
    },
  )
}
