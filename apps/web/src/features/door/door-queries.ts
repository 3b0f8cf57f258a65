import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '../../lib/api.js'

export const signInOptionsQuery = queryOptions({
  queryKey: ['sign-in-options'],
  queryFn: () => answer(api.GET('/api/v1/sign-in-options')),
})

export const invitationQuery = (secret: string) =>
  queryOptions({
    queryKey: ['invitation', secret],
    queryFn: () => answer(api.POST('/api/v1/invitations/find', { body: { secret } })),
    retry: false,
  })
