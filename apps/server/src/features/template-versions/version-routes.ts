import * as contract from '@rosette/contract'
import { on } from '../../http/access.js'
import { actorOf } from '../../http/actor.js'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import type { Images } from '../images/images.js'
import type { Templates, TemplateViews } from '../templates/templates.js'
import type { VersionViews } from './version-views.js'

type Deps = {
  readonly versions: VersionViews
  readonly templates: Pick<Templates, 'restore'>
  readonly templateViews: Pick<TemplateViews, 'get'>
  readonly images: Pick<Images, 'find'>
}

const root = '/api/v1/badge-templates/:id/versions'
const toRead = on('template', 'template:read')
const toEdit = on('template', 'template:edit')
// An SVG that is opened by itself is a page: nothing in it may run or be fetched.
const sandbox = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

export function templateVersionRoutes(server: HttpServer, deps: Deps): void {
  const { versions, templates, templateViews, images } = deps

  const list = { schema: contract.listTemplateVersions, config: toRead }
  server.get(root, list, ({ params, query }) => versions.list(params.id, query))

  const get = { schema: contract.getTemplateVersion, config: toRead }
  server.get(`${root}/:number`, get, ({ params }) => versions.get(params.id, params.number))

  const image = { schema: contract.getTemplateVersionImage, config: toRead }
  server.get(`${root}/:number/image`, image, async ({ params }, reply) => {
    const id = await versions.imageOf(params.id, params.number)
    const found = id === null ? undefined : await images.find(id)
    if (found === undefined) {
      throw new AppError('image-not-found', `Version ${params.number} had no picture of its own.`)
    }
    reply.header('content-security-policy', sandbox)
    reply.header('cache-control', 'private, max-age=86400')
    return reply.type(found.mediaType).send(found.content)
  })

  const restore = { schema: contract.restoreTemplateVersion, config: toEdit }
  server.post(`${root}/:number/restore`, restore, async (request) => {
    await templates.restore(request.params, actorOf(request))
    return await templateViews.get(request.params.id)
  })
}
