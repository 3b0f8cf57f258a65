import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { sitePath, siteUrl } from '../config/places.js'
import { answer, api, done, type Schema } from './api.js'
import { firstPage } from './pages.js'
import { ProblemError } from './problem.js'
import { queries } from './queries.js'

export type BackpackBadge = Schema<'BackpackBadge'>
export type BadgeDetail = Schema<'BackpackBadgeDetail'>
export type BadgeEndorsement = Schema<'BadgeEndorsement'>
export type Form = BadgeDetail['forms'][number]

/** All that is one's own begins with this, so that it can be fetched anew together. */
const own = 'backpack'

export type Wall = {
  readonly search?: string | undefined
  readonly show: 'shown' | 'hidden' | 'all'
  readonly origin?: 'earned' | 'imported' | undefined
}

export const overviewQuery = queryOptions({
  queryKey: [own, 'overview'],
  queryFn: () => answer(api.GET('/api/v1/backpack')),
})

export function wallQuery(wall: Wall) {
  const { search, show, origin } = wall
  return infiniteQueryOptions({
    queryKey: [own, 'badges', wall],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/backpack/badges', {
          params: {
            query: {
              limit: 60,
              show,
              ...(search !== undefined && search !== '' && { search }),
              ...(origin !== undefined && { origin }),
              ...(pageParam !== null && { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next,
  })
}

export function badgeQuery(id: string) {
  return queryOptions({
    queryKey: [own, 'badge', id],
    queryFn: () => answer(api.GET('/api/v1/backpack/badges/{id}', { params: { path: { id } } })),
  })
}

export type BadgeChange = {
  readonly visibility?: BackpackBadge['visibility']
  readonly showsName?: boolean
  readonly isHidden?: boolean
}

export async function changeBadge(id: string, body: BadgeChange): Promise<BadgeDetail> {
  const changed = await answer(
    api.PATCH('/api/v1/backpack/badges/{id}', { params: { path: { id } }, body }),
  )
  keepBadge(changed)
  return changed
}

/** What a change was answered with is shown at once; lists are fetched again. */
export function keepBadge(badge: BadgeDetail): void {
  queries.setQueryData(badgeQuery(badge.id).queryKey, badge)
  void queries.invalidateQueries({ queryKey: [own, 'badges'] })
  void queries.invalidateQueries(overviewQuery)
}

export async function refreshBackpack(): Promise<void> {
  await queries.invalidateQueries({ queryKey: [own] })
}

export async function removeBadge(id: string): Promise<void> {
  await done(api.DELETE('/api/v1/backpack/badges/{id}', { params: { path: { id } } }))
  queries.removeQueries(badgeQuery(id))
  await refreshBackpack()
}

/** Where a picture of a badge lies: the server names it from the top of its host. */
export function pictureOf({ pictureUrl }: { readonly pictureUrl: string | null }): string | null {
  if (pictureUrl === null || /^(https?:|data:|\/)/.test(pictureUrl)) return pictureUrl
  return `${sitePath}${pictureUrl}`
}

/** Downloads a file of the API; the browser names it as the server says. */
export function fileUrl(id: string, form: Form): string {
  return `${siteUrl}/api/v1/backpack/badges/${id}/file?form=${form}`
}

/** Sends files, which the typed client does not; answers with what was said, or throws why not. */
export async function upload(path: string, file: File): Promise<unknown> {
  const form = new FormData()
  form.set('file', file)
  const response = await fetch(`${siteUrl}${path}`, {
    method: 'POST',
    body: form,
    credentials: 'same-origin',
  }).catch((cause: unknown) => {
    throw ProblemError.offline(cause)
  })
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw ProblemError.from(body, response)
  return body
}
