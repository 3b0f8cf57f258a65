import { getProviderTemplate, listProviderTemplates, syncProviderAccount } from '@rosette/contract'
import { ProviderError } from '@rosette/providers'
import type { SyncSummaryJson } from '../../db/schema.js'
import { on, reachOf, somewhere } from '../../http/access.js'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import type { ProviderTemplateViews } from './provider-template-views.js'
import type { ProviderTemplates } from './provider-templates.js'

type Deps = {
  readonly views: ProviderTemplateViews
  readonly sync: ProviderTemplates['sync']
}

const root = '/api/v1/provider-templates'
const toRead = on('provider-template', 'account:read')
const toSync = on('provider-account', 'account:edit')

export function providerTemplateRoutes(server: HttpServer, { views, sync }: Deps): void {
  const list = { schema: listProviderTemplates, config: somewhere('account:read') }
  server.get(root, list, (request) => views.list(request.query, reachOf(request, 'account:read')))

  server.get(`${root}/:id`, { schema: getProviderTemplate, config: toRead }, ({ params }) =>
    views.get(params.id),
  )

  server.post(
    '/api/v1/provider-accounts/:id/sync',
    { schema: syncProviderAccount, config: toSync },
    ({ params, body }) => refusing(sync(params.id, { force: body?.force })),
  )
}

// Whether the provider is away or says no is for the one who asked to know.
async function refusing(syncing: Promise<SyncSummaryJson>): Promise<SyncSummaryJson> {
  try {
    return await syncing
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    const isRefusal = error.kind === 'unauthorized' || error.kind === 'refused'
    const code = isRefusal ? 'provider-refused' : 'provider-unreachable'
    throw new AppError(code, error.message, { cause: error })
  }
}
