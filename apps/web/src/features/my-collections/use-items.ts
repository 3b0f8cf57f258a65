import { useMutation } from '@tanstack/react-query'
import { tellProblem } from '../../components/tell.js'
import { refreshBackpack } from '../../lib/backpack.js'
import { type Collection, collectionQuery, updateCollection } from '../../lib/collections.js'
import { queries } from '../../lib/queries.js'

export type Items = Collection['badges']

/** Changes the badges of a collection: shown at once, and as it was where the server says no. */
export function useItems({ id }: Collection) {
  const { queryKey } = collectionQuery(id)
  const change = useMutation({
    // One after the other: the last change is the one that stays.
    scope: { id: `collection ${id}` },
    mutationFn: (items: Items) =>
      updateCollection(id, {
        badges: items.map(({ badge, note }) => ({ badgeId: badge.id, note })),
      }),
    onMutate: (badges) => {
      const before = queries.getQueryData(queryKey)
      if (before !== undefined) queries.setQueryData(queryKey, { ...before, badges })
      return before
    },
    onSuccess: refreshBackpack,
    onError: (error, _, before) => {
      queries.setQueryData(queryKey, before)
      tellProblem(error)
    },
  })
  return (items: readonly Items[number][]) => change.mutate([...items])
}
