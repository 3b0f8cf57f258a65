import * as contract from '@rosette/contract'
import { openToAll } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import { type AttemptLimit, assertNotForeign } from '../sessions/sessions.js'
import type { Resets } from './resets.js'

type Deps = { readonly resets: Resets; readonly baseUrl: string; readonly limit: AttemptLimit }

const root = '/api/v1/password-resets'

export function resetRoutes(server: HttpServer, { resets, baseUrl, limit }: Deps): void {
  const config = openToAll
  server.post(
    root,
    { schema: contract.requestPasswordReset, config, onRequest: limit },
    async (request, reply) => reply.code(202).send(await resets.request(request.body.email)),
  )

  server.post(
    `${root}/use`,
    { schema: contract.usePasswordReset, config, onRequest: limit },
    async (request) => {
      assertNotForeign(request, baseUrl)
      return await resets.use(request.body)
    },
  )
}
