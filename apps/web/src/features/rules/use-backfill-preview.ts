import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { backfillQuery, isUnderWay, startBackfill } from './rule-queries.js'

/** Begins a preview of a backfill by the stored rules, and follows it to its end. */
export function useBackfillPreview(templateId: string, isWanted: boolean) {
  const [opened] = useState(() => Date.now())
  const started = useQuery({
    queryKey: ['backfills', 'preview-of', templateId, opened],
    queryFn: () => startBackfill(templateId, 'preview'),
    enabled: isWanted,
    // Asking again would begin another one.
    staleTime: Number.POSITIVE_INFINITY,
  })
  const id = started.data?.id
  const { data } = useQuery({ ...backfillQuery(id ?? ''), enabled: id !== undefined })
  return { started, id, preview: data, isOver: data !== undefined && !isUnderWay(data) }
}
