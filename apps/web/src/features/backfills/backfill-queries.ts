import type { Backfill, BackfillChange } from '@rosette/contract'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, api } from '../../lib/api.js'
import { queries } from '../../lib/queries.js'

export type BackfillFilter = {
  readonly organizationId: string
  readonly kind?: Backfill['kind'] | undefined
  readonly state?: Backfill['state'] | undefined
}

/** Fetched again every other second while one of those shown is under way. */
export const backfillsQuery = ({ organizationId, kind, state }: BackfillFilter) =>
  infiniteQueryOptions({
    queryKey: ['backfills', 'list', organizationId, kind, state],
    queryFn: ({ pageParam }) => {
      const query = {
        limit: 30,
        organizationId,
        ...(kind !== undefined && { kind }),
        ...(state !== undefined && { state }),
        ...(pageParam !== '' && { cursor: pageParam }),
      }
      return answer(api.GET('/api/v1/backfills', { params: { query } }))
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some(({ items }) => items.some(isUnderWay)) ? 2000 : false,
  })

export const backfillQuery = (id: string) =>
  queryOptions({
    queryKey: ['backfills', 'one', id],
    queryFn: () => answer(api.GET('/api/v1/backfills/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && isUnderWay(data) ? 1000 : false,
  })

export const changesQuery = (id: string, change: BackfillChange['change'] | undefined) =>
  infiniteQueryOptions({
    queryKey: ['backfills', 'changes', id, change],
    queryFn: ({ pageParam }) => {
      const query = {
        limit: 50,
        ...(change !== undefined && { change }),
        ...(pageParam !== '' && { cursor: pageParam }),
      }
      return answer(api.GET('/api/v1/backfills/{id}/changes', { params: { path: { id }, query } }))
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  })

export async function cancelBackfill(id: string): Promise<void> {
  const params = { path: { id } }
  const cancelled = await answer(api.POST('/api/v1/backfills/{id}/cancel', { params }))
  queries.setQueryData(backfillQuery(id).queryKey, cancelled)
  await queries.invalidateQueries({ queryKey: ['backfills'] })
}

/** What a preview has foreseen, for real. */
export async function runBackfill(templateId: string): Promise<Backfill> {
  const params = { path: { id: templateId } }
  const body = { kind: 'run' } as const
  return await answer(api.POST('/api/v1/badge-templates/{id}/backfills', { params, body }))
}

export function isUnderWay({ state }: Pick<Backfill, 'state'>): boolean {
  return state === 'queued' || state === 'running'
}
