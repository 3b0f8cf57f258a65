import multipart from '@fastify/multipart'
import { deleteTemplateImage, putTemplateImage } from '@rosette/contract'
import type { FastifyRequest } from 'fastify'
import type { Tx } from '../../db/database.js'
import { on } from '../../http/access.js'
import { actorOf } from '../../http/actor.js'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import type { Templates, TemplateViews } from './templates.js'

type Deps = {
  readonly templates: Templates
  readonly views: TemplateViews
  /** Checks and stores a picture; refuses what is none. */
  readonly storeImage: (tx: Tx, bytes: Buffer) => Promise<{ readonly id: string }>
}

const path = '/api/v1/badge-templates/:id/image'
const config = on('template', 'template:edit')
const mostBytes = 10 * 1024 * 1024

export function templateImageRoutes(server: HttpServer, deps: Deps): void {
  const { templates, views } = deps

  server.register(async (scope) => {
    scope.register(multipart, { limits: { fileSize: mostBytes, files: 1 } })
    scope.addContentTypeParser(
      ['image/png', 'image/svg+xml'],
      { parseAs: 'buffer', bodyLimit: mostBytes },
      (_request, body, done) => done(null, body),
    )
    uploadRoute(scope, deps)
  })

  server.delete(path, { schema: deleteTemplateImage, config }, async (request) => {
    const { id } = request.params
    await templates.setImage(id, async () => null, actorOf(request))
    return await views.get(id)
  })
}

function uploadRoute(server: HttpServer, { templates, views, storeImage }: Deps): void {
  server.put(path, { schema: putTemplateImage, config }, async (request) => {
    const { id } = request.params
    const bytes = await imageIn(request)
    const imageOf = async (tx: Tx) => (await storeImage(tx, bytes)).id
    await templates.setImage(id, imageOf, actorOf(request))
    return await views.get(id)
  })
}

async function imageIn(request: FastifyRequest): Promise<Buffer> {
  const bytes = request.isMultipart() ? await (await request.file())?.toBuffer() : request.body
  if (Buffer.isBuffer(bytes) && bytes.length > 0) return bytes
  const message = 'The request carries no picture. Send a PNG or an SVG, or a form with one file.'
  throw new AppError('unsupported-media-type', message)
}
