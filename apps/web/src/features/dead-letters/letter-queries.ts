import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, api, type Schema } from '../../lib/api.js'

export type DeadLetter = Schema<'DeadLetter'>
export type DeadLetterDetail = Schema<'DeadLetterDetail'>

/** Why an entry could not be used; each has a title and a remedy in the texts. */
export const reasons = [
  'no-payload',
  'bad-headers',
  'unknown-event-type',
  'undecodable',
  'learner-absent',
  'handling-failed',
] as const
export type Reason = (typeof reasons)[number]

export function knownReason(code: string): Reason | undefined {
  return reasons.find((one) => one === code)
}

const noPage: string | null = null

export const letterCountsQuery = queryOptions({
  queryKey: ['dead-letters', 'counts'],
  queryFn: () => answer(api.GET('/api/v1/dead-letters/counts')),
})

export const letterStates = ['parked', 'replayed', 'discarded'] as const
export type LetterState = (typeof letterStates)[number]

export function lettersQuery(state: LetterState, reason: string | undefined) {
  const asked = { state, ...(reason !== undefined && { reason }) }
  return infiniteQueryOptions({
    queryKey: ['dead-letters', 'list', asked],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/dead-letters', {
          params: { query: { ...asked, ...(pageParam !== null && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: noPage,
    getNextPageParam: ({ next }) => next,
  })
}

export function letterQuery(id: string) {
  return queryOptions({
    queryKey: ['dead-letters', 'one', id],
    queryFn: () => answer(api.GET('/api/v1/dead-letters/{id}', { params: { path: { id } } })),
  })
}

export function replayOne(id: string) {
  return answer(api.POST('/api/v1/dead-letters/{id}/replay', { params: { path: { id } } }))
}

export function discardOne(id: string) {
  return answer(api.POST('/api/v1/dead-letters/{id}/discard', { params: { path: { id } } }))
}

export type Progress = {
  readonly replayed: number
  readonly refused: number
  readonly remaining: number
}

/** Asks again until all were tried; tells how far it is. Leaving the page stops after the batch in hand. */
export async function replayReason(reason: string, tell: (progress: Progress) => void) {
  let sum: Progress = { replayed: 0, refused: 0, remaining: 1 }
  while (sum.remaining > 0) {
    const batch = await answer(api.POST('/api/v1/dead-letters/replays', { body: { reason } }))
    sum = {
      replayed: sum.replayed + batch.replayed,
      // Those that were refused are the oldest, and tried again with each batch.
      refused: Math.max(sum.refused, batch.refused),
      remaining: batch.replayed + batch.refused === 0 ? 0 : batch.remaining,
    }
    tell(sum)
    // What was refused is parked again: without anything replayed, asking again changes nothing.
    if (batch.replayed === 0) break
  }
  return sum
}
