import { queryOptions } from '@tanstack/react-query'
import { answer, api, type Schema } from './api.js'
import { refreshBackpack } from './backpack.js'
import { queries } from './queries.js'

export type Decision = 'accept' | 'decline' | 'hide' | 'show' | 'withdraw'

export const endorsementsQuery = queryOptions({
  queryKey: ['endorsements'],
  queryFn: () => answer(api.GET('/api/v1/backpack/endorsements')),
})

export async function decideEndorsement(
  id: string,
  decision: Decision,
): Promise<Schema<'BadgeEndorsement'>> {
  const decided = await answer(
    api.POST('/api/v1/backpack/endorsements/{id}/decision', {
      params: { path: { id } },
      body: { decision },
    }),
  )
  await Promise.all([queries.invalidateQueries(endorsementsQuery), refreshBackpack()])
  return decided
}
