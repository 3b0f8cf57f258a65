import * as contract from '@rosette/contract'
import { holds, inQuery } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import type { Dashboards } from './create-dashboard.js'

export function dashboardRoutes(server: HttpServer, dashboard: Dashboards): void {
  const config = inQuery('organization:read')
  server.get('/api/v1/dashboard', { schema: contract.getDashboard, config }, (request) => {
    const { actor, query } = request
    return dashboard.read(
      query.organizationId,
      (permission, organizationId) => actor !== null && holds(actor, permission, organizationId),
    )
  })
}
