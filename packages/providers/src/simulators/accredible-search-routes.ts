import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { RouteDeps } from './accredible-credential-routes.js'
import { merged, paged } from './accredible-input.js'
import type { CredentialRecord } from './accredible-records.js'
import { searchCredentials } from './accredible-search.js'
import { viewListed, viewRow } from './accredible-views.js'

const oldSearchInput = z.object({
  group_id: z.coerce.string().optional(),
  email: z.string().optional(),
  license_id: z.string().optional(),
  recipient: z
    .object({
      name: z.string().optional(),
      email: z.string().optional(),
      id: z.string().optional(),
    })
    .prefault({}),
})

/** Both searches and the list that they replace. */
export function registerSearches(api: FastifyInstance, deps: RouteDeps): void {
  const { store, scopeOf, isIndexed } = deps
  const groupOf = ({ group_id }: CredentialRecord) => store.groups.get(group_id)

  function listed(request: FastifyRequest) {
    const input = merged(request)
    const { group_id, email, license_id, recipient } = oldSearchInput.parse(input)
    const mail = input['recipient.email'] ?? recipient.email ?? email
    const fits = (wanted: unknown, actual: string | null) =>
      wanted === undefined || wanted === actual
    const found = [...store.credentials.values()].filter(
      (one) =>
        store.inScope(scopeOf(request), one) !== undefined &&
        fits(group_id, String(one.group_id)) &&
        fits(mail, one.recipient.email) &&
        fits(license_id, one.license_id) &&
        fits(input['recipient.name'] ?? recipient.name, one.recipient.name) &&
        fits(input['recipient.id'] ?? recipient.id, one.recipient.id),
    )
    const { rows, meta } = paged(found, input)
    return { credentials: rows.map((one) => viewListed(one, groupOf(one))), meta }
  }

  api.get('/v1/all_credentials', async (request) => listed(request))
  api.post('/v1/credentials/search', async (request) => listed(request))
  api.post('/v2/credentials/search', async (request) => {
    const visible = [...store.credentials.values()]
      .filter((one) => store.inScope(scopeOf(request), one) !== undefined && isIndexed(one))
      .map((credential) => ({ credential, group: groupOf(credential) }))
    const { rows, meta } = searchCredentials(visible, request.body)
    return { credentials: rows.map(({ credential, group }) => viewRow(credential, group)), meta }
  })
}
