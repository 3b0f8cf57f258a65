import { listTemplateProgress } from '@rosette/contract'
import { on } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import type { ProgressViews } from './progress-views.js'

export function progressRoutes(server: HttpServer, { views }: { readonly views: ProgressViews }) {
  server.get(
    '/api/v1/badge-templates/:id/progress',
    { schema: listTemplateProgress, config: on('template', 'award:read') },
    ({ params, query }) => views.ofTemplate(params.id, query),
  )
}
