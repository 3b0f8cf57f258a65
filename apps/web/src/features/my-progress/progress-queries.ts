import { queryOptions } from '@tanstack/react-query'
import { answer, api, type Schema } from '../../lib/api.js'

export const progressQuery = queryOptions({
  queryKey: ['backpack-progress'],
  queryFn: () => answer(api.GET('/api/v1/backpack/progress')),
})

export const pathwaysQuery = queryOptions({
  queryKey: ['backpack-pathways'],
  queryFn: () => answer(api.GET('/api/v1/backpack/pathways')),
})

export type Goal = Schema<'BackpackProgress'>['items'][number]
export type Way = Schema<'BackpackPathways'>['items'][number]
export type WayBadge = Way['badges'][number]
