import { useQuery } from '@tanstack/react-query'
import { Loading, Problem } from '../../components/states.js'
import { type BadgeTemplate, templateQuery } from '../../lib/badge-templates.js'
import { badgesQuery, eventTypesQuery } from './rule-queries.js'
import { RulesEditor } from './rules-editor.js'
import type { EventType } from './terms.js'

/** The rules of a badge: requirements, penalties, and what they would have done so far. */
export function RulesTab({ templateId }: { readonly templateId: string }) {
  const template = useQuery(templateQuery(templateId))
  const types = useQuery(eventTypesQuery)
  const failed = [template, types].find(({ isError }) => isError)
  if (failed !== undefined) {
    return <Problem error={failed.error} onRetry={() => void failed.refetch()} />
  }
  if (template.data === undefined || types.data === undefined) return <Loading rows={6} />
  return <Named template={template.data} types={types.data} />
}

type NamedProps = { readonly template: BadgeTemplate; readonly types: readonly EventType[] }

function Named({ template, types }: NamedProps) {
  const badges = useQuery(badgesQuery(template.organizationId)).data ?? []
  return <RulesEditor key={template.id} {...{ template, types, badges }} />
}
