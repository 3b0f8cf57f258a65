import { queryOptions } from '@tanstack/react-query'
import { answer, api, type Schema } from '../../lib/api.js'

export type BusStatus = Schema<'BusStatus'>
export type Topic = BusStatus['topics'][number]
export type Group = Topic['groups'][number]

export const busQuery = queryOptions({
  queryKey: ['bus'],
  queryFn: () => answer(api.GET('/api/v1/bus')),
  refetchInterval: 5000,
})

export const stoppedSignalsQuery = queryOptions({
  queryKey: ['signals', 'stopped'],
  queryFn: () => answer(api.GET('/api/v1/signals', { params: { query: { state: 'stopped' } } })),
})

export function retrySignals() {
  return answer(api.POST('/api/v1/bus/outbox/retry'))
}
