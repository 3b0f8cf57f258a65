import { getRouteApi } from '@tanstack/react-router'
import { RulesTab } from '../../features/rules/rules-tab.js'

const route = getRouteApi('/console/o/$organization/badges/$templateId')

/** What it takes to earn a badge, and what takes it away. */
export function BadgeRulesPage() {
  const { templateId } = route.useParams()
  return <RulesTab templateId={templateId} />
}
