import { getBackpackFile } from '@rosette/contract/backpack'
import { forSignedIn } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import { personIn } from '../accounts/accounts.js'
import type { BadgeFiles } from './badge-files.js'

/** Badges as files, for the learner alone. */
export function fileRoutes(server: HttpServer, { file }: BadgeFiles): void {
  server.get(
    '/api/v1/backpack/badges/:id/file',
    { schema: getBackpackFile, config: forSignedIn },
    async (request, reply) => {
      const { name, type, body } = await file(
        personIn(request).id,
        request.params.id,
        request.query.form,
      )
      reply.headers({
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'private, no-store',
        // An SVG that is opened by itself is a page: nothing in it may run or be fetched.
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        'x-content-type-options': 'nosniff',
      })
      return await reply.type(type).send(Buffer.from(body))
    },
  )
}
