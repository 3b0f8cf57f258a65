import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { paths } from '../../generated/api.js'
import { answer, api, done, type Schema } from '../../lib/api.js'

export type Account = Schema<'ProviderAccount'>
export type Provider = Account['provider']
export type Credentials = Schema<'ProviderCredentials'>
type NewAccount =
  paths['/api/v1/provider-accounts']['post']['requestBody']['content']['application/json']
type AccountChange =
  paths['/api/v1/provider-accounts/{id}']['patch']['requestBody']['content']['application/json']
export type Issuer = Schema<'Issuer'>

export const providerNames = {
  credly: 'Credly',
  accredible: 'Accredible',
  badgr: 'Badgr',
} as const satisfies Record<Provider, string>
export const providers = ['credly', 'accredible', 'badgr'] as const

const noPage: string | null = null
const byId = (id: string) => ({ params: { path: { id } } })

export function accountsQuery(organizationId: string) {
  return queryOptions({
    queryKey: ['provider-accounts', organizationId],
    queryFn: () =>
      answer(
        api.GET('/api/v1/provider-accounts', { params: { query: { organizationId, limit: 200 } } }),
      ),
  })
}

export function accountQuery(id: string) {
  return queryOptions({
    queryKey: ['provider-accounts', 'one', id],
    queryFn: () => answer(api.GET('/api/v1/provider-accounts/{id}', byId(id))),
  })
}

export function issuerChoicesQuery(organizationId: string) {
  return queryOptions({
    queryKey: ['issuers', organizationId, 'choices'],
    queryFn: () =>
      answer(api.GET('/api/v1/issuers', { params: { query: { organizationId, limit: 200 } } })),
  })
}

export function accountTemplatesQuery(accountId: string) {
  return infiniteQueryOptions({
    queryKey: ['provider-templates', accountId],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/provider-templates', {
          params: { query: { accountId, ...(pageParam !== null && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: noPage,
    getNextPageParam: ({ next }) => next,
  })
}

export function accountEventsQuery(accountId: string) {
  return infiniteQueryOptions({
    queryKey: ['provider-events', accountId],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/provider-events', {
          params: { query: { accountId, ...(pageParam !== null && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: noPage,
    getNextPageParam: ({ next }) => next,
  })
}

export const createAccount = (body: NewAccount) =>
  answer(api.POST('/api/v1/provider-accounts', { body }))

export const changeAccount = (id: string, body: AccountChange) =>
  answer(api.PATCH('/api/v1/provider-accounts/{id}', { ...byId(id), body }))

export const removeAccount = (id: string) =>
  done(api.DELETE('/api/v1/provider-accounts/{id}', byId(id)))

export const testAccount = (id: string) =>
  answer(api.POST('/api/v1/provider-accounts/{id}/test', byId(id)))

export const pauseAccount = (id: string) =>
  answer(api.POST('/api/v1/provider-accounts/{id}/pause', byId(id)))

export const resumeAccount = (id: string) =>
  answer(api.POST('/api/v1/provider-accounts/{id}/resume', byId(id)))

export const rotateKey = (id: string) =>
  answer(api.POST('/api/v1/provider-accounts/{id}/rotate-key', byId(id)))

export const makeWebhookSecret = (id: string) =>
  answer(api.PUT('/api/v1/provider-accounts/{id}/webhook-secret', byId(id)))

export const clearWebhookSecret = (id: string) =>
  answer(api.DELETE('/api/v1/provider-accounts/{id}/webhook-secret', byId(id)))

export const syncAccount = (id: string) =>
  answer(api.POST('/api/v1/provider-accounts/{id}/sync', { ...byId(id), body: {} }))
