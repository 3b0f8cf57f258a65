import * as contract from '@rosette/contract'
import { reachOf, somewhere } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import type { Search } from './create-search.js'

export function searchRoutes(server: HttpServer, search: Search): void {
  // Each kind asks for a permission of its own; those who belong nowhere find nothing.
  const config = somewhere('organization:read')
  server.get('/api/v1/search', { schema: contract.searchAll, config }, (request) =>
    search(request.query.q, (permission) => reachOf(request, permission)),
  )
}
