import type { Backfill, EventType, LearnerPreview, RulePreview } from '@rosette/contract'
import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '../../lib/api.js'
import { type BadgeTemplate, keepTemplate } from '../../lib/badge-templates.js'
import { queries } from '../../lib/queries.js'
import type { RulesGiven } from './draft-rules.js'

/** Badges that another may be built on. */
export const badgesQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['badge-template-list', organizationId, 'names'],
    queryFn: async () => {
      const query = { organizationId, limit: 200 }
      const { items } = await answer(api.GET('/api/v1/badge-templates', { params: { query } }))
      return items.map(({ id, name, state }) => ({ id, name, state }))
    },
    staleTime: 60_000,
  })

export const eventTypesQuery = queryOptions({
  queryKey: ['event-types'],
  queryFn: async (): Promise<readonly EventType[]> =>
    (await answer(api.GET('/api/v1/event-types'))).items,
  staleTime: 300_000,
})

export type ValuesOf = { readonly eventType: string; readonly keyPath: string }

/** What the event log has seen at a field: courses with their names, above all. */
export const eventValuesQuery = ({ eventType, keyPath, q = '' }: ValuesOf & { q?: string }) =>
  queryOptions({
    queryKey: ['event-values', eventType, keyPath, q],
    queryFn: ({ signal }) => {
      const query = { eventType, keyPath, limit: 100, ...(q !== '' && { q }) }
      return answer(api.GET('/api/v1/event-values', { params: { query }, signal }))
    },
    staleTime: 60_000,
  })

type About = {
  readonly organizationId: string
  readonly templateId: string
  readonly rules: RulesGiven
}

/** Another one is asked for when the rules change, and this one is given up. */
export const rulePreviewQuery = (about: About) =>
  queryOptions({
    queryKey: ['rule-previews', about],
    queryFn: ({ signal }): Promise<RulePreview> =>
      answer(api.POST('/api/v1/rule-previews', { body: about, signal })),
    staleTime: 30_000,
    gcTime: 60_000,
  })

export const learnerPreviewQuery = (about: About & { readonly learnerId: string }) =>
  queryOptions({
    queryKey: ['rule-previews', 'learner', about],
    queryFn: ({ signal }): Promise<LearnerPreview> =>
      answer(api.POST('/api/v1/rule-previews/learner', { body: about, signal })),
    staleTime: 30_000,
    gcTime: 60_000,
  })

export const learnersQuery = (search: string) =>
  queryOptions({
    queryKey: ['learners', 'search', search],
    queryFn: async ({ signal }) => {
      const query = { search, limit: 20 }
      return (await answer(api.GET('/api/v1/learners', { params: { query }, signal }))).items
    },
    enabled: search.trim().length > 0,
  })

/** An active badge takes other rules only with the word for whom they hold. */
export type Apply = 'from-now' | 'everybody'

export async function saveRules(given: {
  readonly id: string
  readonly rules: RulesGiven
  readonly apply?: Apply | undefined
}): Promise<BadgeTemplate> {
  const { id, rules, apply } = given
  // How often it can be earned is edited elsewhere, and stays as it is.
  const { requirements = [], penalties = [] } = rules
  const params = { path: { id }, query: apply === undefined ? {} : { apply } }
  const body = { requirements, penalties }
  const saved = await answer(api.PUT('/api/v1/badge-templates/{id}/rules', { params, body }))
  keepTemplate(saved)
  return saved
}

export async function activateTemplate(id: string): Promise<BadgeTemplate> {
  const params = { path: { id } }
  const active = await answer(api.POST('/api/v1/badge-templates/{id}/activation', { params }))
  keepTemplate(active)
  return active
}

/** What a template says of how it is earned. */
export async function describeCriteria(id: string, criteria: string): Promise<void> {
  const params = { path: { id } }
  keepTemplate(
    await answer(api.PATCH('/api/v1/badge-templates/{id}', { params, body: { criteria } })),
  )
}

export async function startBackfill(id: string, kind: Backfill['kind']): Promise<Backfill> {
  const started = await answer(
    api.POST('/api/v1/badge-templates/{id}/backfills', {
      params: { path: { id } },
      body: { kind },
    }),
  )
  queries.setQueryData(backfillQuery(started.id).queryKey, started)
  return started
}

export const backfillQuery = (id: string) =>
  queryOptions({
    queryKey: ['backfills', 'one', id],
    queryFn: () => answer(api.GET('/api/v1/backfills/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? 1000 : false),
  })

/** The first of those who gain and lose, with why. */
export const backfillExamplesQuery = (id: string) =>
  queryOptions({
    queryKey: ['backfills', 'examples', id],
    queryFn: async () => {
      const params = { path: { id }, query: { limit: 8 } }
      return (await answer(api.GET('/api/v1/backfills/{id}/changes', { params }))).items
    },
  })

export function isUnderWay(backfill: Backfill | undefined): boolean {
  return backfill?.state === 'queued' || backfill?.state === 'running'
}

/** Whether the rules of a template are being edited and not saved: other parts of the page ask. */
export const unsavedQuery = (templateId: string) =>
  queryOptions({
    queryKey: ['rules-unsaved', templateId],
    queryFn: () => false,
    initialData: false,
    staleTime: Number.POSITIVE_INFINITY,
  })

export function tellUnsaved(templateId: string, isUnsaved: boolean): void {
  queries.setQueryData(unsavedQuery(templateId).queryKey, isUnsaved)
}
