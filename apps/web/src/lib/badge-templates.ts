import { queryOptions } from '@tanstack/react-query'
import { answer, api, type Schema } from './api.js'
import { queries } from './queries.js'

export type BadgeTemplate = Schema<'BadgeTemplate'>

export function templateQuery(id: string) {
  return queryOptions({
    queryKey: ['badge-templates', id],
    queryFn: () => answer(api.GET('/api/v1/badge-templates/{id}', { params: { path: { id } } })),
  })
}

/** What a change was answered with is what all pages show; lists and what depends on it are fetched again. */
export function keepTemplate(template: BadgeTemplate): void {
  const { queryKey } = templateQuery(template.id)
  queries.setQueryData(queryKey, template)
  void queries.invalidateQueries({
    predicate: ({ queryKey: [of, ...rest] }) =>
      of === 'badge-template-list' || (rest.includes(template.id) && rest.length > 1),
  })
}

/** Changes with the picture: an old one is not shown from memory. */
export function pictureVersion(template: Pick<BadgeTemplate, 'image' | 'name'>): string {
  return template.image?.id ?? template.name
}
