import { queryOptions } from '@tanstack/react-query'
import type { paths } from '../../generated/api.js'
import { answer, api, type Schema } from '../../lib/api.js'

export type Issuer = Schema<'Issuer'>
export type IssuerKey = Issuer['keys'][number]
export type Endorsement = Schema<'Endorsement'>
type NewIssuer = paths['/api/v1/issuers']['post']['requestBody']['content']['application/json']
type NewEndorsement =
  paths['/api/v1/endorsements']['post']['requestBody']['content']['application/json']

const byId = (id: string) => ({ params: { path: { id } } })

export function issuersQuery(organizationId: string) {
  return queryOptions({
    queryKey: ['issuers', organizationId],
    queryFn: () =>
      answer(api.GET('/api/v1/issuers', { params: { query: { organizationId, limit: 200 } } })),
  })
}

export function issuerQuery(id: string) {
  return queryOptions({
    queryKey: ['issuers', 'one', id],
    queryFn: () => answer(api.GET('/api/v1/issuers/{id}', byId(id))),
  })
}

/** While badges are signed anew, how far it is. */
export function reissuesQuery(id: string) {
  return queryOptions({
    queryKey: ['issuers', 'reissues', id],
    queryFn: () => answer(api.GET('/api/v1/issuers/{id}/reissues', byId(id))),
    refetchInterval: (query) =>
      query.state.data?.items.some(({ finishedAt }) => finishedAt === null) === true ? 2000 : false,
  })
}

export function keyBadgesQuery(id: string, kid: string) {
  return queryOptions({
    queryKey: ['issuers', 'key-badges', id, kid],
    queryFn: () =>
      answer(api.GET('/api/v1/issuers/{id}/keys/{kid}/badges', { params: { path: { id, kid } } })),
  })
}

export const sides = ['given', 'received'] as const
export type Side = (typeof sides)[number]

export function endorsementsQuery(issuerId: string, side: Side) {
  const query = side === 'given' ? { issuerId } : { aboutIssuerId: issuerId }
  return queryOptions({
    queryKey: ['endorsements', side, issuerId],
    queryFn: () =>
      answer(api.GET('/api/v1/endorsements', { params: { query: { ...query, limit: 200 } } })),
  })
}

export const createIssuer = (body: NewIssuer) => answer(api.POST('/api/v1/issuers', { body }))

export const changeIssuer = (id: string, body: Schema<'IssuerChange'>) =>
  answer(api.PATCH('/api/v1/issuers/{id}', { ...byId(id), body }))

export const rotateKey = (id: string, algorithm: IssuerKey['algorithm']) =>
  answer(api.POST('/api/v1/issuers/{id}/keys', { ...byId(id), body: { algorithm } }))

export const revokeKey = (id: string, kid: string, reason: string) =>
  answer(
    api.POST('/api/v1/issuers/{id}/keys/{kid}/revocation', {
      params: { path: { id, kid } },
      body: { reason },
    }),
  )

export const reissue = (id: string, keyId?: string) =>
  answer(
    api.POST('/api/v1/issuers/{id}/reissue', {
      ...byId(id),
      body: keyId === undefined ? {} : { keyId },
    }),
  )

export const endorse = (body: NewEndorsement) => answer(api.POST('/api/v1/endorsements', { body }))

export const importEndorsement = (endorsement: string) =>
  answer(api.POST('/api/v1/endorsements/import', { body: { endorsement } }))

export const withdraw = (id: string) =>
  answer(api.POST('/api/v1/endorsements/{id}/withdrawal', byId(id)))
