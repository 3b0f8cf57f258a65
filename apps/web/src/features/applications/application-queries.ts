import { queryOptions } from '@tanstack/react-query'
import { answer, api, done } from '../../lib/api.js'

export const applicationsQuery = queryOptions({
  queryKey: ['applications'],
  queryFn: () => answer(api.GET('/api/v1/me/applications')),
})

export function disconnect(id: string): Promise<void> {
  return done(api.DELETE('/api/v1/me/applications/{id}', { params: { path: { id } } }))
}

export function askedQuery(uid: string) {
  return queryOptions({
    queryKey: ['authorization', uid],
    queryFn: () =>
      answer(api.GET('/api/v1/me/authorizations/{uid}', { params: { path: { uid } } })),
    retry: false,
  })
}

export async function decide(uid: string, isAllowed: boolean): Promise<string> {
  const { redirectTo } = await answer(
    api.POST('/api/v1/me/authorizations/{uid}', { params: { path: { uid } }, body: { isAllowed } }),
  )
  return redirectTo
}
