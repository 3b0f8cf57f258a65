import * as contract from '@rosette/contract'
import { onPlatform } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'

type Deps = { readonly read: () => Promise<contract.Configuration> }

export function configurationRoutes(server: HttpServer, { read }: Deps): void {
  const config = onPlatform('platform:read')
  server.get('/api/v1/configuration', { schema: contract.getConfiguration, config }, () => read())
}
