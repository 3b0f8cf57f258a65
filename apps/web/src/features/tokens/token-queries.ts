import type { Permission, Role } from '@rosette/contract'
import { queryOptions } from '@tanstack/react-query'
import { answer, api, type Schema } from '../../lib/api.js'

export type Token = Schema<'ApiToken'>

/** What a token is for, in the words of people: a role here, or one thing everywhere. */
export const purposes = {
  viewer: { of: 'organization', role: 'viewer' },
  staff: { of: 'organization', role: 'staff' },
  editor: { of: 'organization', role: 'editor' },
  owner: { of: 'organization', role: 'owner' },
  events: { of: 'platform', permissions: ['event:send'] },
  retirement: { of: 'platform', permissions: ['learner:edit', 'learner:read'] },
  everything: { of: 'platform' },
} as const satisfies Record<
  string,
  { of: 'organization' | 'platform'; role?: Role; permissions?: readonly Permission[] }
>
export type Purpose = keyof typeof purposes

export function isPurpose(text: string | null): text is Purpose {
  return text !== null && text in purposes
}

export const tokensQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['tokens', organizationId],
    queryFn: () => answer(api.GET('/api/v1/tokens', { params: { query: { organizationId } } })),
  })

export const platformTokensQuery = queryOptions({
  queryKey: ['tokens', 'platform'],
  queryFn: async () => {
    const { items } = await answer(api.GET('/api/v1/tokens', { params: { query: {} } }))
    return { items: items.filter(({ organizationId }) => organizationId === null) }
  },
})

type Wanted = {
  readonly name: string
  readonly purpose: Purpose
  readonly organizationId: string
  readonly days: number | null
}

export function createToken({ name, purpose, organizationId, days }: Wanted) {
  const { of, ...allowed } = purposes[purpose]
  return answer(
    api.POST('/api/v1/tokens', {
      body: {
        name,
        organizationId: of === 'organization' ? organizationId : null,
        ...('role' in allowed && { role: allowed.role }),
        ...('permissions' in allowed && { permissions: [...allowed.permissions] }),
        expiresAt: days === null ? null : new Date(Date.now() + days * 86_400_000).toISOString(),
      },
    }),
  )
}
