import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, api, done, type Schema } from '../../lib/api.js'

export type Pathway = Schema<'Pathway'>
export type PathwaySummary = Schema<'PathwaySummary'>
export type Distribution = Schema<'PathwayDistribution'>

const listKey = 'pathways'

export function pathwaysQuery(organizationId: string) {
  const first: string | undefined = undefined
  return infiniteQueryOptions({
    queryKey: [listKey, organizationId],
    queryFn: ({ pageParam }: { pageParam: string | undefined }) =>
      answer(
        api.GET('/api/v1/pathways', {
          params: {
            query: {
              organizationId,
              limit: 50,
              ...(pageParam !== undefined && { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: first,
    getNextPageParam: ({ next }: { next: string | null }) => next ?? undefined,
  })
}

export function pathwayQuery(id: string) {
  return queryOptions({
    queryKey: ['pathway', id],
    queryFn: () => answer(api.GET('/api/v1/pathways/{id}', { params: { path: { id } } })),
  })
}

export function distributionQuery(id: string) {
  return queryOptions({
    queryKey: ['pathway', id, 'distribution'],
    queryFn: () =>
      answer(api.GET('/api/v1/pathways/{id}/distribution', { params: { path: { id } } })),
    staleTime: 60_000,
  })
}

type New = {
  readonly organizationId: string
  readonly name: string
  readonly description: string
}

export function createPathway(body: New): Promise<Pathway> {
  return answer(api.POST('/api/v1/pathways', { body: { ...body, badges: [], links: [] } }))
}

export type Changes = {
  name?: string
  description?: string
  isPublic?: boolean
  badges?: { templateId: string; isMilestone: boolean }[]
  links?: { from: string; to: string }[]
}

export function updatePathway(id: string, body: Changes): Promise<Pathway> {
  return answer(api.PATCH('/api/v1/pathways/{id}', { params: { path: { id } }, body }))
}

export function deletePathway(id: string): Promise<void> {
  return done(api.DELETE('/api/v1/pathways/{id}', { params: { path: { id } } }))
}

export function badgeChoiceQuery(organizationId: string) {
  return queryOptions({
    queryKey: ['badge-template-list', organizationId, 'choice'],
    queryFn: () =>
      answer(
        api.GET('/api/v1/badge-templates', { params: { query: { organizationId, limit: 200 } } }),
      ),
    select: ({ items }) => items.map(({ id, name, state }) => ({ id, name, state })),
  })
}
