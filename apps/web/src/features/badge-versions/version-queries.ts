import { infiniteQueryOptions, useMutation } from '@tanstack/react-query'
import { answer, api, type Schema } from '../../lib/api.js'
import { keepTemplate } from '../../lib/badge-templates.js'

export type Version = Schema<'TemplateVersion'>
export type Change = Version['changes'][number]

export function versionsQuery(templateId: string) {
  return infiniteQueryOptions({
    queryKey: ['badge-templates', templateId, 'versions'],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/badge-templates/{id}/versions', {
          params: {
            path: { id: templateId },
            query: { limit: 20, ...(pageParam !== undefined && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: firstPage(),
    getNextPageParam: ({ next }) => next ?? undefined,
  })
}

export function useRestore(templateId: string) {
  return useMutation({
    mutationFn: (number: number) =>
      answer(
        api.POST('/api/v1/badge-templates/{id}/versions/{number}/restore', {
          params: { path: { id: templateId, number } },
        }),
      ),
    onSuccess: (template) => keepTemplate(template),
  })
}

function firstPage(): string | undefined {
  return undefined
}
