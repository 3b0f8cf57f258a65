import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type BadgeTemplate, templateQuery } from '../../lib/badge-templates.js'
import { emptyDraft, findWay } from './draft.js'
import { toDraft } from './draft-rules.js'
import { badgesQuery, eventTypesQuery } from './rule-queries.js'
import { wayName } from './sentence.js'
import { useTerms } from './use-terms.js'

/** The stored rules of a template, and the words for them. */
export function useWords(template: BadgeTemplate | undefined) {
  const types = useQuery(eventTypesQuery).data ?? none
  const organizationId = template?.organizationId
  const badges =
    useQuery({ ...badgesQuery(organizationId ?? ''), enabled: organizationId !== undefined })
      .data ?? none
  const draft = useMemo(() => (template ? toDraft(template) : emptyDraft), [template])
  const terms = useTerms(draft, { types, badges })
  const nameOf = (id: string) => {
    const way = findWay(draft, id)
    return way === undefined ? id : wayName(way, terms)
  }
  return { draft, terms, nameOf }
}

/** A requirement of a template in words, by its id; the id itself while nothing more is known. */
export function useRequirementNames(templateId: string | undefined): (id: string) => string {
  const template = useQuery({
    ...templateQuery(templateId ?? ''),
    enabled: templateId !== undefined,
  })
  return useWords(template.data).nameOf
}

const none = [] as const
