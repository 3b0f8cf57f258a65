import multipart from '@fastify/multipart'
import {
  deleteLogo,
  getAppearance,
  putAppearance,
  putLogo,
  resetAppearance,
} from '@rosette/contract'
import type { FastifyRequest } from 'fastify'
import { onPlatform, openToAll } from '../../http/access.js'
import { actorOf } from '../../http/actor.js'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import type { Appearances } from './create-appearances.js'

const root = '/api/v1/appearance'
const config = onPlatform('platform:edit')
const mostBytes = 4 * 1024 * 1024

export function appearanceRoutes(server: HttpServer, appearances: Appearances): void {
  // The page on which one signs in wears it already.
  server.get(root, { schema: getAppearance, config: openToAll }, () => appearances.view())

  server.put(root, { schema: putAppearance, config }, async (request) => {
    const { name, accent, footerText, footerLinks } = request.body
    return await appearances.put({ name, accent, footerText, footerLinks }, actorOf(request))
  })

  server.delete(root, { schema: resetAppearance, config }, async (request) =>
    appearances.reset(actorOf(request)),
  )

  server.register(async (scope) => {
    scope.register(multipart, { limits: { fileSize: mostBytes, files: 1 } })
    scope.addContentTypeParser(
      ['image/png', 'image/svg+xml'],
      { parseAs: 'buffer', bodyLimit: mostBytes },
      (_request, body, done) => done(null, body),
    )
    logoRoute(scope, appearances)
  })

  server.delete(`${root}/logo`, { schema: deleteLogo, config }, async (request) =>
    appearances.deleteLogo(actorOf(request)),
  )
}

function logoRoute(server: HttpServer, appearances: Appearances): void {
  server.put(`${root}/logo`, { schema: putLogo, config }, async (request) =>
    appearances.putLogo(await imageIn(request), actorOf(request)),
  )
}

async function imageIn(request: FastifyRequest): Promise<Buffer> {
  const bytes = request.isMultipart() ? await (await request.file())?.toBuffer() : request.body
  if (Buffer.isBuffer(bytes) && bytes.length > 0) return bytes
  const message = 'The request carries no picture. Send a PNG or an SVG, or a form with one file.'
  throw new AppError('unsupported-media-type', message)
}
