import { Stack } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useContext, useEffect } from 'react'
import { LookForm } from '../../features/badge-editor/look-form.js'
import { PictureCard } from '../../features/designer/picture-card.js'
import { templateQuery } from '../../lib/badge-templates.js'
import { useMay } from '../../lib/session.js'
import { TypedContext } from './badge-typed.js'

const route = getRouteApi('/console/o/$organization/badges/$templateId')

/** How a badge looks and what it says. */
export function BadgeLookPage() {
  const { templateId } = route.useParams()
  const { data: template } = useSuspenseQuery(templateQuery(templateId))
  const mayEdit = useMay()('template:edit')
  const { setTyped } = useContext(TypedContext)
  useEffect(() => () => setTyped(null), [setTyped])
  return (
    <Stack>
      <PictureCard template={template} mayEdit={mayEdit} />
      <LookForm key={templateId} template={template} mayEdit={mayEdit} onTyped={setTyped} />
    </Stack>
  )
}
