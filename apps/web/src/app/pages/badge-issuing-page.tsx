import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { IssuingForm } from '../../features/badge-editor/issuing-form.js'
import { templateQuery } from '../../lib/badge-templates.js'
import { useMay } from '../../lib/session.js'

const route = getRouteApi('/console/o/$organization/badges/$templateId')

/** Where a badge is issued, in whose name, and how often. */
export function BadgeIssuingPage() {
  const { templateId } = route.useParams()
  const { data: template } = useSuspenseQuery(templateQuery(templateId))
  const mayEdit = useMay()('template:edit')
  return <IssuingForm key={templateId} template={template} mayEdit={mayEdit} />
}
