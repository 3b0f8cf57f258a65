import { z } from 'zod'
import type { HttpDeps } from '../http.js'
import type {
  CallOptions,
  Capabilities,
  Order,
  Provider,
  ProviderBadge,
  ProviderTemplate,
} from '../provider.js'
import { createApi } from './api.js'
import { type BulkResult, batchMost, bulkCreate } from './bulk-create.js'
import { createCredentials } from './credential-calls.js'
import { idSchema } from './credentials.js'
import { createGroups, type Design, type NewGroup } from './groups.js'
import { collect, createSearch, pollSince } from './search.js'

export type AccredibleOptions = {
  /** Such as https://api.accredible.com/v1/; the second version of the API lies beside it. */
  readonly apiBaseUrl: string
  /** Where issuers sign in, such as https://dashboard.accredible.com/. */
  readonly webBaseUrl: string
  readonly apiKey: string
  /** Where credentials are seen. */
  readonly publicBaseUrl?: string
}

export type AccredibleDeps = HttpDeps & { readonly now?: () => Date }

/** Accredible, with what it offers beyond the contract. */
export type Accredible = Provider & {
  createGroup(group: NewGroup, options?: CallOptions): Promise<ProviderTemplate>
  /** Up to 30 orders with one request; the results are in the order of the orders. */
  bulkCreate(orders: readonly Order[], options?: CallOptions): Promise<readonly BulkResult[]>
  /** Removes a credential for good and returns what it was. */
  deleteCredential(id: string, options?: CallOptions): Promise<ProviderBadge>
  listDesigns(options?: CallOptions): AsyncIterable<readonly Design[]>
}

const capabilities: Capabilities = {
  // There is no revoking: a credential can be given a last day, or be deleted without a trace.
  revocation: 'expire',
  // A group allows one credential per address, ended ones most likely included.
  reissue: 'renew',
  changes: 'polling',
  batchMost,
  needsAcceptance: false,
  // 2,000 requests in 5 minutes are allowed to an address, counted in periods of 30 seconds. Any 30
  // seconds of ours hold at most 20 + 30 × 6 = 200 requests, a tenth of them, and any 5 minutes at
  // most 20 + 300 × 6 = 1,820.
  rateLimit: { burst: 20, perSecond: 6, countedBy: 'address', source: 'published' },
  evidence: true,
  // The language is a setting of the group.
  locales: [],
  expiry: 'date',
  ownId: true,
  // Publishing writes to the recipient, unless the settings of the group say otherwise.
  quiet: false,
  requires: ['email', 'name'],
}

const issuerSchema = z.object({
  name: z.string().nullish(),
  id: idSchema.nullish(),
  certificate_left: z.number().nullish().catch(null),
})
/** Clients in use find the details inside `issuer`; standing alone, they are read as well. */
const detailsSchema = z.union([
  z.object({ issuer: issuerSchema }).transform(({ issuer }) => issuer),
  issuerSchema.refine(({ name, id }) => Boolean(name ?? id)),
])

/** A client of Accredible, whose groups are our templates and whose credentials are badges. */
export function createAccredible(
  options: AccredibleOptions,
  deps: AccredibleDeps = {},
): Accredible {
  const { now = () => new Date() } = deps
  const api = createApi(options, deps)
  const { publicBaseUrl = 'https://www.credential.net' } = options
  const context = { publicBaseUrl, now }
  const search = createSearch(api, context)
  const groups = createGroups(api, options.webBaseUrl)
  const credentials = createCredentials(api, context)

  return {
    kind: 'accredible',
    capabilities,
    ...groups,
    ...credentials,
    async testConnection({ signal } = {}) {
      const path = ['issuer', 'details']
      const what = 'a look at the account'
      const request = { method: 'GET', version: 'v1', path, what, schema: detailsSchema } as const
      const { name, certificate_left } = await api.call({ ...request, signal })
      return { name: name ?? '', keyExpiresAt: null, credits: certificate_left ?? null }
    },
    async findByRecipient({ templateId, email, awardId }, callOptions = {}) {
      const wanted = { 'group.id[eq]': templateId }
      const found = [
        ...(await collect(search({ ...wanted, 'recipient_email[eq]': email }, callOptions))),
        // Found even when the address has changed since.
        ...(await collect(search({ ...wanted, 'license_id[eq]': awardId }, callOptions))),
      ].filter(
        (badge) =>
          badge.templateId === templateId &&
          (badge.awardId === awardId || badge.email.toLowerCase() === email.toLowerCase()),
      )
      return [...new Map(found.map((badge) => [badge.id, badge])).values()]
    },
    pollChanges: (cursor, callOptions = {}) => pollSince(cursor, { search, now, ...callOptions }),
    bulkCreate: (orders, callOptions = {}) => bulkCreate(orders, { api, context, ...callOptions }),
  }
}
