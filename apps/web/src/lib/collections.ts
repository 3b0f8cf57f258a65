import { queryOptions } from '@tanstack/react-query'
import { answer, api, done, type Schema } from './api.js'
import { queries } from './queries.js'

export type Collection = Schema<'Collection'>
export type CollectionSummary = Schema<'CollectionSummary'>
export type CollectionItem = { readonly badgeId: string; readonly note: string }

export type CollectionChange = {
  readonly name?: string
  readonly description?: string
  readonly badges?: CollectionItem[]
  readonly isPublished?: boolean
}

export const collectionsQuery = queryOptions({
  queryKey: ['collections'],
  queryFn: () => answer(api.GET('/api/v1/backpack/collections')),
})

export function collectionQuery(id: string) {
  return queryOptions({
    queryKey: ['collections', id],
    queryFn: () =>
      answer(api.GET('/api/v1/backpack/collections/{id}', { params: { path: { id } } })),
  })
}

export async function createCollection(
  name: string,
  badges: CollectionItem[] = [],
): Promise<Collection> {
  const body = { name, description: '', badges }
  const made = await answer(api.POST('/api/v1/backpack/collections', { body }))
  keepCollection(made)
  return made
}

export async function updateCollection(id: string, body: CollectionChange): Promise<Collection> {
  const changed = await answer(
    api.PATCH('/api/v1/backpack/collections/{id}', { params: { path: { id } }, body }),
  )
  keepCollection(changed)
  return changed
}

export async function deleteCollection(id: string): Promise<void> {
  await done(api.DELETE('/api/v1/backpack/collections/{id}', { params: { path: { id } } }))
  queries.removeQueries(collectionQuery(id))
  await queries.invalidateQueries({ ...collectionsQuery, exact: true })
}

/** What the server is sent: the badges in their order, each with its note. */
export function itemsOf({ badges }: Collection): CollectionItem[] {
  return badges.map(({ badge, note }) => ({ badgeId: badge.id, note }))
}

function keepCollection(collection: Collection): void {
  queries.setQueryData(collectionQuery(collection.id).queryKey, collection)
  void queries.invalidateQueries({ ...collectionsQuery, exact: true })
}
