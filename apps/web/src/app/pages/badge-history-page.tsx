import { getRouteApi } from '@tanstack/react-router'
import { History } from '../../features/badge-versions/history.js'
import { useMay } from '../../lib/session.js'

const route = getRouteApi('/console/o/$organization/badges/$templateId')

/** What a badge was before, by whom it was changed, and the way back. */
export function BadgeHistoryPage() {
  const { templateId } = route.useParams()
  return <History templateId={templateId} mayEdit={useMay()('template:edit')} />
}
