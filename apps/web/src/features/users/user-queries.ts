import { infiniteQueryOptions } from '@tanstack/react-query'
import { answer, api, type Schema } from '../../lib/api.js'
import { firstPage } from '../../lib/pages.js'
import { queries } from '../../lib/queries.js'

export type User = Schema<'User'>

export const usersQuery = (search: string) =>
  infiniteQueryOptions({
    queryKey: ['users', search],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/users', {
          params: {
            query: {
              ...(search !== '' && { search }),
              ...(pageParam !== null && { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next,
  })

export async function usersChanged(): Promise<void> {
  await queries.invalidateQueries({ queryKey: ['users'] })
}
